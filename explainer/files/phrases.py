"""What adverts say for each claim, checked: no phrase may fit another claim as well as its own.

The search and the check of a promise go by these phrases, and a phrase that fits two claims would
answer a reader with either. Twins, of another treatment, may share one: the reader's text decides.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from explainer.files.collection import Collection, FileEntry, Finding
from explainer.kinds import CLAIM, PAGES
from explainer.search import first_pages, lists
from explainer.search.items import book_of
from explainer.text import matching
from explainer.text.normal_form import words_of
from explainer.text.phrases import Phrasebook
from explainer.text.problems import Problem

FIELD = "heard"


def check_phrases(folder: Path, collection: Collection) -> Iterator[Finding]:
    """Check the word lists of a content folder, and by them the phrases of its claims."""
    read = lists.read(folder)
    yield from (Finding(path, problem) for path, problem in read.problems)
    pages = {key for kind in PAGES for key in collection.of(kind)}
    unknown = first_pages.unknown_pages(read.first, pages)
    yield from (Finding(f"{lists.FOLDER}/{lists.FIRST}", problem) for problem in unknown)
    claims = collection.of(CLAIM)
    if read.problems or not any(file.entry.fields[FIELD] for file in claims.values()):
        return
    book = book_of((file.entry for file in collection.entries.values()), read.words)
    owners = _owners(claims, book)
    for file in claims.values():
        for place, phrase in enumerate(file.entry.fields[FIELD]):
            if problem := _misfit(file, phrase, f"{FIELD}.{place}", book, owners):
                yield file.place(problem)


Owners = dict[tuple[str, tuple[tuple[str, bool], ...]], dict[str, str]]
"""By treatment and normal form: the claims that have such a phrase, and how they put it."""


def _owners(claims: dict[str, FileEntry], book: Phrasebook) -> Owners:
    owners: Owners = defaultdict(dict)
    for key, file in claims.items():
        for phrase in file.entry.fields[FIELD]:
            owners[CLAIM.treatment(key), _form(phrase, book)][key] = phrase
    return owners


def _form(phrase: str, book: Phrasebook) -> tuple[tuple[str, bool], ...]:
    words = words_of(phrase, book.lists.synonyms)
    return tuple(sorted({(word.stem, word.denied) for word in words}))


def _misfit(
    file: FileEntry, phrase: str, field: str, book: Phrasebook, owners: Owners
) -> Problem | None:
    treatment, form = CLAIM.treatment(file.key), _form(phrase, book)
    if not form:
        message = f"'{phrase}' has no word that tells anything. Write what is promised."
        return Problem("heard-empty", message, field=field)
    for other, said in owners[treatment, form].items():
        if other != file.key:
            message = f"'{phrase}' says the same as '{said}' of '{other}'. Keep it at one of them."
            return Problem("heard-twice", message, field=field, params={"other": other})
    scores = {key: score for score, key in matching.ranked(book, phrase, treatment)}
    own = scores.pop(file.key, 0.0)
    best = max(scores, key=lambda key: scores[key], default="")
    if best and scores[best] >= own:
        message = f"'{phrase}' fits '{best}' as well. Say what tells them apart, or move it there."
        return Problem("heard-fits-another", message, field=field, params={"other": best})
    return None

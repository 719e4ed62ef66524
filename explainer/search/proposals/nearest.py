"""The claims that come nearest to one sentence, each with what speaks for it and against it.

Asked are the very index and thresholds of the public check of a text, and beside it what is not
public yet. A claim that is like a sentence need not say the same: that is decided by equal words
alone, and by the rules for wordings before words become one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from explainer.evidence.context import Context
from explainer.evidence.levels import Bearing
from explainer.evidence.lint.wordings import check_wording, compared
from explainer.kinds import CLAIM, TREATMENT, Entry
from explainer.kinds.wordings import check_whole
from explainer.library.context import context_for
from explainer.library.models import OPEN, Revision, State
from explainer.search.index import Index
from explainer.search.items import book_of, sentences_of
from explainer.text import matching
from explainer.text.normal_form import COUNTED, STOP_WORDS, stems_of
from explainer.text.phrases import Book, Phrasebook
from explainer.text.word_lists import Use

MOST = 3
BEST, LEAST = 1.15, 0.3
"""Scores that are shown as 100 and as nothing of 100."""
WARNS = "It warns. If your sentence comforts or promises, it does not say the same."
IS_DRAFT = "Not public yet: publish it before this text, or together with it."
ELSEWHERE = "It is about another treatment."
NAMES = "Your sentence names “{words}”, which this claim does not."
NOT_READY = "It has no label yet, so no words can be added to it."


@dataclass(frozen=True, slots=True)
class Near:
    """A claim that is like a sentence: `similarity` is of 100, `quote` and `phrase` say why.

    `is_same` is True for its statement or a wording, letter for letter; `unfit` says why the
    sentence cannot be one of its wordings, empty if it can; `notes` are what to mind.
    """

    key: str
    name: str
    statement: str
    label: str
    modifier: str
    state: str
    topic: str
    similarity: int
    quote: str
    phrase: str
    is_same: bool
    is_statement: bool
    unfit: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """What claims would say that are not public yet, or not in these words."""

    book: Phrasebook | None
    sentences: Mapping[str, str]

    @classmethod
    def now(cls, index: Index) -> "Drafts":
        """Read the open revisions of claims; two queries, one if there are none."""
        rows = Revision.objects.of(CLAIM).filter(state__in=OPEN).select_related("document")
        entries = [row.entry for row in rows]
        if not entries:
            return cls(None, {})
        groups = Revision.objects.published().of(TREATMENT).select_related("document")
        book = book_of([*entries, *(row.entry for row in groups)], index.book.lists)
        return cls(book, sentences_of(entries))


def nearest(words: str, treatment: str, index: Index, drafts: Drafts) -> list[Near]:
    """Give up to three claims, the nearest first; none where the check of a text would be silent.

    `treatment` is the key of the one that the text is about, or empty.
    """
    if all(word.stem.startswith(COUNTED) for word in index.book.read(words)):
        # "1-2 days" alone, as in a table, is said of anything.
        return []
    group = treatment if treatment in index.book.names else ""
    same = index.claim_of(compared(words)) or drafts.sentences.get(compared(words), "")
    found: dict[str, matching.Match] = {}
    for book in filter(None, (index.book, drafts.book)):
        for match in matching.find(book, words, group):
            if match.key not in found or match.score > found[match.key].score:
                found[match.key] = match
    keys = sorted(found, key=lambda key: (key != same, -found[key].score, key))
    keys = list(dict.fromkeys([*([same] if same else []), *keys]))[:MOST]
    rows = _rows(keys)
    context = context_for([row.entry for row in rows.values()])
    return [
        _near(rows[key], words, found.get(key), group, context, index, drafts)
        for key in keys
        if key in rows
    ]


def _rows(keys: Sequence[str]) -> dict[str, Revision]:
    """Give of each key what the picker shows: what is public, or else what is open."""
    if not keys:
        return {}
    rows = Revision.objects.of(CLAIM).filter(state__in=(State.PUBLISHED, *OPEN))
    rows = rows.filter(document__key__in=keys).select_related("document").order_by("-number")
    return {row.document.key: row for row in rows}


def _near(
    row: Revision,
    words: str,
    match: matching.Match | None,
    group: str,
    context: Context,
    index: Index,
    drafts: Drafts,
) -> Near:
    entry, label, is_public = row.entry, row.label, row.state == State.PUBLISHED
    statement = entry.fields["statement"].replace("*", "")
    wordings = [compared(one.replace("*", "")) for one in entry.fields["wordings"]]
    is_statement = compared(words) == compared(statement)
    is_same = is_statement or compared(words) in wordings
    foreign = _foreign(words, index.book, (index.book, drafts.book), entry.key)
    notes = (
        (WARNS, label is not None and label.bearing is Bearing.WARNING and not is_same),
        (IS_DRAFT, not is_public),
        (ELSEWHERE, bool(group) and CLAIM.treatment(entry.key) != group),
        (NAMES.format(words=foreign), bool(foreign)),
    )
    said = " ".join(words[match.start : match.end].split()) if match else ""
    return Near(
        key=entry.key,
        name=entry.fields["name"],
        statement=statement,
        label=label.word if label else "No label yet",
        modifier=label.modifier if label else "",
        state="published" if is_public else "draft",
        topic=entry.fields["topic"],
        similarity=100 if is_same else _of_100(match),
        quote=said,
        phrase="" if match is None or _sense(said) == _sense(match.phrase) else match.phrase,
        is_same=is_same,
        is_statement=is_statement,
        unfit="" if is_same else _unfit(entry, words, foreign, group, context),
        notes=tuple(note for note, holds in notes if holds),
    )


def _of_100(match: matching.Match | None) -> int:
    # Only equal words are 100.
    score = match.score if match else 0.0
    return min(max(round(100 * (score - LEAST) / (BEST - LEAST)), 1), 99)


def _sense(words: str) -> set[str]:
    return set(stems_of(words)) - STOP_WORDS


def _unfit(entry: Entry, words: str, foreign: str, group: str, context: Context) -> str:
    """Say why words cannot be a wording of a claim, by the rules that saving them asks."""
    if foreign:
        return NAMES.format(words=foreign)
    if group and CLAIM.treatment(entry.key) != group:
        return ELSEWHERE
    try:
        claim = CLAIM.noun(entry, context)
        level = CLAIM.judge(claim).level
    except ValueError:
        return NOT_READY
    found = (*check_whole(words), *check_wording(words, claim, level))
    return next((it.message for it in found if it.is_error), "")


def _foreign(words: str, book: Book, books: Iterable[Book | None], key: str) -> str:
    """Give what a sentence names and a claim does not: drug, product, other part of the body."""
    uses = book.lists.uses
    apart = uses[Use.DRUG] | uses[Use.PRODUCT] | uses[Use.BODY]
    readings = (one.reading(key) for one in books if one)
    own = set[str]().union(*(reading.words for reading in readings if reading))
    found = [word for word in book.read(words) if word.stem in apart and word.stem not in own]
    return words[found[0].start : found[0].end] if found else ""

"""What can be found: documents, the sections of pages, and the questions that claims bring."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from explainer.evidence.context import Context
from explainer.evidence.levels import Bearing, Role
from explainer.evidence.lint.wordings import compared
from explainer.kinds import CLAIM, PAGES, RECORD, SOURCE, TERM, TREATMENT, Entry, Kind
from explainer.text.phrases import Phrasebook
from explainer.text.readings import Known
from explainer.text.word_lists import WordLists

PAGE, QUESTION = "page", "question"
WARNING_FACTOR, OPTION_FACTOR = 0.92, 0.85
HEARD, SAID, NAME = 1.0, 0.85, 0.7
"""What phrases weigh: as adverts put it, as the statement tells it, as the claim is called."""

FIELDS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    CLAIM: (("heard", "wordings"), ("statement", "why")),
    TERM: (("also",), ("definition",)),
    RECORD: (("name",), ("statement", "says", "body")),
    SOURCE: (("authors", "publisher"), ("appraisal",)),
}
"""The fields that say in other words what a document is, and those it is read for."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something with an address.

    `group` is what readers are shown it among; `names` and `said` are what it is called, `body`
    what else it says. `key` and `treatment` are those of its document; `place` is the page a
    section is on.
    """

    group: str
    key: str
    url: str
    title: str
    names: str
    said: str = ""
    body: str = ""
    treatment: str = ""
    place: str = ""


def items_of(entry: Entry, context: Context) -> Iterator[Item]:
    """Give what can be found of a public document, but for the question that it brings."""
    if entry.kind in PAGES:
        yield from _page(entry, context)
    else:
        yield _document(entry)


def question_of(entry: Entry) -> Item | None:
    """Give the question that a document brings, if it does; others may bring the same."""
    if not (ask := entry.fields.get("ask")):
        return None
    treatment = entry.kind.treatment(entry.key)
    return Item(QUESTION, entry.key, f"/questions/{treatment}/", ask, ask)


def _document(entry: Entry) -> Item:
    kind, (said, body) = entry.kind, FIELDS[entry.kind]
    # A source's title may promise what we do not, so it is quoted, as everywhere.
    names = kind.short_title(entry.fields)
    title = kind.public_title(entry.fields) if kind is SOURCE else names
    return Item(
        kind.name,
        entry.key,
        kind.address(entry.key),
        title,
        names,
        _joined(entry, said),
        _joined(entry, body),
        kind.treatment(entry.key),
    )


def _joined(entry: Entry, names: Iterable[str]) -> str:
    shown = (field for field in entry.kind.schema if field.name in names)
    return ". ".join(field.type.display(entry.fields[field.name]) for field in shown)


def _page(entry: Entry, context: Context) -> Iterator[Item]:
    kind, explained = entry.kind, entry.kind.explain(entry, context, judged=False)
    parts = explained["body"].sections
    title, treatment = kind.public_title(entry.fields), kind.treatment(entry.key)
    also = ". ".join(entry.fields.get("also") or ())
    names = f"{title}. {entry.fields.get('name', '')}. {also}. {entry.key.replace('/', ' ')}"
    url = kind.address(entry.key)
    headings = ". ".join(section.title for section in parts)
    summary = explained["summary"].text if "summary" in explained else ""
    yield Item(PAGE, entry.key, url, title, names, headings, summary, treatment)
    for section in parts:
        yield Item(
            PAGE, entry.key, f"{url}#{section.id}", section.title, section.title, "", section.text,
            treatment, title,
        )  # fmt: skip


def book_of(
    entries: Iterable[Entry], lists: WordLists, english: Collection[str] = ()
) -> Phrasebook:
    """Make the book of what adverts and patients say for each claim, grouped by treatment."""
    rows = list(entries)
    names = names_of(rows)
    known = (known_of(row, names) for row in rows if row.kind is CLAIM)
    return Phrasebook(known, lists, names, english)


def names_of(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Give what treatments with an overview are called, by key."""
    explained = (
        row for row in entries if row.kind is TREATMENT and row.fields["role"] == Role.EXPLAINED
    )
    return {row.key: (row.fields["name"], *row.fields["also"]) for row in explained}


def sentences_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Give the key of the claim for each sentence that stands for one, as `compared` writes it."""
    claims = [entry for entry in entries if entry.kind is CLAIM]
    told = [(c.key, (c.fields["statement"], *c.fields["wordings"])) for c in claims]
    return {compared(words.replace("*", "")): key for key, said in told for words in said if words}


def known_of(claim: Entry, explained: Collection[str]) -> Known:
    """Give what people say for a claim; `explained` are the treatments with an overview."""
    fields, group = claim.fields, CLAIM.treatment(claim.key)
    pieces = fields["statement"].split("*")
    # A warning has no words that somebody says; what follows "but" is ours in any case.
    said = pieces[1::2] or [pieces[0].partition(", but")[0]]
    heard = fields["heard"]
    factor = WARNING_FACTOR if fields["bearing"] == Bearing.WARNING else 1.0
    return Known(
        claim.key,
        group,
        (
            *((phrase, HEARD) for phrase in heard),
            *((words, SAID) for words in said),
            (fields["name"], NAME),
        ),
        (
            (". ".join(heard), 2.0),
            (fields["statement"], 1.5),
            (fields["name"], 1.5),
            (". ".join(position["says"] for position in fields["positions"]), 1.0),
            (fields["why"], 0.3),
        ),
        factor if group in explained else factor * OPTION_FACTOR,
    )

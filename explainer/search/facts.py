"""What the index keeps of one document: it depends on its words, on those it names, and the lists.

So a document whose words are as they were need not be read again.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from explainer.evidence.context import Context
from explainer.kinds import CLAIM, Entry
from explainer.library.context import named
from explainer.search.items import Item, items_of, known_of, question_of, sentences_of
from explainer.text.normal_form import Synonyms, words_of
from explainer.text.readings import Reading, read

FIELDS = ("names", "said", "body")


@dataclass(frozen=True, slots=True)
class Stems:
    """An item with the stems of its names, of what else says what it is, and of the rest."""

    item: Item
    names: tuple[str, ...]
    said: tuple[str, ...]
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A document as the index knows it; `name` is "claim:KEY", `shows` what it names so.

    `reading` and `sentences` are those of a claim; many documents may bring one question.
    """

    name: str
    items: tuple[Stems, ...]
    question: Stems | None
    reading: Reading | None
    sentences: tuple[str, ...]
    shows: frozenset[str]


def name_of(entry: Entry) -> str:
    return f"{entry.kind.name}:{entry.key}"


def facts_of(
    entries: Iterable[Entry], context: Context, synonyms: Synonyms, explained: Collection[str]
) -> Iterator[Facts]:
    """Read documents; `explained` are the treatments that have an overview."""
    for entry in entries:
        question = question_of(entry)
        is_claim = entry.kind is CLAIM
        yield Facts(
            name_of(entry),
            tuple(_stems(item, synonyms) for item in items_of(entry, context)),
            _stems(question, synonyms) if question else None,
            read(known_of(entry, explained), synonyms) if is_claim else None,
            tuple(sentences_of([entry])),
            frozenset(f"{kind}:{key}" for kind, key in named(entry)),
        )


def _stems(item: Item, synonyms: Synonyms) -> Stems:
    texts = (getattr(item, field) for field in FIELDS)
    return Stems(item, *(tuple(word.stem for word in words_of(text, synonyms)) for text in texts))

"""What people say for one key, read once: its phrases in normal form, and the words of its fields.

All that a book of phrases asks of a key is here, so the texts need not be read again. It depends on
them and the synonyms alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from explainer.text.normal_form import Synonyms, normal_form
from explainer.text.tokens import tokens


@dataclass(frozen=True, slots=True)
class Known:
    """A key with what people say for it.

    `phrases` are texts with a weight up to 1; `fields` longer texts with theirs, which only lend
    weight. `factor` is what its scores count; `group` what it belongs to.
    """

    key: str
    group: str
    phrases: tuple[tuple[str, float], ...]
    fields: tuple[tuple[str, float], ...] = ()
    factor: float = 1.0


@dataclass(slots=True)
class Phrase:
    """A phrase in normal form: its words, whether each is denied, and what all of them weigh.

    `number` is its place in a book, and `total` known there alone.
    """

    key: str
    group: str
    text: str
    words: Mapping[str, bool]
    weight: float
    number: int = 0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Field:
    """The words of the fields of one weight, and how many they are in all."""

    weight: float
    words: Mapping[str, int]
    length: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A key as it was read; `written` are its words as they are spelt."""

    key: str
    group: str
    phrases: tuple[Phrase, ...]
    fields: tuple[Field, ...]
    written: frozenset[str]

    @property
    def words(self) -> set[str]:
        """Give all its words in normal form."""
        of_phrases = {word for phrase in self.phrases for word in phrase.words}
        return of_phrases.union(*(field.words for field in self.fields))


def read(known: Known, synonyms: Synonyms) -> Reading:
    """Read a key's texts, each once."""
    texts = dict.fromkeys(text for text, _ in (*known.phrases, *known.fields))
    parted = {text: tokens(text) for text in texts}
    words = {text: normal_form(found, synonyms) for text, found in parted.items()}
    phrases = (
        Phrase(known.key, known.group, text, said, weight * known.factor)
        for text, weight in known.phrases
        if (said := {word.stem: word.denied for word in words[text]})
    )
    written = frozenset(token.text for found in parted.values() for token in found)
    counted = {text: Counter(word.stem for word in words[text]) for text, _ in known.fields}
    return Reading(known.key, known.group, tuple(phrases), tuple(_fields(known, counted)), written)


def _fields(known: Known, counted: Mapping[str, Counter[str]]) -> Iterator[Field]:
    for weight in sorted({weight for _, weight in known.fields}):
        words = Counter[str]()
        for text, its in known.fields:
            words.update(counted[text] if its == weight else ())
        yield Field(weight, words, words.total())

"""A book of phrases: what people say for each key, and what each word of it weighs.

It knows nothing of what a key stands for. How a text is held against it: `matching`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log

from explainer.text.normal_form import Word, normal_form
from explainer.text.readings import Field, Known, Phrase, Reading, read
from explainer.text.spelling import Speller
from explainer.text.tokens import Token, tokens
from explainer.text.weights import Weights
from explainer.text.word_lists import Use, WordLists

UNKNOWN = 1.5
"""What a text's word weighs that no phrase has."""
HEAVIEST = 2.5
"""The most that a text's own words weigh against a phrase, each."""
USUAL_KEYS = 200
"""Keys that a book is weighed as if it had, at least: in a small one no word would be rare."""
HALF_WEIGHT = 3.0
"""Weight of shared words that earns half of what words can."""
FEWEST_HINTS, OWN_SHARE = 4, 0.9
"""Keys of one group that have a word, and their share of all, that make it a hint at the group."""

MOST_LENT = 5_000
"""Keys of which is remembered what words weigh in their fields."""


def earned(share: float, weight: float) -> float:
    return share * weight / (weight + HALF_WEIGHT)


class Book:
    """What words weigh, and the words of a text as the book knows them.

    Where the phrases lie is told by who derives from it: `near` and `reading` give them. `names`
    are what each group is called; `english` are words that need no correction.
    """

    def __init__(
        self,
        weights: Weights,
        lists: WordLists,
        names: Mapping[str, Collection[str]],
        english: Collection[str] = (),
    ) -> None:
        self.weights, self.lists = weights, lists
        number = max(weights.number, USUAL_KEYS)
        self.rarity = {
            word: log(1 + number / groups.total()) for word, groups in weights.groups.items()
        }
        self.cost = {word: min(rarity, HEAVIEST) for word, rarity in self.rarity.items()}
        self.speller = Speller(weights.written.keys() | lists.synonyms.words, english)
        self.names = {group: self._names(of) for group, of in names.items()}
        self.one_word_names = {name for of in self.names.values() for name in of if len(name) == 1}
        self.hints = dict(self._hints())
        self._lent: dict[str, dict[str, float]] = {}

    def near(self, words: Collection[str], least: float) -> list[tuple[Phrase, float]]:
        """Give the phrases for which some of the words earn so much, and what these weigh."""
        raise NotImplementedError

    def reading(self, key: str) -> Reading | None:
        """Give what is known of a key, if it is."""
        raise NotImplementedError

    def fields(self, key: str) -> tuple[Field, ...]:
        reading = self.reading(key)
        return reading.fields if reading else ()

    def words(self, found: Sequence[Token]) -> list[Word]:
        return normal_form(found, self.lists.synonyms)

    def read(self, text: str, start: int = 0, end: int | None = None) -> list[Word]:
        """Give the words of a sentence in normal form, misspelt ones put right."""
        return self.words(self.speller.corrected(tokens(text, start, end)))

    def lent(self, key: str, words: Collection[str]) -> float:
        """Say how much words weigh in a key's fields."""
        if len(self._lent) > MOST_LENT:
            self._lent.clear()
        known = self._lent.setdefault(key, {})
        if new := [word for word in words if word not in known]:
            fields = self.fields(key)
            known |= {word: self.weights.lent(fields, word) for word in new}
        return sum([known[word] for word in words], 0.0)

    def total(self, words: Iterable[str]) -> float:
        return sum(self.rarity[word] for word in words)

    def _names(self, names: Iterable[str]) -> set[tuple[str, ...]]:
        """Give names as rows of words, without those at their ends that tell nothing apart."""
        rows = set[tuple[str, ...]]()
        for name in names:
            row = [word.stem for word in self.words(tokens(name))]
            while len(row) > 1 and row[-1] in self.lists.uses[Use.EVERYDAY]:
                row.pop()
            rows.add(tuple(row))
        return rows - {()}

    def _hints(self) -> Iterable[tuple[str, str]]:
        """Find the words that only the keys of one named group have."""
        for word, groups in self.weights.groups.items():
            named = Counter({group: groups[group] for group in self.names if groups[group]})
            for group, number in named.most_common(1):
                if number >= FEWEST_HINTS and number >= OWN_SHARE * named.total():
                    yield word, group


class Phrasebook(Book):
    """A book whose phrases lie in memory: for a draft, a folder of files, a small library."""

    def __init__(
        self,
        known: Iterable[Known],
        lists: WordLists,
        names: Mapping[str, Collection[str]],
        english: Collection[str] = (),
    ) -> None:
        self._readings = {one.key: read(one, lists.synonyms) for one in known}
        weights = Weights()
        for reading in self._readings.values():
            weights.add(reading)
        super().__init__(weights, lists, names, english)
        self._phrases = [it for reading in self._readings.values() for it in reading.phrases]
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self._phrases):
            phrase.number, phrase.total = number, self.total(phrase.words)
            for word in phrase.words:
                self._having[word].append(number)

    def near(self, words: Collection[str], least: float) -> list[tuple[Phrase, float]]:
        weights: dict[int, float] = defaultdict(float)
        for word in words:
            for number in self._having.get(word, ()):
                weights[number] += self.rarity[word]
        return [
            (phrase, weight)
            for number, weight in weights.items()
            if earned(weight / (phrase := self._phrases[number]).total, weight) >= least
        ]

    def reading(self, key: str) -> Reading | None:
        return self._readings.get(key)

"""A book of phrases: what people say for each key, and what each word of it weighs.

It knows nothing of what a key stands for. How a text is held against it: `matching`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from explainer.text.normal_form import Word, normal_form
from explainer.text.spelling import Speller
from explainer.text.tokens import Token, tokens
from explainer.text.word_lists import Use, WordLists

UNKNOWN = 1.5
"""What a text's word weighs that no phrase has."""
HEAVIEST = 2.5
"""The most that a text's own words weigh against a phrase, each."""
USUAL_KEYS = 200
"""Keys that a book is weighed as if it had, at least: in a small one no word would be rare."""
FEWEST_HINTS, OWN_SHARE = 4, 0.9
"""Keys of one group that have a word, and their share of all, that make it a hint at the group."""
SATURATION, LENGTHS = 1.2, 0.75
"""The usual constants of BM25."""


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
    """A phrase in normal form: its words, whether each is denied, and what all of them weigh."""

    key: str
    text: str
    words: Mapping[str, bool]
    weight: float
    total: float = 0.0


class Phrasebook:
    """The phrases of all keys, weighed. Making it takes about a second.

    `names` are what each group is called; `english` are words that need no correction.
    """

    def __init__(
        self,
        known: Iterable[Known],
        lists: WordLists,
        names: Mapping[str, Collection[str]],
        english: Collection[str] = (),
    ) -> None:
        self.lists = lists
        self.known = {one.key: one for one in known}
        self.phrases = [phrase for one in self.known.values() for phrase in self._phrases(one)]
        self._weigh()
        self._lend()
        self.speller = Speller(self._written(), english)
        self.names = {group: self._names(of) for group, of in names.items()}
        self.one_word_names = {name for of in self.names.values() for name in of if len(name) == 1}
        self.hints = dict(self._hints())

    def words(self, found: Sequence[Token]) -> list[Word]:
        return normal_form(found, self.lists.synonyms)

    def read(self, text: str, start: int = 0, end: int | None = None) -> list[Word]:
        """Give the words of a sentence in normal form, misspelt ones put right."""
        return self.words(self.speller.corrected(tokens(text, start, end)))

    def _phrases(self, known: Known) -> Iterable[Phrase]:
        for text, weight in known.phrases:
            if words := {word.stem: word.denied for word in self.words(tokens(text))}:
                yield Phrase(known.key, text, words, weight * known.factor)

    def _weigh(self) -> None:
        keys: dict[str, set[str]] = defaultdict(set)
        for phrase in self.phrases:
            for word in phrase.words:
                keys[word].add(phrase.key)
        self.keys_of = keys
        number = max(len(self.known), USUAL_KEYS)
        self.rarity = {word: log(1 + number / len(of)) for word, of in keys.items()}
        self.cost = {word: min(rarity, HEAVIEST) for word, rarity in self.rarity.items()}
        self.having: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            phrase.total = sum(self.rarity[word] for word in phrase.words)
            for word in phrase.words:
                self.having[word].append(number)

    def _lend(self) -> None:
        """Weigh each word in each key's fields (BM25), which tells keys of like phrases apart."""
        self.lent: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for weight in sorted({weight for one in self.known.values() for _, weight in one.fields}):
            texts = {key: self._counted(one, weight) for key, one in self.known.items()}
            mean = sum(text.total() for text in texts.values()) / len(texts) or 1.0
            having = Counter(word for text in texts.values() for word in text)
            for key, text in texts.items():
                length = SATURATION * (1 - LENGTHS + LENGTHS * text.total() / mean)
                for word, times in text.items():
                    rarity = log(1 + (len(texts) - having[word] + 0.5) / (having[word] + 0.5))
                    full = times * (SATURATION + 1) / (times + length)
                    self.lent[word][key] += weight * rarity * full

    def _counted(self, known: Known, weight: float) -> Counter[str]:
        texts = (text for text, its in known.fields if its == weight)
        return Counter(word.stem for text in texts for word in self.words(tokens(text)))

    def _written(self) -> set[str]:
        """Give all words that our own texts and synonyms have, as they are written."""
        known = self.known.values()
        texts = (text for one in known for text, _ in (*one.phrases, *one.fields))
        return {token.text for text in texts for token in tokens(text)} | self.lists.synonyms.words

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
        for word, keys in self.keys_of.items():
            groups = Counter(self.known[key].group for key in keys)
            named = Counter({group: groups[group] for group in self.names if groups[group]})
            for group, number in named.most_common(1):
                if number >= FEWEST_HINTS and number >= OWN_SHARE * named.total():
                    yield word, group

"""Counts of words over all keys of a book, from which follows what each word weighs.

A reading is added and taken away by itself, so that a change costs what changed.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import log
from typing import Any

from explainer.text.readings import Field, Reading

SATURATION, LENGTHS = 1.2, 0.75
"""The usual constants of BM25."""


class Weights:
    """How many keys have a word in their phrases, by group, and in their fields, by weight."""

    def __init__(self) -> None:
        self.number = 0
        self.groups: dict[str, Counter[str]] = defaultdict(Counter)
        self.written: Counter[str] = Counter()
        self.having: dict[float, Counter[str]] = defaultdict(Counter)
        self.lengths: Counter[float] = Counter()

    def add(self, reading: Reading, times: int = 1) -> None:
        """Count a reading; -1 takes away one that was counted."""
        self.number += times
        for word in {word for phrase in reading.phrases for word in phrase.words}:
            _count(self.groups[word], [reading.group], times)
            if not self.groups[word]:
                del self.groups[word]
        _count(self.written, reading.written, times)
        for field in reading.fields:
            _count(self.having[field.weight], field.words, times)
            self.lengths[field.weight] += times * field.length

    def lent(self, fields: tuple[Field, ...], word: str) -> float:
        """Weigh a word in a key's fields (BM25), which tells keys of like phrases apart."""
        whole = 0.0
        for field in fields:
            times = field.words.get(word)
            if times:
                mean = self.lengths[field.weight] / self.number or 1.0
                length = SATURATION * (1 - LENGTHS + LENGTHS * field.length / mean)
                full = times * (SATURATION + 1) / (times + length)
                having = self.having[field.weight][word]
                rarity = log(1 + (self.number - having + 0.5) / (having + 0.5))
                whole += field.weight * rarity * full
        return whole

    def told(self) -> dict[str, Any]:
        """Give all counts as what JSON can hold; `of` reads them again."""
        having = [[weight, words, self.lengths[weight]] for weight, words in self.having.items()]
        return {
            "number": self.number,
            "groups": self.groups,
            "written": self.written,
            "having": having,
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Weights":
        weights = cls()
        weights.number = told["number"]
        weights.groups.update((word, Counter(of)) for word, of in told["groups"].items())
        weights.written.update(told["written"])
        for weight, words, length in told["having"]:
            weights.having[weight] = Counter(words)
            weights.lengths[weight] = length
        return weights


def _count(counts: Counter[str], words: Any, times: int) -> None:
    for word in words:
        counts[word] += times
        if not counts[word]:
            del counts[word]

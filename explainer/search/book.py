"""The book of what is said for each public claim, whose phrases lie in what is kept."""

import json
from collections.abc import Collection, Mapping, Sequence

from explainer.kinds import CLAIM
from explainer.search import rows
from explainer.search.kept import Kept
from explainer.text.phrases import Book, earned
from explainer.text.readings import Field, Phrase, Reading
from explainer.text.word_lists import WordLists

FEWEST, MOST_A_WORD, MOST = 500, 60, 5_000
"""Phrases that are weighed against a clause, the best by words and length: more if it is long."""
MARGIN = 1e-9
"""What sums of other orders may differ by."""
MOST_KNOWN = 20_000
"""Phrases that are remembered."""


class KeptBook(Book):
    """A book that looks its phrases up."""

    def __init__(
        self,
        kept: Kept,
        lists: WordLists,
        names: Mapping[str, Collection[str]],
        english: Collection[str] = (),
    ) -> None:
        super().__init__(kept.counts.weights, lists, names, english)
        self._kept = kept
        self._known: dict[int, Phrase] = {}

    def near(self, words: Collection[str], least: float) -> list[tuple[Phrase, float]]:
        known = [(word, self.rarity[word]) for word in words if word in self.rarity]
        most = min(max(FEWEST, MOST_A_WORD * len(known)), MOST)
        numbers = self._kept.phrases.of((word for word, _ in known), most)
        whole, found = sum(rarity for _, rarity in known), list[tuple[Phrase, float]]()
        for phrase in self._phrases(numbers):
            # Most are so much longer than the clause that all of it would not be enough.
            if earned(whole / phrase.total, whole) < least - MARGIN:
                continue
            weight, said = 0.0, phrase.words
            for word, rarity in known:
                if word in said:
                    weight += rarity
            if earned(weight / phrase.total, weight) >= least:
                found.append((phrase, weight))
        return found

    def _phrases(self, numbers: Sequence[int]) -> list[Phrase]:
        if len(self._known) > MOST_KNOWN:
            self._known = {}
        known = self._known
        if new := [number for number in numbers if number not in known]:
            for row in self._kept.rows.execute(rows.PHRASES, (json.dumps(new),)):
                phrase = rows.phrase_of(*row)
                phrase.total = self.total(phrase.words)
                known[phrase.number] = phrase
        return [known[number] for number in numbers if number in known]

    def fields(self, key: str) -> tuple[Field, ...]:
        _, told = self._document(key)
        reading = rows.reading_of(told, ())
        return reading.fields if reading else ()

    def _document(self, key: str) -> tuple[int, str]:
        found = self._kept.rows.execute(
            "SELECT id, reading FROM document WHERE name = ?", (f"{CLAIM.name}:{key}",)
        )
        return found.fetchone() or (0, "")

    def reading(self, key: str) -> Reading | None:
        found = self._document(key)
        phrases = self._kept.rows.execute(rows.PHRASES_OF, found[:1])
        return rows.reading_of(found[1], (rows.phrase_of(*row) for row in phrases))

"""Misspelt words put right, towards the words that are known here: "mesotherepy", "downtme".

A word that is English is left alone, or "reduction" would become "reaction".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from explainer.text.tokens import Token

SHORTEST = 5
LONG = 8
"""Letters from which on two slips are forgiven, not one."""
LONGEST = 30


class Vocabulary(Collection[str]):
    """Very many words in one piece of memory, a tenth of what a set of them takes.

    A word is looked up in some microseconds.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._lines = "".join(f"{word}\n" for word in sorted({*words})).encode()
        self._count = self._lines.count(b"\n")

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines.decode().split("\n")[:-1])

    def __contains__(self, word: object) -> bool:
        wanted = str(word).encode("utf-8", "surrogatepass")
        low, high = 0, len(self._lines)
        while low < high:
            middle = (low + high) // 2
            # The line around the middle; below the first line is no end of another.
            start = self._lines.rfind(b"\n", low, middle) + 1 or low
            end = self._lines.index(b"\n", middle)
            found = self._lines[start:end]
            if found == wanted:
                return True
            low, high = (end + 1, high) if found < wanted else (low, start)
        return False


class Speller:
    """Knows the words of our own texts, and those of a language that need no correction."""

    def __init__(self, own: Collection[str], language: Collection[str]) -> None:
        self.language, self.own = language, frozenset(own)
        self._near: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self.own):
            if len(word) >= SHORTEST and word.isalpha():
                self._near[word[0], len(word)].append(word)
        self._known: dict[str, str] = {}

    def corrected(self, found: Iterable[Token]) -> list[Token]:
        return [token._replace(text=self.word(token.text)) for token in found]

    def word(self, word: str) -> str:
        """Give the nearest of our own words, or the word itself."""
        if not self.language or word in self.own or word in self.language:
            return word
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return word
        if word not in self._known:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[word] = self._nearest(word)
        return self._known[word]

    def _nearest(self, word: str) -> str:
        slips = 2 if len(word) >= LONG else 1
        lengths = range(len(word) - slips, len(word) + slips + 1)
        near = [one for length in lengths for one in self._near.get((word[0], length), ())]
        found = min(((distance(word, one, slips), one) for one in near), default=(slips + 1, word))
        return found[1] if found[0] <= slips else word


def distance(left: str, right: str, most: int) -> int:
    """Count the slips between two words: a letter more, less, wrong or swapped; above `most` any.

    The optimal string alignment distance.
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]

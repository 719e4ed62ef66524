"""Two people's changes to one text, put together paragraph by paragraph.

Nothing is lost unasked: where both changed the same paragraph, both stand there until somebody
chooses. A list counts each of its lines as a paragraph. Reads no row and writes none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_BETWEEN = re.compile(r"\n[ \t]*\n\s*?(?=\S)|\n[ \t]*\n")


class Choice(StrEnum):
    """Whose words stay in a place."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs in one place of both texts; `base` is what both began from, None if not known."""

    base: tuple[str, ...] | None
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return self.mine == self.theirs

    @property
    def first(self) -> Choice:
        """What stands until somebody chooses: the change of one, or both."""
        if self.mine == self.base:
            return Choice.THEIRS
        return Choice.MINE if self.theirs == self.base else Choice.BOTH

    def take(self, choice: Choice) -> tuple[str, ...]:
        if choice is Choice.MINE or self.is_same:
            return self.mine
        if choice is Choice.THEIRS:
            return self.theirs
        old = self.base or ()
        # What one left as it was is no word of theirs where the other changed it.
        mine = [words for words in self.mine if words not in old or words in self.theirs]
        theirs = [words for words in self.theirs if words not in (*old, *self.mine)]
        return (*mine, *theirs)


def cut(text: str, *, lines: bool) -> list[str]:
    """Cut a text at its empty lines, a list at each line's end."""
    parts = text.split("\n") if lines else _BETWEEN.split(text)
    return [part.strip("\n").rstrip() for part in parts if part.strip()]


def join(parts: Sequence[str], *, lines: bool) -> str:
    return ("\n" if lines else "\n\n").join(parts)


def passages(
    base: Sequence[str] | None, mine: Sequence[str], theirs: Sequence[str]
) -> list[Passage]:
    """Set two texts beside each other; the passages of each side join up to the whole of it."""
    if base is None:
        matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
        return [
            Passage(None, tuple(mine[a:b]), tuple(theirs[c:d]))
            for _, a, b, c, d in matcher.get_opcodes()
        ]
    return [*_set_beside(base, mine, theirs)]


def _set_beside(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[Passage]:
    ours, others = _matched(base, mine), _matched(base, theirs)
    ours[len(base)], others[len(base)] = len(mine), len(theirs)
    a = b = c = 0
    for place in range(len(base) + 1):
        if place not in ours or place not in others:
            continue
        i, j = ours[place], others[place]
        yield from _one_by_one(base[a:place], mine[b:i], theirs[c:j])
        if place < len(base):
            yield Passage((base[place],), (mine[i],), (theirs[j],))
        a, b, c = place + 1, i + 1, j + 1


def _one_by_one(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[Passage]:
    if len(base) == len(mine) == len(theirs):
        # Each paragraph was rewritten in its place: each is asked about by itself.
        for words in zip(base, mine, theirs, strict=True):
            yield Passage(*((each,) for each in words))
    elif mine or theirs or base:
        yield Passage(tuple(base), tuple(mine), tuple(theirs))


def _matched(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {it.a + step: it.b + step for it in blocks for step in range(it.size)}


def merged(found: Sequence[Passage], choices: Mapping[int, Choice]) -> list[str]:
    """Put passages together, by the choices there are for their places, else as `Passage.first`."""
    taken = (each.take(choices.get(place, each.first)) for place, each in enumerate(found))
    return [words for part in taken for words in part]

"""People of a trial drawn one mark each, from the numbers of a claim: counted, never typed."""

from dataclasses import dataclass

from explainer.kinds.claim import arm_of
from explainer.library.models import Revision
from explainer.library.rendering import ClaimEntry

WIDE, HIGH, IN_A_ROW = 15, 18, 10
"""The place of one mark, and how many stand side by side."""
MOST = 100
"""A group of more people is told in words alone: nobody counts smaller marks."""

Box = tuple[int, int, int, int]
"""Left, top, width and height of a run of marks."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a trial: in how many of its people the outcome was seen."""

    words: str
    seen: int
    of: int

    @property
    def others(self) -> int:
        return self.of - self.seen

    @property
    def height(self) -> int:
        return HIGH * -(-self.of // IN_A_ROW)

    @property
    def filled(self) -> list[Box]:
        return boxes(0, self.seen)

    @property
    def hollow(self) -> list[Box]:
        return boxes(self.seen, self.of)


@dataclass(frozen=True, slots=True)
class People:
    """The two groups behind a claim, with what was seen in them and where that stands."""

    key: str
    outcome: str
    groups: tuple[Group, Group]
    source: Revision

    @property
    def id(self) -> str:
        return f"people-{self.key.replace('/', '-')}"


def people_of(entry: ClaimEntry) -> People | None:
    """Give the groups of a claim that carries numbers; None if it has none one can draw."""
    numbers = entry.numbers
    sources = {item.position.source.key: item.source for item in entry.positions}
    source = sources.get(numbers.get("source", ""))
    treated = _group("With it", numbers.get("with", ""))
    others = _group("Without it", numbers.get("without", ""))
    if source is None or treated is None or others is None:
        return None
    return People(entry.key, numbers["outcome"], (treated, others), source)


def _group(words: str, count: str) -> Group | None:
    arm = arm_of(count)
    return Group(words, *arm) if arm and arm[1] <= MOST else None


def boxes(start: int, stop: int) -> list[Box]:
    """Cover the marks from `start` up to `stop`: rest of a row, whole rows, begun row."""
    found, at = [], start
    while at < stop:
        column, row = at % IN_A_ROW, at // IN_A_ROW
        rows = 0 if column else (stop - at) // IN_A_ROW
        columns = IN_A_ROW if rows else min(IN_A_ROW - column, stop - at)
        high = max(rows, 1)
        found.append((column * WIDE, row * HIGH, columns * WIDE, high * HIGH))
        at += columns * high
    return found

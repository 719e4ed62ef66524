"""All claims at one look: by topic and label, and who stands behind them. Counted, never typed.

Promises and risks are apart everywhere, and so are treatments: that shedding may pass by itself
would read as a plausible promise of what is sold.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from explainer.evidence.labels import IN_PEOPLE, LOOKED_INTO, SCALE, Label
from explainer.evidence.levels import Bearing, Finding, SourceKind, Topic
from explainer.kinds import CLAIM, SOURCE
from explainer.library.models import Revision
from explainer.public.claim_list import Row
from explainer.public.navigation import Navigation

TITLES = {Bearing.PROMISE: "Promises", Bearing.WARNING: "Risks"}

Backing = tuple[SourceKind, Finding]
"""What sort of source takes a position, and what it did to find out."""

BACKERS: tuple[tuple[str, Callable[[Backing], bool]], ...] = (
    ("A clinic says so", lambda it: it == (SourceKind.CLINIC, Finding.ASSERTS)),
    ("Looked into in people", lambda it: it[0] in IN_PEOPLE and it[1] in LOOKED_INTO),
    ("Looked into in a lab", lambda it: it[0] is SourceKind.LABORATORY and it[1] in LOOKED_INTO),
)
"""Who can stand behind a promise; one promise may have all of them, or none."""


@dataclass(frozen=True, slots=True)
class Line:
    """The claims on one topic, under each label of their grid."""

    topic: Topic
    cells: tuple[tuple[Label, tuple[Row, ...]], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The promises, or the risks, of one treatment: a line for each topic that has any."""

    title: str
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of a label's promises one kind of backer stands behind; `length` out of 100."""

    number: int
    length: int


@dataclass(frozen=True, slots=True)
class Backed:
    """The promises of one label, and the bar of each of `BACKERS` in turn."""

    label: Label
    number: int
    bars: tuple[Bar, ...]

    @property
    def named(self) -> list[tuple[str, Bar]]:
        return list(zip((name for name, _ in BACKERS), self.bars, strict=True))


def maps_of(rows: Iterable[Row], links: Navigation) -> dict[str, tuple[Grid, ...]]:
    """Give the grids of each treatment by its name, those explained here first."""
    by_treatment = defaultdict[str, list[Row]](list)
    for row in rows:
        by_treatment[CLAIM.treatment(row.key)].append(row)
    order = (link for link in (*links.treatments, *links.options) if link.key in by_treatment)
    return {link.name: tuple(_grids(by_treatment[link.key])) for link in order}


def _grids(rows: list[Row]) -> Iterator[Grid]:
    for bearing, title in TITLES.items():
        here = [row for row in rows if row.label.bearing is bearing]
        labels = tuple(label for label in SCALE if label.bearing is bearing)
        topics = (topic for topic in Topic if any(row.topic is topic for row in here))
        if lines := tuple(_line(topic, labels, here) for topic in topics):
            yield Grid(title, labels, lines)


def _line(topic: Topic, labels: Iterable[Label], rows: list[Row]) -> Line:
    def at(label: Label) -> tuple[Row, ...]:
        return tuple(row for row in rows if (row.topic, row.label.level) == (topic, label.level))

    return Line(topic, tuple((label, at(label)) for label in labels))


def backed(rows: Iterable[Row], links: Navigation) -> tuple[Backed, ...]:
    """Count who stands behind the promises of what is explained here, by label, in two queries."""
    explained = {link.key for link in links.treatments}
    promises = [
        row
        for row in rows
        if row.label.bearing is Bearing.PROMISE and CLAIM.treatment(row.key) in explained
    ]
    behind = _backing()
    labels = (label for label in SCALE if label.bearing is Bearing.PROMISE)
    return tuple(
        _backed(label, [behind[row.key] for row in promises if row.label.level is label.level])
        for label in labels
    )


def _backed(label: Label, backing: list[set[Backing]]) -> Backed:
    counts = Counter(name for it in backing for name, fits in BACKERS if any(map(fits, it)))
    number = len(backing)
    bars = (Bar(counts[name], round(100 * counts[name] / (number or 1))) for name, _ in BACKERS)
    return Backed(label, number, tuple(bars))


def _backing() -> dict[str, set[Backing]]:
    sources: Any = Revision.objects.published().of(SOURCE).with_texts("kind")
    kinds = dict(sources.values_list("document__key", "text_kind"))
    claims = Revision.objects.published().of(CLAIM)
    columns = claims.values_list("document__key", "fields__positions")
    return {
        key: {(SourceKind(kinds[it["source"]]), Finding(it["finding"])) for it in positions}
        for key, positions in columns
    }

"""How many claims carry which label: counted from what is published, never typed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from explainer.evidence.levels import Bearing, Level, label_modifier
from explainer.library.models import ClaimVersion
from explainer.library.rendering import ClaimEntry
from explainer.public.labels import SCALE, WHOLE_SCALE, Label
from explainer.public.navigation import Door

WARNING = "warning"
BAR_LENGTH = 100
GAP = 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """One label's share of a tally; `start` and `length` place it on a bar of 100."""

    modifier: str
    words: str
    number: int
    start: str
    length: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims carry which label. Warnings are counted apart from promises."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """All claims counted."""
        return sum(part.number for part in self.parts)

    @property
    def title(self) -> str:
        """What the numbers are about."""
        return f"How sure, in {claims_in_words(self.total)}"

    @property
    def sentence(self) -> str:
        """The same numbers in words, for the bar's accessible name."""
        numbers = ", ".join(f"{part.number} {part.words}" for part in self.parts)
        return f"{claims_in_words(self.total)}: {numbers}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A treatment to choose on the home page, with the counts of its claims."""

    door: Door
    tally: Tally


def choices(treatments: Iterable[Door]) -> tuple[Choice, ...]:
    """Give each treatment its tally, in one query for all of them."""
    tallies = tallies_of_treatments()
    nothing = tally_of({})
    return tuple(Choice(door, tallies.get(door.key, nothing)) for door in treatments)


def claims_in_words(number: int) -> str:
    """Say how many claims: "1 claim", "34 claims"."""
    return f"{number} claim" if number == 1 else f"{number} claims"


def label_counts(labels: Iterable[Label]) -> str:
    """Say how often each label comes up: "3 unsupported, 1 warning: plausible"."""
    counted = Counter(label.words for label in labels)
    words = (label.words for label in WHOLE_SCALE)
    return ", ".join(f"{counted[word]} {word.lower()}" for word in words if counted[word])


def tally_of(numbers: Mapping[str, int]) -> Tally:
    """Lay numbers by label modifier along a bar, in the order of the scale."""
    total = sum(numbers.values())
    parts, start = [], 0.0
    for modifier in (label.modifier for label in SCALE):
        number = numbers.get(modifier, 0)
        length = BAR_LENGTH * number / total if total else 0.0
        drawn = max(length - GAP, 0.0)
        parts.append(
            Part(modifier, _words(modifier, number), number, f"{start:.2f}", f"{drawn:.2f}")
        )
        start += length
    return Tally(tuple(parts))


def tally_of_entries(entries: Iterable[ClaimEntry]) -> Tally:
    """Count the claims of one page; withdrawn ones no longer carry a level."""
    numbers: dict[str, int] = {}
    for entry in entries:
        if not entry.withdrawn:
            modifier = label_modifier(entry.judged.verdict.level, entry.judged.claim.bearing)
            numbers[modifier] = numbers.get(modifier, 0) + 1
    return tally_of(numbers)


def tallies_of_treatments() -> dict[str, Tally]:
    """Count the published claims of every treatment, by its key, in one query."""
    rows = (
        ClaimVersion.objects.published()
        .order_by()
        .values_list("claim__treatment__key", "level", "bearing")
        .annotate(Count("pk"))
    )
    numbers: dict[str, dict[str, int]] = {}
    for key, level, bearing, number in rows:
        modifier = label_modifier(Level(level), Bearing(bearing))
        counted = numbers.setdefault(key, {})
        counted[modifier] = counted.get(modifier, 0) + number
    return {key: tally_of(counted) for key, counted in numbers.items()}


def _words(modifier: str, number: int) -> str:
    if modifier == WARNING:
        return "warning" if number == 1 else "warnings"
    return Level(modifier).word.lower()

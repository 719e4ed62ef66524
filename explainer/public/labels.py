"""Labels as a page shows them, and how many claims carry which: counted, never typed.

The words come from the evidence method (`explainer.evidence.levels`); here they
only meet the shape that stands for them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from explainer.evidence.levels import Bearing, Level, explanation, label_modifier, label_words
from explainer.evidence.render import WITHDRAWN as WITHDRAWN_WORD
from explainer.kinds import CLAIM
from explainer.library.models import Revision
from explainer.library.rendering import ClaimEntry
from explainer.public.navigation import NavLink


@dataclass(frozen=True, slots=True)
class Label:
    """What stands behind a claim: `modifier` names shape and colour in the stylesheet."""

    modifier: str
    words: str
    explanation: str

    @property
    def anchor(self) -> str:
        return f"label-{self.words.lower().replace(':', '').replace(' ', '-')}"

    @property
    def opens(self) -> str:
        """Where the label is explained when the page at hand does not: the whole legend."""
        return f"/method/#{self.anchor}"


def label_of(level: Level, bearing: Bearing) -> Label:
    return Label(
        label_modifier(level, bearing), label_words(level, bearing), explanation(level, bearing)
    )


WITHDRAWN = Label("withdrawn", WITHDRAWN_WORD, "We no longer stand by this sentence.")

_LEVELS = tuple(label_of(level, bearing) for bearing in Bearing for level in Level)

WHOLE_SCALE = (*_LEVELS, WITHDRAWN)
"""Every label there is, promises first."""

SCALE = _LEVELS[: len(Level) + 1]
"""The labels of the short legend: the scale of promises, and the warning to take seriously."""

SCALE_TITLE = "How to read a label"

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
        return sum(part.number for part in self.parts)

    @property
    def title(self) -> str:
        return f"How sure, in {claims_in_words(self.total)}"

    @property
    def sentence(self) -> str:
        numbers = ", ".join(f"{part.number} {part.words}" for part in self.parts)
        return f"{claims_in_words(self.total)}: {numbers}"


def choices(treatments: Iterable[NavLink]) -> tuple[tuple[NavLink, Tally], ...]:
    claims = Revision.objects.published().of(CLAIM).with_texts("bearing").order_by()
    rows = claims.values_list("document__treatment__key", "level", "text_bearing")
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    for key, level, bearing, number in rows.annotate(Count("pk")):
        numbers[key][label_modifier(Level(level), Bearing(bearing))] += number
    return tuple((link, tally_of(numbers[link.key])) for link in treatments)


def claims_in_words(number: int) -> str:
    return f"{number} claim" if number == 1 else f"{number} claims"


def label_counts(labels: Iterable[Label]) -> str:
    """Say how often each label comes up: "3 unsupported, 1 warning: plausible"."""
    counted = Counter(label.words for label in labels)
    words = (label.words for label in WHOLE_SCALE)
    return ", ".join(f"{counted[word]} {word.lower()}" for word in words if counted[word])


def tally_of(numbers: Mapping[str, int]) -> Tally:
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
    assessed = (entry.assessed for entry in entries if not entry.withdrawn)
    return tally_of(
        Counter(label_modifier(item.verdict.level, item.claim.bearing) for item in assessed)
    )


def _words(modifier: str, number: int) -> str:
    if modifier == "warning":
        return "warning" if number == 1 else "warnings"
    return Level(modifier).word.lower()

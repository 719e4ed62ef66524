"""How many claims carry which label: counted, never typed; promises and risks never together.

The labels themselves are the evidence method's (`explainer.evidence.labels`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from explainer.evidence.labels import SCALE, WITHDRAWN_LABEL, Label
from explainer.evidence.levels import Bearing
from explainer.library.rendering import ListedClaim, Page
from explainer.public.navigation import Navigation

WHOLE_SCALE = (*SCALE, WITHDRAWN_LABEL)
"""Every label there is, promises first."""

SCALE_TITLE = "How to read a label"

BAR_LENGTH = 100
GAP = 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """One label's share of its bearing's tally; `start` and `length` place it on a bar of 100."""

    label: Label
    number: int
    start: str
    length: str

    @property
    def words(self) -> str:
        return self.label.word.lower()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises, and how many risks, carry which label."""

    promises: tuple[Part, ...]
    risks: tuple[Part, ...]

    @property
    def total(self) -> int:
        """Count the promises alone."""
        return sum(part.number for part in self.promises)

    @property
    def title(self) -> str:
        return f"How sure? {counted(self.total, 'promise').capitalize()}, by label"

    @property
    def sentence(self) -> str:
        numbers = ", ".join(f"{part.number} {part.words}" for part in self.promises)
        return f"{counted(self.total, 'promise')}: {numbers}"


def label_counts(labels: Iterable[Label]) -> str:
    """Say how often each label comes up: "3 unsupported, 1 plausible risk"."""
    counted = Counter(label.word for label in labels)
    words = (label.word for label in WHOLE_SCALE)
    return ", ".join(f"{counted[word]} {word.lower()}" for word in words if counted[word])


def tally_of(numbers: Mapping[Label, int]) -> Tally:
    """Tally counts by label, which may leave out what does not come up."""
    promises, risks = (
        tuple(_parts([(label, numbers.get(label, 0)) for label in SCALE if label.bearing == of]))
        for of in (Bearing.PROMISE, Bearing.WARNING)
    )
    return Tally(promises, tuple(part for part in risks if part.number))


def tally_of_entries(entries: Iterable[ListedClaim], treatments: Collection[str]) -> Tally:
    """Count the claims of one page that are about these treatments, by key.

    A withdrawn claim no longer carries a level. What a page says of other choices is not counted:
    that shedding may pass by itself would read as a plausible promise of what is sold.
    """
    assessed = (entry.assessed for entry in entries if not entry.withdrawn)
    about = (item for item in assessed if item.claim.key.partition("/")[0] in treatments)
    return tally_of(Counter(Label(item.verdict.level, item.claim.bearing) for item in about))


def tally_of_page(page: Page, links: Navigation) -> Tally:
    """Count what a page is about: its own treatment, or all that are explained if it is of none."""
    treatment = links.of(page.revision).treatment
    return tally_of_entries(page.claims, links.subjects(treatment))


def _parts(numbers: Iterable[tuple[Label, int]]) -> Iterable[Part]:
    numbers, start = list(numbers), 0.0
    total = sum(number for _, number in numbers)
    for label, number in numbers:
        length = BAR_LENGTH * number / total if total else 0.0
        yield Part(label, number, f"{start:.2f}", f"{max(length - GAP, 0.0):.2f}")
        start += length


def _total(parts: Iterable[Part]) -> int:
    return sum(part.number for part in parts)


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"

"""What changed for the public, newest first: which label became which, and why.

Told from the versions that are or were public, never from drafts, and never
with a name of staff (requirements I6 and P12). What changed together is told
together; a load of many files as one calm sentence.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Page
from django.db.models import Count, Max, Min
from django.utils import timezone

from explainer.library.models import Change
from explainer.public.changelog_lines import Line, What, lines_of
from explainer.public.pagination import turned
from explainer.public.statistics import label_counts

MOST_LISTED = 12
"""Things a load of files may change and still be told one by one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that became public, or was withdrawn, together.

    `edition` is its lasting number. `summary` is empty unless many files were
    loaded: then it counts them, and `lines` holds the changed labels alone.
    """

    edition: int
    at: datetime
    reason: str
    lines: tuple[Line, ...]
    summary: str = ""

    @property
    def because(self) -> str:
        """The reason, if all have the same; else each line tells its own."""
        reasons = {line.because for line in self.lines}
        return self.reason if self.summary else reasons.pop() if len(reasons) == 1 else ""

    @property
    def day(self) -> date:
        """The day on which it happened, where the site is at home."""
        return timezone.localtime(self.at).date()


@dataclass(frozen=True, slots=True)
class Day:
    """The batches of one day, newest first."""

    date: date
    batches: tuple[Batch, ...]


def page_of(number: str) -> Page:
    """Give one page of batches, in five queries; raises Http404 for a page that isn't there."""
    happened = (
        Change.objects.order_by()
        .values("at", "reason")
        # Rows and texts that went public together made an edition each: one change to a reader.
        .annotate(newest=Max("edition"), oldest=Min("edition"), staff=Count("by"))
        .order_by("-at", "-newest")
    )
    page = turned(happened, number)
    found = lines_of([change["at"] for change in page.object_list])
    page.object_list = [
        _batch(change, lines)
        for change in page.object_list
        if (lines := found.get((change["at"], change["reason"])))
    ]
    return page


def by_day(batches: Iterable[Batch]) -> tuple[Day, ...]:
    """Put batches that follow each other under their days."""
    return tuple(Day(day, tuple(found)) for day, found in groupby(batches, lambda batch: batch.day))


def _batch(change: dict[str, object], lines: Sequence[Line]) -> Batch:
    batch = Batch(change["newest"], change["at"], change["reason"], tuple(lines))  # type: ignore[arg-type]
    if change["staff"] or len(lines) <= MOST_LISTED:
        return batch
    first = change["oldest"] == 1
    relabelled = tuple(line for line in lines if line.relabelled)
    return Batch(batch.edition, batch.at, batch.reason, relabelled, _summary(lines, first))


def _summary(lines: Sequence[Line], first: bool) -> str:
    if first:
        return f"First edition: {_listed(_numbers(lines))}."
    new = [line for line in lines if line.new]
    changed = [line for line in lines if not line.new]
    said = [
        f"{name}: {_listed(_numbers(of))}."
        for name, of in (("New", new), ("Changed", changed))
        if of
    ]
    if labels := [line.after for line in new if line.after]:
        said.append(f"The labels of the new claims: {label_counts(labels)}.")
    return " ".join(said)


def _numbers(lines: Iterable[Line]) -> Iterator[str]:
    counted = Counter(line.what for line in lines)
    return (what.counted(counted[what]) for what in What if counted[what])


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)

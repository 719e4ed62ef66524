"""What changed for the public, newest first: which label became which, and why.

Told from the revisions that are or were public, never from drafts, and never
with a name of staff. What changed together is told together; a load of many
files as one calm sentence. A claim is never told without its label; if it has
another one today, that is told too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from explainer.evidence.labels import Label
from explainer.kinds import KINDS, TREATMENT, Kind
from explainer.library.models import Change, Document, Revision, State
from explainer.library.models.history import ChangeQuerySet
from explainer.library.models.revision import RevisionQuerySet
from explainer.public.labels import label_counts
from explainer.public.navigation import FIRST, get_page

MOST_LISTED = 12
"""Things a load of files may change and still be told one by one."""

ORDER = tuple(sorted(KINDS, key=lambda kind: (not kind.is_assessed, -KINDS.index(kind))))
"""The order in which what changed together is told."""

Moment = tuple[datetime, str]
"""When something changed and why: what things that changed together have in common."""


@dataclass(frozen=True, slots=True)
class Line:
    """One public change of one document.

    `told_at` is the time that readers are told: that of its words, or of the withdrawal.
    `name` is its title as it was then, `short_name` what lists call it; `url` is empty if nothing
    stands there now. `reason` is its own, `shared_reason` that of all that changed with it. Only
    claims have labels: the one before (None the first time), the one after, and today's.
    """

    kind: Kind
    key: str
    number: int
    at: datetime
    told_at: datetime
    name: str
    short_name: str
    reason: str
    shared_reason: str
    url: str = ""
    new: bool = False
    withdrawn: bool = False
    correction: bool = False
    before: Label | None = None
    after: Label | None = None
    today: Label | None = None

    @property
    def subject(self) -> str:
        return f"{self.kind.path}/{self.key}"

    @property
    def relabelled(self) -> bool:
        return bool(self.before and self.after and self.before.differs(self.after))

    @property
    def event(self) -> str:
        if self.withdrawn:
            return "Withdrawn"
        if self.new:
            return "First published"
        if self.relabelled:
            return "Label changed"
        return "Changed, with the same label" if self.after else "Changed"


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that became public, or was withdrawn, together.

    `number` is the site's version that it made. `summary` is empty unless many files were
    loaded: then it counts them, and `lines` holds the changed labels alone.
    """

    number: int
    at: datetime
    shared_reason: str
    lines: tuple[Line, ...]
    summary: str = ""

    @property
    def reason(self) -> str:
        """The reason, if all have the same; else each line tells its own."""
        reasons = {line.reason for line in self.lines}
        return self.shared_reason if self.summary else reasons.pop() if len(reasons) == 1 else ""

    @property
    def day(self) -> date:
        """The day on which it happened, where the site is at home."""
        return timezone.localtime(self.at).date()


def page_of(number: str, treatment: str = "") -> Page:
    """Give one page of batches, in three queries; raises Http404 for a page that isn't there.

    With the key of a treatment only what changed of it is told: its pages, claims and records.
    """
    told = _changed_of(treatment) if treatment else Revision.objects.ever_published()
    changes = (
        (_with(told) if treatment else Change.objects.so_far())
        .order_by()
        .values("at", "reason")
        # Steps of one transaction raised the site's version each: one change to a reader.
        .annotate(newest=Max("number"), oldest=Min("number"), staff=Count("actor"))
        .order_by("-at", "-newest")
    )
    page = get_page(changes, number)
    found = _lines_of([change["at"] for change in page.object_list], told)
    page.object_list = [
        _batch(change, lines)
        for change in page.object_list
        if (lines := found.get((change["at"], change["reason"])))
    ]
    return page


def query(treatment: str, number: int) -> str:
    parameters = {"treatment": treatment} if treatment else {}
    return f"?{urlencode(parameters | ({'page': str(number)} if number > 1 else {}))}"


def history_of(document: Document) -> tuple[Line, ...]:
    return tuple(reversed(_lives(Revision.objects.filter(document=document))))


def histories(revisions: RevisionQuerySet) -> dict[str, list[Line]]:
    """Give the public lives of many documents of one kind by key, newest first, in one query."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in reversed(_lives(revisions)):
        found[line.key].append(line)
    return found


def changed_since(day: date, documents: Iterable[Document]) -> dict[str, list[Line]]:
    """Give what changed in documents on a day or later, newest first, by the document's key.

    Changes of the day itself count: whoever printed a page on it may have done so before.
    """
    lives = histories(Revision.objects.filter(document__in=list(documents)))
    since = {
        key: [it for it in lines if not it.new and timezone.localtime(it.at).date() >= day]
        for key, lines in lives.items()
    }
    return {key: lines for key, lines in since.items() if lines}


def _changed_of(treatment: str) -> RevisionQuerySet:
    own = Q(document__kind=TREATMENT, document__key=treatment)
    return Revision.objects.ever_published().filter(own | Q(document__treatment__key=treatment))


def _with(told: RevisionQuerySet) -> ChangeQuerySet:
    ended = told.filter(state=State.WITHDRAWN).order_by().values("ended_at")
    at = Q(at__in=told.order_by().values("published_at")) | Q(at__in=ended)
    return Change.objects.so_far().filter(at)


def _lines_of(times: Sequence[datetime], told: RevisionQuerySet) -> dict[Moment, list[Line]]:
    changed = told.filter(Q(published_at__in=times) | Q(state=State.WITHDRAWN, ended_at__in=times))
    lines = _lives(Revision.objects.filter(document__in=changed.values("document")))
    found: dict[Moment, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (ORDER.index(line.kind), line.key)):
        found[line.at, line.shared_reason].append(line)
    return found


def _lives(revisions: RevisionQuerySet) -> list[Line]:
    texts = {kind.title_field for kind in ORDER} | {"kind", "bearing", "name"}
    rows = revisions.ever_published().with_texts(*texts).select_related("document")
    rows = rows.defer("fields", "file_text").order_by("document", "number")
    lives = groupby(rows, lambda row: row.document_id)
    return [line for _, life in lives for line in _life(list(life), texts)]


def _life(revisions: Sequence[Any], texts: Iterable[str]) -> Iterator[Line]:
    events = [event for revision in revisions for event in _events(revision, texts)]
    document, last = revisions[0].document, events[-1]
    # What pages show struck through keeps its address.
    stands = not last.withdrawn or document.kind.is_shown
    url = document.get_absolute_url() if stands else ""
    before: Label | None = None
    for place, event in enumerate(events):
        yield replace(event, url=url, new=place == 0, before=before, today=last.after)
        before = event.after


def _events(revision: Any, texts: Iterable[str]) -> Iterator[Line]:
    kind = revision.document.kind
    fields = {name: getattr(revision, f"text_{name}") for name in texts}
    published = Line(
        kind,
        revision.document.key,
        revision.number,
        revision.published_at,
        revision.words_changed_at,
        kind.public_title(fields),
        kind.short_title(fields),
        reason=revision.note or revision.published_because,
        shared_reason=revision.published_because,
        correction=revision.correction,
        after=kind.stored_label(fields, revision.level, revision.ground),
    )
    yield published
    if revision.is_withdrawn:
        yield replace(
            published,
            at=revision.ended_at,
            told_at=revision.ended_at,
            reason=revision.ended_because,
            shared_reason=revision.ended_because,
            withdrawn=True,
            correction=False,
            after=replace(published.after, withdrawn=True) if published.after else None,
        )


def _batch(change: dict[str, Any], lines: Sequence[Line]) -> Batch:
    first = change["oldest"] == FIRST
    # When a database was filled is nothing that readers ask: the newest words tell the day.
    at = max(line.told_at for line in lines) if first else change["at"]
    batch = Batch(change["newest"], at, change["reason"], tuple(lines))
    if change["staff"] or len(lines) <= MOST_LISTED:
        return batch
    relabelled = tuple(line for line in lines if line.relabelled)
    return replace(batch, lines=relabelled, summary=_summary(lines, first=first))


def _summary(lines: Sequence[Line], *, first: bool) -> str:
    if first:
        return f"First edition: {_numbers(lines)}."
    new = [line for line in lines if line.new]
    changed = [line for line in lines if not line.new]
    parts = [f"{name}: {_numbers(of)}." for name, of in (("New", new), ("Changed", changed)) if of]
    if labels := [line.after for line in new if line.after]:
        parts.append(f"The labels of the new claims: {label_counts(labels)}.")
    return " ".join(parts)


def _numbers(lines: Iterable[Line]) -> str:
    counted = Counter(line.kind for line in lines)
    found = [(kind.reader_names, counted[kind]) for kind in ORDER if counted[kind]]
    return ", ".join(f"{n} {one if n == 1 else many}" for (_, one, many), n in found)

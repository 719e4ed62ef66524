"""What time asks for: reviews due, pages to read again, who waits for what. Changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from explainer.kinds import CLAIM
from explainer.library import drafts
from explainer.library.models import FIXED, OPEN, AuditEntry, Mention, Revision, State
from explainer.library.permissions import Right, may
from explainer.operations.schedule import Failure

SOON = 30
"""Days before a review is due in which it counts as soon due."""

LATE = timedelta(minutes=10)
"""How long after its time a scheduled revision may still be on its way."""

SENT_BACK = "send back"
_STEPS = ("start", "restore", "submit", "take back", SENT_BACK, "discard")


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A public page, and the claims it shows whose label is another than when it was published.

    `claims` are the revisions that readers see now; one may be withdrawn.
    """

    page: Revision
    claims: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one member of staff; a list is empty for who has no right to act on it.

    `drafts` are the open revisions that they wrote some of, and `scheduled` those of everybody
    that become public by themselves: neither waits for anybody.
    """

    to_review: tuple[Revision, ...]
    to_publish: tuple[Revision, ...]
    sent_back: tuple[Revision, ...]
    overdue: tuple[Revision, ...]
    due_soon: tuple[Revision, ...]
    problems: tuple[Failure, ...]
    drafts: tuple[Revision, ...]
    scheduled: tuple[Revision, ...]

    def __len__(self) -> int:
        idle = ("drafts", "scheduled")
        return sum(len(getattr(self, name)) for name in self.__slots__ if name not in idle)


def overdue(today: date) -> list[Revision]:
    return _due(_public(today), date.min, today - timedelta(days=1))


def relabelled() -> list[Relabelled]:
    """Give the public pages to look at again because a label in them changed since.

    The label itself is new on the page already; whether the text around it still fits is for
    a person to read. Who reviewed and published a page saw the labels of that moment; a label
    that is as it was then needs no second look. Three queries.
    """
    changed = Revision.objects.of(CLAIM).filter(ended_at__isnull=False).values("document")
    revisions: dict[int, list[Revision]] = defaultdict(list)
    rows = Revision.objects.filter(state__in=FIXED, document__in=changed).defer("file_text")
    for row in rows.select_related("document").order_by("document__key", "number"):
        revisions[row.document_id].append(row)
    shown: dict[int, set[int]] = defaultdict(set)
    mentions = Mention.objects.filter(document__in=changed, revision__state=State.PUBLISHED)
    for revision_id, document_id in mentions.values_list("revision", "document"):
        shown[revision_id].add(document_id)
    pages = Revision.objects.published().filter(pk__in=shown).select_related("document")
    return [
        Relabelled(page, claims)
        for page in pages.order_by("document__key")
        if (claims := tuple(_changed(revisions, shown[page.pk], page)))
    ]


def _changed(
    revisions: dict[int, list[Revision]], shown: set[int], page: Revision
) -> Iterable[Revision]:
    for document, own in revisions.items():
        if document in shown and _label_at(own, page.published_at) != _label_at(own, None):
            yield own[-1]


def _label_at(revisions: Sequence[Revision], moment: datetime | None) -> tuple[str, str, bool]:
    """Say what readers saw of a claim at a moment, None for now: label, and if withdrawn."""
    then = [r for r in revisions if not moment or (r.published_at and r.published_at <= moment)]
    last = then[-1] if then else revisions[0]
    ended = last.state == State.WITHDRAWN and (
        moment is None or (last.ended_at or moment) <= moment
    )
    return last.level, last.fields["bearing"], ended


def waiting_for(user: User, *, now: datetime) -> Waiting:
    write, review, publish = (may(user, r) for r in (Right.WRITE, Right.REVIEW, Right.PUBLISH))
    today = timezone.localdate(now)
    soon = today + timedelta(days=SOON)
    pending, public = _revisions(state__in=OPEN), _public(soon)
    own = {pk for pk, people in drafts.writers_of(pending).items() if user.pk in people}
    mine = [revision for revision in pending if revision.pk in own]
    submitted = [revision for revision in pending if revision.state == State.IN_REVIEW]
    scheduled = [revision for revision in submitted if revision.publish_at is not None]
    ready = [r for r in submitted if r.is_approved and r.publish_at is None]
    return Waiting(
        to_review=tuple(r for r in submitted if review and not r.is_approved and r.pk not in own),
        to_publish=tuple(ready if publish else ()),
        sent_back=tuple(_sent_back(mine) if write else ()),
        overdue=tuple(_due(public, date.min, today - timedelta(days=1))),
        due_soon=tuple(_due(public, today, soon)),
        problems=tuple(_problems(pending, public, now)) if write or publish else (),
        drafts=tuple(mine),
        scheduled=tuple(sorted(scheduled, key=lambda revision: revision.publish_at or now)),
    )


def problems(now: datetime) -> list[Failure]:
    return _problems(_revisions(state__in=OPEN), _public(timezone.localdate(now)), now)


def _problems(
    pending: Iterable[Revision], public: Iterable[Revision], now: datetime
) -> list[Failure]:
    late = [r for r in pending if r.publish_at and r.publish_at <= now - LATE]
    return [
        *(Failure(r.subject, "Its time to be published has passed, but it was not.") for r in late),
        *(
            Failure(r.subject, "One person raised its caution. Its words wait to be mended by two.")
            for r in public
            if r.emergency
        ),
    ]


def _sent_back(mine: Iterable[Revision]) -> list[Revision]:
    own = {revision.subject: revision for revision in mine if revision.state == State.DRAFT}
    steps = AuditEntry.objects.filter(subject__in=own, action__in=_STEPS).order_by("number")
    last = dict(steps.values_list("subject", "action"))
    return [revision for subject, revision in own.items() if last.get(subject) == SENT_BACK]


def _public(last: date) -> list[Revision]:
    return _revisions(Q(review_due__lte=last) | Q(emergency=True), state=State.PUBLISHED)


def _revisions(*conditions: Q, **where: Any) -> list[Revision]:
    """Find revisions of all kinds, in the order in which they could be published."""
    rows = Revision.objects.filter(*conditions, **where).select_related("document", "submitted_by")
    rows = rows.defer("file_text").order_by("publish_at", "submitted_at", "pk")
    return sorted(rows, key=lambda revision: revision.document.kind.priority)


def _due(revisions: Iterable[Revision], first: date, last: date) -> list[Revision]:
    due = [row for row in revisions if row.review_due and first <= row.review_due <= last]
    return sorted(due, key=lambda row: (row.review_due, row.subject))

"""Publishing at a set time: what is due becomes public in the name of who scheduled it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from explainer.library import audit, workflow
from explainer.library.drafts import Conflict
from explainer.library.models import AuditEntry, Revision
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish, publishing_lock

NOBODY = "scheduled publishing"
"""Who the audit log names for what happens at a set time."""

FAILED = "schedule failed"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document of which something went wrong, and what."""

    subject: str
    message: str


def due(now: datetime) -> list[Revision]:
    rows = Revision.objects.open().filter(publish_at__lte=now).select_related("document")
    return sorted(rows, key=lambda row: (row.document.kind.priority, row.publish_at, row.pk))


def publish_due(*, now: datetime) -> tuple[list[str], list[Failure]]:
    """Publish every revision whose time has come; give what was published and what was not.

    What was scheduled together is one transaction, in the name of who scheduled it, and only what
    is still scheduled then: any number of processes may do this at once. A failure is audited
    once, and tried again whenever this is called.
    """
    published: list[str] = []
    failed: list[Failure] = []
    for change in _changes(due(now)):
        message = ""
        try:
            published += _publish(change, now)
        except (NotAllowed, CannotPublish, Conflict) as refused:
            message = str(refused)
        except Exception as error:  # one that fails, however, must not hold up the others
            log.exception("A scheduled revision could not be published")
            message = f"It failed with {type(error).__name__}. The log says more."
        failed += [_failure(row, message, now) for row in change if message]
    return published, failed


def _changes(revisions: Sequence[Revision]) -> list[list[Revision]]:
    """Put those together that got their time in one step, as the audit log tells."""
    subjects = {revision.subject for revision in revisions}
    steps = AuditEntry.objects.filter(subject__in=subjects, action="schedule").order_by("number")
    told = {step.subject: (step.after or {}).get(workflow.WITH, ()) for step in steps}
    changes: dict[frozenset[str], list[Revision]] = {}
    for revision in revisions:
        own = revision.subject
        changes.setdefault(frozenset({own, *told.get(own, ())}), []).append(revision)
    return list(changes.values())


@transaction.atomic
def _publish(change: Sequence[Revision], now: datetime) -> list[str]:
    publishing_lock()
    rows = Revision.objects.open().select_related("document", "scheduled_by")
    current = list(rows.filter(pk__in=[row.pk for row in change], publish_at__lte=now))
    if not current:
        return []
    actor = current[0].scheduled_by
    if actor is None:
        raise NotAllowed("It does not say who scheduled it. Schedule it again.")
    expected = [row.lock_version for row in current]
    workflow.publish(revisions=current, expected=expected, actor=actor, now=now)
    return [row.subject for row in current]


@transaction.atomic
def _failure(revision: Revision, message: str, now: datetime) -> Failure:
    """Record a failure, unless it is the newest thing that is known of its document."""
    subject = revision.subject
    last = AuditEntry.objects.filter(subject=subject).order_by("-number").first()
    if last is None or (last.action, last.comment) != (FAILED, message):
        audit.record(None, FAILED, now, actor_name=NOBODY, subject=subject, comment=message)
    return Failure(subject, message)

"""Publishing at a set time: what is due becomes public in the name of who scheduled it."""

import logging
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

    Each is a transaction of its own, in the name of who scheduled it, and only if it is still
    scheduled then: any number of processes may do this at once. A failure is audited once, and
    tried again whenever this is called.
    """
    published: list[str] = []
    failed: list[Failure] = []
    for revision in due(now):
        try:
            published += [revision.subject] if _publish(revision, now) else []
        except (NotAllowed, CannotPublish, Conflict) as refused:
            failed.append(_failure(revision, str(refused), now))
        except Exception as error:  # one that fails, however, must not hold up the others
            log.exception("A scheduled revision could not be published")
            message = f"It failed with {type(error).__name__}. The log says more."
            failed.append(_failure(revision, message, now))
    return published, failed


@transaction.atomic
def _publish(revision: Revision, now: datetime) -> bool:
    publishing_lock()
    rows = Revision.objects.open().select_related("document", "scheduled_by")
    current = rows.filter(pk=revision.pk, publish_at__lte=now).first()
    if current is None:
        return False
    if current.scheduled_by is None:
        raise NotAllowed("It does not say who scheduled it. Schedule it again.")
    workflow.publish(
        revisions=[current], expected=[current.lock_version], actor=current.scheduled_by, now=now
    )
    return True


@transaction.atomic
def _failure(revision: Revision, message: str, now: datetime) -> Failure:
    """Record a failure, unless it is the newest thing that is known of its document."""
    subject = revision.subject
    last = AuditEntry.objects.filter(subject=subject).order_by("-number").first()
    if last is None or (last.action, last.comment) != (FAILED, message):
        audit.record(None, FAILED, now, actor_name=NOBODY, subject=subject, comment=message)
    return Failure(subject, message)

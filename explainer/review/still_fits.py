"""Public words that somebody read again and found to fit: a new revision that says the same.

What was public never changes, so the new review stands on a revision of its own, by the authors of
the words. The two people stay two: whoever wrote the words cannot say so, and who may not publish
leaves it to a publisher.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from explainer.library import drafts, workflow
from explainer.library.models import Document, Revision, State
from explainer.library.permissions import NotAllowed, Right, demand, may
from explainer.library.publishing import publishing_lock
from explainer.library.reviewer import Reviewer, refuse_due

ACTION = "look again"
NOTE = "Read again: it still fits."
"""What readers are told in the history."""


@transaction.atomic
def look_again(
    *, document: Document, expected: int, actor: User, now: datetime, reviewer: Reviewer
) -> Revision:
    """Give public words a new review, and publish that at once if the person may.

    `expected` is the number of the public revision that they read. For readers its words did not
    change today. Raises `NotAllowed` for its writers, `Incomplete`, `CannotPublish`, `Conflict`
    if another is public by now, `AlreadyOpen` while somebody has a draft open.
    """
    demand(actor, Right.REVIEW)
    publishing_lock()
    public = document.revisions.published().select_related("document").first()
    if public is None or public.number != expected:
        raise drafts.Conflict(public)
    if actor.pk in drafts.writers(public):
        raise NotAllowed(workflow.WROTE_IT)
    refuse_due(reviewer.due, localdate(now))
    changed = public.words_changed_at
    columns = {
        **workflow.approval(reviewer, actor, now),
        "state": State.IN_REVIEW,
        **{name: getattr(public, name) for name in ("author", "saved_at", "saved_by")},
        "submitted_at": now,
        "submitted_by": public.submitted_by,
        "changed_on": timezone.localtime(changed).date() if changed else None,
    }
    fields = {**public.fields, "note": NOTE}
    revision = drafts.begin_after(
        public, fields, actor, now, ACTION, columns=columns, is_saved=False
    )
    workflow.refuse_errors([revision], [revision])
    if may(actor, Right.PUBLISH):
        workflow.make_public([revision], actor, now)
    return revision

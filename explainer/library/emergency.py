"""What one person alone may do to what is public: make the site more cautious, at once.

Withdraw, or raise the caution of a label; everything else takes two people (`workflow`).
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from explainer.evidence.levels import Bearing, Level, caution
from explainer.evidence.lint.titles import claims_in_note
from explainer.library import audit, drafts, publishing, workflow
from explainer.library.context import context_to_judge
from explainer.library.derive import derive_all
from explainer.library.drafts import Conflict
from explainer.library.models import Document, Revision
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.library.publishing import publishing_lock
from explainer.library.reviewer import REASON_LENGTH, Incomplete, refuse_long

_REVIEW = ("reviewed_by", "reviewer_qualification", "reviewed_at", "review_due")
"""What is known of the review of words that stay as they are."""


@transaction.atomic
def downgrade_label(
    *,
    document: Document,
    expected: int,
    level: Level,
    reason: str,
    because: str,
    actor: User,
    now: datetime,
    meant: bool = False,
) -> Revision:
    """Make a public claim's label more cautious at once, as one person alone.

    `expected` is the number of the public revision that the person looked at, `reason` the code
    an unsupported claim carries, `because` the words readers see, `meant` as in `withdraw`. Nothing
    else about the claim changes, so its wording may lag behind its label until two people mend it.
    Raises `Conflict` if another revision is public by now, `Incomplete` for a level that is not
    more cautious, `CannotPublish`, `AlreadyOpen` while somebody has a draft open.
    """
    demand(actor, Right.PUBLISH)
    _refuse_reason("because", because, meant=meant)
    public = _public(document, expected)
    if public is None or not document.kind.is_assessed:
        raise NotAllowed(f"'{document.key}' is not public, so its label cannot be changed.")
    bearing = Bearing(public.fields["bearing"])
    if caution(level, bearing) <= caution(Level(public.level), bearing):
        raise Incomplete("level", f"'{level}' is not more cautious than '{public.level}'.")
    fields = {**public.fields, "level": str(level), "level_reason": because, "note": because}
    fields["reason"] = reason if level is Level.UNSUPPORTED else ""
    # Before it is stored: the database refuses a row whose label cannot be decided.
    typed = Revision(document=public.document, fields=fields, note=because)
    workflow.refuse_errors([typed], [typed], fields=("level", "level_reason", "reason", "note"))
    columns = {"emergency": True, **{name: getattr(public, name) for name in _REVIEW}}
    revision = drafts.begin_after(public, fields, actor, now, "raise caution", columns=columns)
    workflow.make_public([revision], actor, now)
    return revision


@transaction.atomic
def withdraw(
    *,
    document: Document,
    expected: int,
    actor: User,
    reason: str,
    now: datetime,
    meant: bool = False,
) -> None:
    """Take a document from the public, for a reason that readers see. One person alone may.

    `expected` is the number of the public revision that they looked at, `meant` their word that
    what the reason says of a treatment may stand without a label. Raises `NotAllowed`,
    `Incomplete` for a missing or praising reason, or if nothing is public, `Conflict` if another
    revision is public by now. A time that was set for its next revision is taken back.
    """
    demand(actor, Right.PUBLISH)
    _refuse_reason("reason", reason, meant=meant)
    public = _public(document, expected)
    if public is None or not document.kind.is_withdrawable:
        raise Incomplete("reason", f"'{document.key}' is not public, so it can't be withdrawn.")
    try:
        publishing.withdraw(document=document, actor=actor, reason=reason, now=now)
    except ValueError as refused:
        raise Incomplete("reason", str(refused)) from None
    before = workflow.facts(public)
    audit.record(actor, "withdraw", now, subject=document.subject, before=before, comment=reason)
    # What was scheduled before would bring it back without anybody looking again.
    scheduled = document.revisions.open().filter(publish_at__isnull=False)
    if scheduled.update(**workflow.UNSCHEDULED):
        after = {"publish_at": None}
        audit.record(actor, "schedule", now, subject=document.subject, after=after)
    derive_all([document])


def _refuse_reason(field: str, words: str, *, meant: bool) -> None:
    refuse_long(field, words, REASON_LENGTH)
    if not meant and (found := claims_in_note(words, context_to_judge(()).names)):
        # It may quote what was wrong, and nothing may hold up who makes the site more cautious.
        raise Incomplete("meant", f"{found[0].message} Or tick this, and it stands as it is.")


def _public(document: Document, expected: int) -> Revision | None:
    publishing_lock()
    public = document.revisions.published().select_related("document").first()
    # Other changes of the site do not matter: they must not hold up who makes it more cautious.
    if public and public.number != expected:
        raise Conflict(public)
    return public

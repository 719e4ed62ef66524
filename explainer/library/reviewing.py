"""From a draft to an approved version, by two people: submit, approve, and the ways back.

Who wrote a version can't approve it, whatever their role (design, "Two people";
requirements A3, A4, D2). Each verb is one transaction with an audit entry.
Publishing is `releasing`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from explainer.evidence.lint import sentences
from explainer.library import audit, drafts
from explainer.library.models import State
from explainer.library.models.versions import Version
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.library.readiness import (
    NAME_LENGTH,
    Incomplete,
    coming,
    is_approved,
    refuse_errors,
    refuse_long,
)

LONGEST_REST = timedelta(days=5 * 365)
"""Most time between two reviews; a date further off is a slip of the keyboard."""

_UNDONE: dict[str, str | None] = {
    "reviewed_by": "",
    "reviewer_qualification": "",
    "reviewed_at": None,
    "review_due": None,
    "publish_at": None,
    "scheduled_by": None,
    "approved_at": None,
    "approved_by": None,
}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviewed a text, as readers will see it, and when it is due again."""

    name: str
    qualification: str
    due: date

    def __post_init__(self) -> None:
        shown = {
            "reviewed_by": ("name", self.name),
            "reviewer_qualification": ("qualification", self.qualification),
        }
        for field, (noun, told) in shown.items():
            if not told.strip():
                raise Incomplete(field, f"Give your {noun} as readers will see it.")
            refuse_long(field, told, NAME_LENGTH)
            if unfit := sentences.plain_words(told):
                raise Incomplete(field, unfit[0].message)


@transaction.atomic
def submit(*, version: Version, base: int, by: User, at: datetime, comment: str = "") -> None:
    """Hand a draft over for review; its words can't be changed until it comes back.

    Raises `CannotPublish` with everything that is wrong with it (a missing note is
    wrong too), `NotAllowed`, `drafts.Stale`.
    """
    demand(by, Right.WRITE)
    # Held before it is looked at: what is checked is what is submitted.
    drafts.move(version, base, state=State.DRAFT, to=State.DRAFT)
    refuse_errors([version], coming())
    columns = {"submitted_at": at, "submitted_by": by}
    drafts.move(version, base, state=State.DRAFT, to=State.IN_REVIEW, **columns)
    audit.record(by=by, action="submit", subject=version.subject, at=at, comment=comment)


@transaction.atomic
def take_back(*, version: Version, base: int, by: User, at: datetime) -> None:
    """Make a version in review a draft again, as its author; an approval is void."""
    demand(by, Right.WRITE)
    drafts.move(version, base, state=State.IN_REVIEW, to=State.DRAFT, **_UNDONE)
    audit.record(by=by, action="take back", subject=version.subject, at=at)


@transaction.atomic
def send_back(*, version: Version, base: int, by: User, at: datetime, comment: str) -> None:
    """Make a version in review a draft again, as its reviewer; says what is to be mended."""
    demand(by, Right.REVIEW)
    if not comment.strip():
        raise Incomplete("comment", "Say what is to be mended.")
    drafts.move(version, base, state=State.IN_REVIEW, to=State.DRAFT, **_UNDONE)
    audit.record(by=by, action="send back", subject=version.subject, at=at, comment=comment)


@transaction.atomic
def approve(
    *, version: Version, base: int, by: User, at: datetime, reviewer: Reviewer, comment: str = ""
) -> None:
    """Approve the words of a version in review as somebody who wrote none of them.

    Raises `NotAllowed` for its writers, `CannotPublish` while it has errors,
    `drafts.Stale` also if somebody has approved it already.
    """
    demand(by, Right.REVIEW)
    drafts.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW)
    if is_approved(version):
        raise drafts.Stale(version)
    if by.pk in drafts.writers(version):
        raise NotAllowed("You wrote some of this yourself. Somebody else has to approve it.")
    if not at.date() < reviewer.due <= at.date() + LONGEST_REST:
        raise Incomplete("review_due", "Choose a day from tomorrow to five years from now.")
    refuse_errors([version], coming())
    columns = {
        "approved_at": at,
        "approved_by": by,
        "reviewed_by": reviewer.name.strip(),
        "reviewer_qualification": reviewer.qualification.strip(),
        "reviewed_at": at.date(),
        "review_due": reviewer.due,
    }
    drafts.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW, **columns)
    after = {"version": version.number, "reviewed_by": reviewer.name, "due": str(reviewer.due)}
    audit.record(
        by=by, action="approve", subject=version.subject, at=at, after=after, comment=comment
    )

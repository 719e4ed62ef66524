"""From a draft to the public, by two people: submit, approve, publish, and the ways back.

Who wrote a revision can't approve it, whatever their role.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import Truncator

from explainer.evidence.lint.sentences import plain_words
from explainer.library import audit, drafts, publishing
from explainer.library.derive import derive
from explainer.library.drafts import Conflict, lock
from explainer.library.models import Revision, State
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.library.publishing import CannotPublish, publishing_lock
from explainer.library.validation import all_problems, coming
from explainer.text.problems import Severity

NAME_LENGTH = 200
REASON_LENGTH = 500
"""Characters that readers are shown of a name or a qualification, and of a reason."""

LONGEST_REST = timedelta(days=5 * 365)
"""Most time between two reviews; a date further off is a slip of the keyboard."""

UNSCHEDULED: Mapping[str, Any] = {"publish_at": None, "scheduled_by": None}
_UNAPPROVED: Mapping[str, Any] = {
    **UNSCHEDULED,
    "reviewed_by": "",
    "reviewer_qualification": "",
    "reviewed_at": None,
    "review_due": None,
    "approved_at": None,
    "approved_by": None,
}


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of an open revision: who may take it, and between which states."""

    right: Right
    source: State
    target: State
    needs_approval: bool = False


TRANSITIONS: Mapping[str, Transition] = {
    "submit": Transition(Right.WRITE, State.DRAFT, State.IN_REVIEW),
    "take back": Transition(Right.WRITE, State.IN_REVIEW, State.DRAFT),
    "send back": Transition(Right.REVIEW, State.IN_REVIEW, State.DRAFT),
    "approve": Transition(Right.REVIEW, State.IN_REVIEW, State.IN_REVIEW),
    "schedule": Transition(Right.PUBLISH, State.IN_REVIEW, State.IN_REVIEW, needs_approval=True),
    "publish": Transition(Right.PUBLISH, State.IN_REVIEW, State.PUBLISHED, needs_approval=True),
}
"""Every step between a draft and the public. The verbs below are the only ones to take them."""


class Incomplete(Exception):
    """Something that must be said is missing; `field` names it, the message says the cure."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviewed a text, as readers will see it, and when it is due again.

    `read_unlabelled` is the reviewer's word that they read each sentence that carries no label: no
    list of words finds every promise (method, section 3). Raises `Incomplete` for what is empty,
    too long, praises, or was not read.
    """

    name: str
    qualification: str
    due: date
    read_unlabelled: bool

    def __post_init__(self) -> None:
        shown = {
            "reviewed_by": ("name", self.name),
            "reviewer_qualification": ("qualification", self.qualification),
        }
        for field, (noun, words) in shown.items():
            if not words.strip():
                raise Incomplete(field, f"Give your {noun} as readers will see it.")
            refuse_long(field, words, NAME_LENGTH)
            if unfit := plain_words(words):
                raise Incomplete(field, unfit[0].message)
        if not self.read_unlabelled:
            message = "Read the sentences without a label, then tick this."
            raise Incomplete("read_unlabelled", message)


@transaction.atomic
def submit(
    *, revision: Revision, expected: int, actor: User, now: datetime, comment: str = ""
) -> None:
    """Hand a draft over for review; its words can't be changed until it comes back.

    Raises `CannotPublish` with everything that is wrong with it (a missing note is wrong too),
    `NotAllowed`, `Conflict`.
    """
    _begin("submit", revision, expected, actor)
    refuse_errors([revision], coming())
    columns = {"submitted_at": now, "submitted_by": actor}
    _move("submit", revision, columns, actor, now, comment=comment)


@transaction.atomic
def take_back(*, revision: Revision, expected: int, actor: User, now: datetime) -> None:
    """Make a revision in review a draft again, as its author; an approval is void."""
    _begin("take back", revision, expected, actor)
    _move("take back", revision, _UNAPPROVED, actor, now)


@transaction.atomic
def send_back(
    *, revision: Revision, expected: int, actor: User, now: datetime, comment: str
) -> None:
    """Make a revision in review a draft again, as its reviewer; says what is to be mended."""
    demand(actor, Right.REVIEW)
    if not comment.strip():
        raise Incomplete("comment", "Say what is to be mended.")
    _begin("send back", revision, expected, actor)
    _move("send back", revision, _UNAPPROVED, actor, now, comment=comment)


@transaction.atomic
def approve(
    *,
    revision: Revision,
    expected: int,
    actor: User,
    now: datetime,
    reviewer: Reviewer,
    comment: str = "",
) -> None:
    """Approve the words of a revision in review as somebody who wrote none of them.

    Raises `NotAllowed` for its writers, `CannotPublish` while it has errors, `Conflict` also if
    somebody has approved it already.
    """
    _begin("approve", revision, expected, actor)
    if revision.is_approved:
        raise Conflict(revision)
    if actor.pk in drafts.writers(revision):
        raise NotAllowed("You wrote some of this yourself. Somebody else has to approve it.")
    if not now.date() < reviewer.due <= now.date() + LONGEST_REST:
        raise Incomplete("review_due", "Choose a day from tomorrow to five years from now.")
    refuse_errors([revision], coming())
    columns = {
        "approved_at": now,
        "approved_by": actor,
        "reviewed_by": reviewer.name.strip(),
        "reviewer_qualification": reviewer.qualification.strip(),
        "reviewed_at": now.date(),
        "review_due": reviewer.due,
    }
    after = {
        "revision": revision.number,
        "reviewed_by": reviewer.name,
        "due": str(reviewer.due),
        "read_unlabelled": reviewer.read_unlabelled,
    }
    _move("approve", revision, columns, actor, now, after=after, comment=comment)


@transaction.atomic
def schedule(
    *, revision: Revision, expected: int, actor: User, now: datetime, when: datetime | None
) -> None:
    """Let an approved revision become public at a time; None takes that back."""
    _begin("schedule", revision, expected, actor)
    if when is not None and when <= now:
        raise Incomplete("publish_at", "That time has passed. Publish it now, or choose a later.")
    columns = {"publish_at": when, "scheduled_by": actor if when else None}
    after = {"publish_at": when.isoformat() if when else None}
    _move("schedule", revision, columns, actor, now, after=after)


@transaction.atomic
def publish(
    *, revisions: Sequence[Revision], expected: Sequence[int], actor: User, now: datetime
) -> None:
    """Publish approved revisions together, in one step.

    Everything is checked once more, against what is public now. Raises `NotAllowed` for what
    nobody else approved, `CannotPublish`, `Conflict`.
    """
    demand(actor, Right.PUBLISH)
    publishing_lock()
    for revision, lock_version in zip(revisions, expected, strict=True):
        _begin("publish", revision, lock_version, actor)
    refuse_errors(revisions, revisions, early=Severity.ERROR)
    make_public(revisions, actor, now)


def refuse_errors(
    revisions: Sequence[Revision],
    also: Iterable[Revision],
    fields: Collection[str] = (),
    early: Severity = Severity.WARNING,
) -> None:
    """Raise `CannotPublish` for errors, if fields are named for those in them alone."""
    errors = [it for it in all_problems(revisions, also, early=early) if it[1].is_error]
    errors = [found for found in errors if not fields or found[1].field in fields]
    if errors:
        raise CannotPublish(errors)


def _begin(step: str, revision: Revision, expected: int, actor: User) -> None:
    """Ask for the right and hold the revision: what is checked now is what is moved."""
    transition = TRANSITIONS[step]
    demand(actor, transition.right)
    lock(revision, expected, state=transition.source)
    if transition.needs_approval and not revision.is_approved:
        raise NotAllowed("Nobody has approved these words yet. A second person has to.")


def _move(
    step: str,
    revision: Revision,
    columns: Mapping[str, Any],
    actor: User,
    now: datetime,
    *,
    after: Mapping[str, Any] | None = None,
    comment: str = "",
) -> None:
    Revision.objects.filter(pk=revision.pk).update(state=TRANSITIONS[step].target, **columns)
    revision.refresh_from_db()
    document = revision.document
    derive(document, filter(None, [revision, document.live]))
    audit.record(actor, step, now, subject=document.subject, after=after, comment=comment)


def make_public(revisions: Sequence[Revision], actor: User, now: datetime) -> None:
    public = {r.pk: r.document.revisions.published().first() for r in revisions}
    before = {pk: facts(revision) if revision else None for pk, revision in public.items()}
    reason = " ".join(dict.fromkeys(revision.note.strip() for revision in revisions))
    reason = Truncator(reason).chars(REASON_LENGTH)
    publishing.publish(revisions=revisions, actor=actor, reason=reason, now=now)
    for revision in revisions:
        audit.record(
            actor,
            "publish",
            now,
            subject=revision.subject,
            before=before[revision.pk],
            after=facts(revision),
            comment=revision.note,
        )


def facts(revision: Revision) -> dict[str, Any]:
    return {"revision": revision.number, **revision.fields}


def refuse_long(field: str, words: str, length: int) -> None:
    if (size := len(words.strip())) > length:
        raise Incomplete(field, f"This has {size} characters; {length} fit. Shorten it.")

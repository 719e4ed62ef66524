"""From a draft to the public, by two people: submit, approve, publish, and the ways back.

Who wrote a revision can't approve it, whatever their role. The verbs take several revisions that
go together, a text with the claims and sources it needs: all of them take the step, or none.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import Truncator
from django.utils.timezone import localdate

from explainer.library import audit, drafts, publishing
from explainer.library.derive import derive
from explainer.library.drafts import Conflict, lock
from explainer.library.models import Revision, State
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.library.positions import label_now
from explainer.library.publishing import CannotPublish, publishing_lock
from explainer.library.reviewer import REASON_LENGTH, Incomplete, Reviewer, refuse_due
from explainer.library.validation import all_problems, coming
from explainer.text.problems import Severity

WROTE_IT = "You wrote some of this yourself. Somebody else has to approve it."
WITH = "with"
"""What the audit log calls the subjects that took a step in the same moment."""

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


def _of_one_too(verb: Callable[..., None]) -> Callable[..., None]:
    """Let a caller that has one revision name it as `revision`, with the count that it saw."""

    @wraps(verb)
    def taken(*, expected: Any, revision: Revision | None = None, **said: Any) -> None:
        if revision is not None:
            said["revisions"], expected = [revision], [expected]
        verb(expected=expected, **said)

    return taken


@_of_one_too
@transaction.atomic
def submit(
    *,
    revisions: Sequence[Revision],
    expected: Sequence[int],
    actor: User,
    now: datetime,
    comment: str = "",
) -> None:
    """Hand drafts over for review; their words can't be changed until they come back.

    Raises `CannotPublish` with everything that is wrong with them (a missing note is wrong too),
    `NotAllowed`, `Conflict`.
    """
    _begin("submit", revisions, expected, actor)
    refuse_errors(revisions, [*coming(), *revisions])
    columns = {"submitted_at": now, "submitted_by": actor}
    # A source that was a draft when a claim was saved may be another by now.
    columns_of = {row.pk: {**columns, **label_now(row)} for row in revisions}
    _move("submit", revisions, columns_of, actor, now, comment=comment)


@transaction.atomic
def take_back(*, revision: Revision, expected: int, actor: User, now: datetime) -> None:
    """Make a revision in review a draft again, as its author; an approval is void."""
    _begin("take back", [revision], [expected], actor)
    _move("take back", [revision], {revision.pk: _UNAPPROVED}, actor, now)


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be mended in one place: a field by its path, the words it is about, if any."""

    subject: str
    field: str
    quote: str
    text: str


@_of_one_too
@transaction.atomic
def send_back(
    *,
    revisions: Sequence[Revision],
    expected: Sequence[int],
    actor: User,
    now: datetime,
    comment: str,
    remarks: Sequence[Remark] = (),
) -> None:
    """Make revisions in review drafts again, as their reviewer; says what is to be mended."""
    demand(actor, Right.REVIEW)
    if not comment.strip() and not remarks:
        raise Incomplete("comment", "Say what is to be mended.")
    _begin("send back", revisions, expected, actor)
    told = {
        row.pk: [_told(each) for each in remarks if each.subject == row.subject]
        for row in revisions
    }
    columns = dict.fromkeys(told, _UNAPPROVED)
    after = {pk: {"remarks": found} if found else {} for pk, found in told.items()}
    _move("send back", revisions, columns, actor, now, after=after, comment=comment)


def _told(remark: Remark) -> dict[str, str]:
    return {"field": remark.field, "quote": remark.quote, "text": remark.text}


@_of_one_too
@transaction.atomic
def approve(
    *,
    revisions: Sequence[Revision],
    expected: Sequence[int],
    actor: User,
    now: datetime,
    reviewer: Reviewer,
    comment: str = "",
) -> None:
    """Approve the words of revisions in review as somebody who wrote none of them.

    Raises `NotAllowed` for the writers of one of them, `CannotPublish` while they have errors,
    `Conflict` also if somebody has approved one already.
    """
    _begin("approve", revisions, expected, actor)
    for revision in revisions:
        if revision.is_approved:
            raise Conflict(revision)
    writers = drafts.writers_of(revisions)
    if own := [row for row in revisions if actor.pk in writers[row.pk]]:
        raise NotAllowed(_about(own, revisions, WROTE_IT))
    refuse_due(reviewer.due, localdate(now))
    refuse_errors(revisions, [*coming(), *revisions])
    said = {
        "reviewed_by": reviewer.name,
        "due": str(reviewer.due),
        "read_unlabelled": reviewer.read_unlabelled,
    }
    after = {row.pk: {"revision": row.number, **said} for row in revisions}
    columns = dict.fromkeys(after, approval(reviewer, actor, now))
    _move("approve", revisions, columns, actor, now, after=after, comment=comment)


def approval(reviewer: Reviewer, actor: User, now: datetime) -> dict[str, Any]:
    """Give the columns of a revision that somebody approves."""
    return {
        "approved_at": now,
        "approved_by": actor,
        "reviewed_by": reviewer.name.strip(),
        "reviewer_qualification": reviewer.qualification.strip(),
        "reviewed_at": localdate(now),
        "review_due": reviewer.due,
    }


@_of_one_too
@transaction.atomic
def schedule(
    *,
    revisions: Sequence[Revision],
    expected: Sequence[int],
    actor: User,
    now: datetime,
    when: datetime | None,
) -> None:
    """Let approved revisions become public together at a time; None takes that back."""
    _begin("schedule", revisions, expected, actor)
    if when is not None and when <= now:
        raise Incomplete("publish_at", "That time has passed. Publish it now, or choose a later.")
    columns = {"publish_at": when, "scheduled_by": actor if when else None}
    after = {"publish_at": when.isoformat() if when else None}
    keys = [revision.pk for revision in revisions]
    told = dict.fromkeys(keys, after)
    _move("schedule", revisions, dict.fromkeys(keys, columns), actor, now, after=told)


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
    _begin("publish", revisions, expected, actor)
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


def _begin(step: str, revisions: Sequence[Revision], expected: Sequence[int], actor: User) -> None:
    """Ask for the right and hold the revisions: what is checked now is what is moved."""
    transition = TRANSITIONS[step]
    demand(actor, transition.right)
    # In one order for all, or two people with the same revisions would wait for each other.
    pairs = zip(revisions, expected, strict=True)
    for revision, lock_version in sorted(pairs, key=lambda pair: pair[0].pk):
        lock(revision, lock_version, state=transition.source)
    if transition.needs_approval and (bare := [r for r in revisions if not r.is_approved]):
        message = "Nobody has approved these words yet. A second person has to."
        raise NotAllowed(_about(bare, revisions, message))


def _about(some: Iterable[Revision], of: Sequence[Revision], message: str) -> str:
    """Name what a refusal is about, if it is not about the only one there is."""
    names = ", ".join(f"“{revision.title}”" for revision in some)
    return f"{names}: {message}" if len(of) > 1 else message


def _move(
    step: str,
    revisions: Sequence[Revision],
    columns: Mapping[int, Mapping[str, Any]],
    actor: User,
    now: datetime,
    *,
    after: Mapping[int, Mapping[str, Any]] | None = None,
    comment: str = "",
) -> None:
    """Take a step with each; `columns` and what is `after` it are by revision."""
    for revision in revisions:
        row, state = Revision.objects.filter(pk=revision.pk), TRANSITIONS[step].target
        row.update(state=state, **columns[revision.pk])
        revision.refresh_from_db()
        document = revision.document
        derive(document, filter(None, [revision, document.live]))
        others = [other.subject for other in revisions if other.pk != revision.pk]
        told = {**(after or {}).get(revision.pk, {}), **({WITH: others} if others else {})}
        subject = document.subject
        audit.record(actor, step, now, subject=subject, after=told or None, comment=comment)


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

"""From a draft to the public, by two people: submit, approve, publish, and the ways back.

Who wrote a version can't approve it, whatever their role. One person alone may
only make the site more cautious: withdraw, or raise the caution of a label
(design, "Two people"; requirements A3, A4, D2). Each verb is one transaction
with an audit entry.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import Truncator

from explainer.evidence import wording
from explainer.evidence.knowledge import Knowledge
from explainer.evidence.levels import Bearing, Level, caution
from explainer.evidence.problems import Problem
from explainer.library import audit, desk, publishing, words
from explainer.library.inspection import inspect
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    Edition,
    ReferenceVersion,
    State,
)
from explainer.library.models.versions import Version, VersionQuerySet
from explainer.library.nouns import knowledge
from explainer.library.publishing import CannotPublish
from explainer.library.rights import NotAllowed, Right, demand

LONGEST_REST = timedelta(days=5 * 365)
"""Most time between two reviews; a date further off is a slip of the keyboard."""


class Incomplete(Exception):
    """Something that must be told is missing; `field` names it, the message says the cure."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


NAME_LENGTH = 200
REASON_LENGTH = 500
"""Characters that readers are shown of a name or a qualification, and of a reason."""


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
            _refuse_long(field, told, NAME_LENGTH)
            if unfit := wording.plain_words(told):
                raise Incomplete(field, unfit[0].message)


@transaction.atomic
def submit(*, version: Version, base: int, by: User, at: datetime, comment: str = "") -> None:
    """Hand a draft over for review; its words can't be changed until it comes back.

    Raises `CannotPublish` with everything that is wrong with it (a missing note is
    wrong too), `NotAllowed`, `desk.Stale`.
    """
    demand(by, Right.WRITE)
    # Held before it is looked at: what is checked is what is submitted.
    desk.move(version, base, state=State.DRAFT, to=State.DRAFT)
    _refuse_errors([version], coming())
    columns = {"submitted_at": at, "submitted_by": by}
    desk.move(version, base, state=State.DRAFT, to=State.IN_REVIEW, **columns)
    audit.record(by=by, action="submit", subject=version.subject, at=at, comment=comment)


@transaction.atomic
def take_back(*, version: Version, base: int, by: User, at: datetime) -> None:
    """Make a version in review a draft again, as its author; an approval is void."""
    demand(by, Right.WRITE)
    desk.move(version, base, state=State.IN_REVIEW, to=State.DRAFT, **_UNDONE)
    audit.record(by=by, action="take back", subject=version.subject, at=at)


@transaction.atomic
def send_back(*, version: Version, base: int, by: User, at: datetime, comment: str) -> None:
    """Make a version in review a draft again, as its reviewer; says what is to be mended."""
    demand(by, Right.REVIEW)
    if not comment.strip():
        raise Incomplete("comment", "Say what is to be mended.")
    desk.move(version, base, state=State.IN_REVIEW, to=State.DRAFT, **_UNDONE)
    audit.record(by=by, action="send back", subject=version.subject, at=at, comment=comment)


@transaction.atomic
def approve(
    *, version: Version, base: int, by: User, at: datetime, reviewer: Reviewer, comment: str = ""
) -> None:
    """Approve the words of a version in review as somebody who wrote none of them.

    Raises `NotAllowed` for its writers, `CannotPublish` while it has errors,
    `desk.Stale` also if somebody has approved it already.
    """
    demand(by, Right.REVIEW)
    desk.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW)
    if is_approved(version):
        raise desk.Stale(version)
    if by.pk in desk.writers(version):
        raise NotAllowed("You wrote some of this yourself. Somebody else has to approve it.")
    if not at.date() < reviewer.due <= at.date() + LONGEST_REST:
        raise Incomplete("review_due", "Choose a day from tomorrow to five years from now.")
    _refuse_errors([version], coming())
    columns = {
        "approved_at": at,
        "approved_by": by,
        "reviewed_by": reviewer.name.strip(),
        "reviewer_qualification": reviewer.qualification.strip(),
        "reviewed_at": at.date(),
        "review_due": reviewer.due,
    }
    desk.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW, **columns)
    after = {"version": version.number, "reviewed_by": reviewer.name, "due": str(reviewer.due)}
    audit.record(
        by=by, action="approve", subject=version.subject, at=at, after=after, comment=comment
    )


@transaction.atomic
def schedule(*, version: Version, base: int, by: User, at: datetime, when: datetime | None) -> None:
    """Let an approved version become public at a time; None takes that back."""
    demand(by, Right.PUBLISH)
    desk.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW)
    _refuse_unapproved(version)
    if when is not None and when <= at:
        raise Incomplete("publish_at", "That time has passed. Publish it now, or choose a later.")
    columns = {"publish_at": when, "scheduled_by": by if when else None}
    desk.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW, **columns)
    after = {"publish_at": when.isoformat() if when else None}
    audit.record(by=by, action="schedule", subject=version.subject, at=at, after=after)


@transaction.atomic
def release(*, versions: Sequence[Version], bases: Sequence[int], by: User, at: datetime) -> None:
    """Publish approved versions together, in one step.

    Everything is checked once more, against what is public now. Raises
    `NotAllowed` for what nobody else approved, `CannotPublish`, `desk.Stale`.
    """
    demand(by, Right.PUBLISH)
    take_turn()
    for version, base in zip(versions, bases, strict=True):
        desk.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW)
        _refuse_unapproved(version)
    _refuse_errors(versions, [v for v in versions if isinstance(v, ClaimVersion)])
    _make_public(versions, by, at)


def _make_public(versions: Sequence[Version], by: User, at: datetime) -> None:
    # By subject: a claim's and an article's version may have the same number as rows.
    before = {version.subject: _public_facts(version) for version in versions}
    reason = " ".join(dict.fromkeys(version.note.strip() for version in versions))
    reason = Truncator(reason).chars(REASON_LENGTH)
    rows = [version for version in versions if isinstance(version, ReferenceVersion)]
    texts = [v for v in versions if isinstance(v, ClaimVersion | ArticleVersion)]
    if rows:
        publishing.publish_rows(versions=rows, by=by, reason=reason, at=at)
    if texts:
        publishing.publish(versions=texts, by=by, reason=reason, at=at)
    for version in versions:
        audit.record(
            by=by,
            action="publish",
            subject=version.subject,
            at=at,
            before=before[version.subject],
            after=_facts(version),
            comment=version.note,
        )


@transaction.atomic
def raise_caution(
    *, claim: Claim, level: Level, reason: str, because: str, by: User, at: datetime
) -> ClaimVersion:
    """Make a public claim's label more cautious at once, as one person alone.

    `reason` is the code an unsupported claim carries, `because` the words readers
    see. Nothing else about the claim changes, so its wording may lag behind its
    label until two people mend it. Raises `Incomplete` for a level that is not more
    cautious, `CannotPublish`, `desk.AlreadyOpen` while somebody has a draft open.
    """
    demand(by, Right.PUBLISH)
    _refuse_long("because", because, REASON_LENGTH)
    take_turn()
    level = Level(level)
    held = claim.versions.published().first()
    if held is None:
        raise NotAllowed(f"'{claim.key}' is not public, so its label cannot be changed.")
    bearing = Bearing(held.bearing)
    if caution(level, bearing) <= caution(Level(held.level), bearing):
        raise Incomplete("level", f"'{level}' is not more cautious than '{held.level}'.")
    if opened := claim.versions.open().first():
        raise desk.AlreadyOpen(opened)
    given = {**words.public_words_of(held), "level": str(level), "level_reason": because}
    given |= {"reason": reason if level is Level.UNSUPPORTED else "", "note": because}
    version = ClaimVersion(claim=claim, alone=True)
    for name in _REVIEW:
        setattr(version, name, getattr(held, name))
    desk.begin(version, given, by, at, "raise caution")
    _refuse_errors([version], [version], fields=_OF_CAUTION)
    _make_public([version], by, at)
    return version


@transaction.atomic
def withdraw(*, what: Claim | Article, by: User, reason: str, at: datetime) -> None:
    """Take a claim or an article from the public, for a reason that readers see.

    One person alone may. Raises `NotAllowed`, `Incomplete` for a missing or
    praising reason, or if nothing is public. A time that was set for its next version
    is taken back.
    """
    demand(by, Right.PUBLISH)
    _refuse_long("reason", reason, REASON_LENGTH)
    take_turn()
    held = what.versions.published().first()
    try:
        publishing.withdraw(what=what, by=by, reason=reason, at=at)
    except ValueError as refused:
        raise Incomplete("reason", str(refused)) from None
    assert held is not None  # noqa: S101 - `publishing.withdraw` raised otherwise
    audit.record(
        by=by,
        action="withdraw",
        subject=held.subject,
        at=at,
        before=_facts(held),
        comment=reason,
    )
    # What was scheduled before would bring it back without anybody looking again.
    if what.versions.open().filter(publish_at__isnull=False).update(**_UNSCHEDULED):
        after = {"publish_at": None}
        audit.record(by=by, action="schedule", subject=held.subject, at=at, after=after)


def take_turn() -> None:
    """Wait until nobody else changes what is public, to the end of the transaction.

    Every verb here that does takes its turn first, so what it checked still holds when
    it acts, and no two of them wait for each other.
    """
    Edition.objects.select_for_update().get(pk=Edition.ONLY)


def problems_of(
    versions: Sequence[Version], also: Iterable[ClaimVersion]
) -> list[tuple[str, Problem]]:
    """Say what is wrong with versions, if the claims in `also` were public too."""
    known = knowledge(also)
    return [(version.subject, problem) for version in versions for problem in _all(version, known)]


def coming() -> VersionQuerySet:
    """Give the first versions of claims that are not public yet.

    A text that shows one can be reviewed before it, and published with it.
    """
    public = ClaimVersion.objects.published().values("claim")
    coming = ClaimVersion.objects.open().exclude(claim__in=public).select_related("claim")
    return coming.prefetch_related("positions__source")


def is_approved(version: Version) -> bool:
    """True if somebody approved the words of a version as they stand."""
    return version.state == State.IN_REVIEW and version.approved_at is not None


_OF_CAUTION = ("level", "level_reason", "reason", "note")
"""The fields that raising the caution of a label sets."""

_REVIEW: dict[str, str | None] = {
    "reviewed_by": "",
    "reviewer_qualification": "",
    "reviewed_at": None,
    "review_due": None,
}
_UNSCHEDULED: dict[str, str | None] = {"publish_at": None, "scheduled_by": None}
_UNDONE: dict[str, str | None] = {
    **_REVIEW,
    **_UNSCHEDULED,
    "approved_at": None,
    "approved_by": None,
}


def _all(version: Version, known: Knowledge) -> tuple[Problem, ...]:
    unfit = wording.plain_words(version.note)
    return (*inspect(version, known), *(replace(problem, field="note") for problem in unfit))


def _refuse_errors(
    versions: Sequence[Version], also: Iterable[ClaimVersion], fields: Collection[str] = ()
) -> None:
    """Raise `CannotPublish` for errors, if fields are named for those in them alone."""
    errors = [found for found in problems_of(versions, also) if found[1].is_error]
    errors = [found for found in errors if not fields or found[1].field in fields]
    if errors:
        raise CannotPublish(errors)


def _refuse_long(field: str, told: str, length: int) -> None:
    """Refuse words that readers would see cut off."""
    if (size := len(told.strip())) > length:
        raise Incomplete(field, f"This has {size} characters; {length} fit. Shorten it.")


def _refuse_unapproved(version: Version) -> None:
    if not is_approved(version):
        raise NotAllowed("Nobody has approved these words yet. A second person has to.")


def _public_facts(version: Version) -> dict[str, object] | None:
    held = version.siblings.published().first()
    return _facts(held) if held else None


def _facts(version: Version) -> dict[str, object]:
    return {"version": version.number, **words.public_words_of(version)}

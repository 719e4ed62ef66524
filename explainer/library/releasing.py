"""From an approved version to the public, and what one person alone may do to it.

Publishing needs an approval by somebody who wrote none of it. One person alone may
only make the site more cautious: withdraw, or raise the caution of a label
(design, "Two people"; requirements A3, A4, D2). Each verb is one transaction with
an audit entry; the change itself is made by `publishing`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.text import Truncator

from explainer.evidence.levels import Bearing, Level, caution
from explainer.library import audit, drafts, publishing, words
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    Edition,
    ReferenceVersion,
    State,
)
from explainer.library.models.versions import Version
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.library.readiness import (
    REASON_LENGTH,
    Incomplete,
    is_approved,
    refuse_errors,
    refuse_long,
)

_OF_CAUTION = ("level", "level_reason", "reason", "note")
"""The fields that raising the caution of a label sets."""

_REVIEW = ("reviewed_by", "reviewer_qualification", "reviewed_at", "review_due")
"""What is known of the review of the words that stay as they are."""

_UNSCHEDULED: dict[str, str | None] = {"publish_at": None, "scheduled_by": None}


@transaction.atomic
def schedule(*, version: Version, base: int, by: User, at: datetime, when: datetime | None) -> None:
    """Let an approved version become public at a time; None takes that back."""
    demand(by, Right.PUBLISH)
    drafts.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW)
    _refuse_unapproved(version)
    if when is not None and when <= at:
        raise Incomplete("publish_at", "That time has passed. Publish it now, or choose a later.")
    columns = {"publish_at": when, "scheduled_by": by if when else None}
    drafts.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW, **columns)
    after = {"publish_at": when.isoformat() if when else None}
    audit.record(by=by, action="schedule", subject=version.subject, at=at, after=after)


@transaction.atomic
def release(*, versions: Sequence[Version], bases: Sequence[int], by: User, at: datetime) -> None:
    """Publish approved versions together, in one step.

    Everything is checked once more, against what is public now. Raises
    `NotAllowed` for what nobody else approved, `CannotPublish`, `drafts.Stale`.
    """
    demand(by, Right.PUBLISH)
    take_turn()
    for version, base in zip(versions, bases, strict=True):
        drafts.move(version, base, state=State.IN_REVIEW, to=State.IN_REVIEW)
        _refuse_unapproved(version)
    refuse_errors(versions, [v for v in versions if isinstance(v, ClaimVersion)])
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
    *, claim: Claim, base: int, level: Level, reason: str, because: str, by: User, at: datetime
) -> ClaimVersion:
    """Make a public claim's label more cautious at once, as one person alone.

    `base` is the number of the public version that the person looked at, `reason` the
    code an unsupported claim carries, `because` the words readers see. Nothing else about
    the claim changes, so its wording may lag behind its label until two people mend it.
    Raises `drafts.Stale` if another version is public by now, `Incomplete` for a level that
    is not more cautious, `CannotPublish`, `drafts.AlreadyOpen` while somebody has a draft open.
    """
    demand(by, Right.PUBLISH)
    refuse_long("because", because, REASON_LENGTH)
    take_turn()
    level = Level(level)
    held = claim.versions.published().first()
    if held is None:
        raise NotAllowed(f"'{claim.key}' is not public, so its label cannot be changed.")
    _refuse_unseen(held, base)
    bearing = Bearing(held.bearing)
    if caution(level, bearing) <= caution(Level(held.level), bearing):
        raise Incomplete("level", f"'{level}' is not more cautious than '{held.level}'.")
    if opened := claim.versions.open().first():
        raise drafts.AlreadyOpen(opened)
    given = {**words.public_words_of(held), "level": str(level), "level_reason": because}
    given |= {"reason": reason if level is Level.UNSUPPORTED else "", "note": because}
    version = ClaimVersion(claim=claim, alone=True)
    for name in _REVIEW:
        setattr(version, name, getattr(held, name))
    try:
        with transaction.atomic():
            drafts.begin(version, given, by, at, "raise caution")
    except IntegrityError:
        # Somebody began a draft in the same moment; the database let theirs be the first.
        if opened := claim.versions.open().first():
            raise drafts.AlreadyOpen(opened) from None
        raise drafts.Stale(held) from None
    refuse_errors([version], [version], fields=_OF_CAUTION)
    _make_public([version], by, at)
    return version


@transaction.atomic
def withdraw(*, what: Claim | Article, base: int, by: User, reason: str, at: datetime) -> None:
    """Take a claim or an article from the public, for a reason that readers see.

    One person alone may. `base` is the number of the public version that they looked at.
    Raises `NotAllowed`, `Incomplete` for a missing or praising reason, or if nothing is
    public, `drafts.Stale` if another version is public by now. A time that was set for its
    next version is taken back.
    """
    demand(by, Right.PUBLISH)
    refuse_long("reason", reason, REASON_LENGTH)
    take_turn()
    held = what.versions.published().first()
    if held is not None:
        _refuse_unseen(held, base)
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


def _refuse_unseen(held: Version, base: int) -> None:
    """Raise `drafts.Stale` unless what is public is what was looked at (requirement D2).

    Asked after `take_turn`: what is public stays so until the verb is done. Other changes
    of the site do not matter: they must not hold up who makes it more cautious.
    """
    if held.number != base:
        raise drafts.Stale(held)


def _refuse_unapproved(version: Version) -> None:
    if not is_approved(version):
        raise NotAllowed("Nobody has approved these words yet. A second person has to.")


def _public_facts(version: Version) -> dict[str, object] | None:
    held = version.siblings.published().first()
    return _facts(held) if held else None


def _facts(version: Version) -> dict[str, object]:
    return {"version": version.number, **words.public_words_of(version)}

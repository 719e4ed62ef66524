"""What time asks for: reviews due, pages to read again, scheduled publishing, who waits for what.

Tells and, for scheduled versions, releases; the rules of a release are those of
`releasing`. Nothing here reads the clock: every function is given the day or moment
(requirement V20).
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from explainer.library import audit, drafts, readiness, releasing
from explainer.library.models import (
    Appearance,
    ArticleVersion,
    AuditEntry,
    ClaimVersion,
    ReferenceVersion,
    State,
)
from explainer.library.models.versions import FIXED, OPEN, Version
from explainer.library.permissions import NotAllowed, Right, may
from explainer.library.publishing import CannotPublish

SOON = 30
"""Days before a review is due in which it counts as soon due."""

LATE = timedelta(minutes=10)
"""How long after its time a scheduled version may still be on its way."""

NOBODY = "scheduled publishing"
"""Who the audit log names for what happens at a set time."""

FAILED = "schedule failed"
SENT_BACK = "send back"
_STEPS = ("start", "restore", "submit", "take back", SENT_BACK, "discard")
_ORDER: tuple[type[Version], ...] = (ReferenceVersion, ClaimVersion, ArticleVersion)
"""What others refer to comes first: an article may need a claim, a claim its source."""

_IDENTITY = {ClaimVersion: ("claim",), ArticleVersion: ("article",), ReferenceVersion: ()}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A scheduled version that could not be published, and why."""

    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A public article, and the claims it shows whose label is another than when it was published.

    `claims` are the versions that readers see now; one may be withdrawn.
    """

    article: ArticleVersion
    claims: tuple[ClaimVersion, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one member of staff; a list is empty for who has no right to act on it."""

    to_review: tuple[Version, ...]
    to_publish: tuple[Version, ...]
    sent_back: tuple[Version, ...]
    overdue: tuple[Version, ...]
    due_soon: tuple[Version, ...]
    problems: tuple[Failure, ...]

    def __len__(self) -> int:
        """Count everything that waits."""
        return sum(len(getattr(self, name)) for name in self.__slots__)


def is_overdue(version: Version, today: date) -> bool:
    """True if a version's next review was due before today; the day itself is in time."""
    return version.review_due is not None and version.review_due < today


def overdue(today: date) -> list[Version]:
    """Give the public versions whose review is overdue, the longest overdue first."""
    return _by_date(_versions(state=State.PUBLISHED, review_due__lt=today))


def due_soon(today: date, days: int = SOON) -> list[Version]:
    """Give the public versions whose review is due within some days from today."""
    span = (today, today + timedelta(days=days))
    return _by_date(_versions(state=State.PUBLISHED, review_due__range=span))


def relabelled() -> list[Relabelled]:
    """Give the public articles to look at again because a label in them changed since.

    The label itself is new on the page already; whether the text around it still fits is for
    a person to read (requirement D11). Who reviewed and published an article saw the labels
    of that moment; a label that is as it was then needs no second look. Three queries.
    """
    changed = ClaimVersion.objects.filter(ended_at__isnull=False).values("claim")
    held: dict[int, list[ClaimVersion]] = defaultdict(list)
    versions = ClaimVersion.objects.filter(state__in=FIXED, claim__in=changed)
    for version in versions.select_related("claim").order_by("claim__key", "number"):
        held[version.claim_id].append(version)
    shown: dict[int, set[int]] = defaultdict(set)
    for article, claim in Appearance.objects.filter(claim__in=changed).values_list(
        "article", "claim"
    ):
        shown[article].add(claim)
    articles = ArticleVersion.objects.published().filter(article__in=list(shown))
    return [
        Relabelled(article, claims)
        for article in articles.select_related("article").order_by("article__key")
        if (claims := tuple(_changed(held, shown[article.article_id], article)))
    ]


def _changed(
    held: dict[int, list[ClaimVersion]], shown: set[int], article: ArticleVersion
) -> Iterable[ClaimVersion]:
    for claim, versions in held.items():
        if claim in shown and _told_at(versions, article.published_at) != _told_at(versions, None):
            yield versions[-1]


def _told_at(versions: Sequence[ClaimVersion], at: datetime | None) -> tuple[str, str, bool]:
    """Say what readers were told of a claim at a moment, None for now: label, and if withdrawn."""
    then = [v for v in versions if at is None or (v.published_at and v.published_at <= at)]
    last = then[-1] if then else versions[0]
    ended = last.state == State.WITHDRAWN and (at is None or (last.ended_at or at) <= at)
    return last.level, last.bearing, ended


def scheduled_due(now: datetime) -> list[Version]:
    """Give the versions whose time to be published has come, what others need first."""
    return _versions(state__in=OPEN, publish_at__lte=now)


def release_due(*, at: datetime) -> tuple[list[str], list[Failure]]:
    """Publish every version whose time has come; give what was published and what was not.

    Each is a transaction of its own, in the name of who scheduled it, and only if it
    is still scheduled then: any number of processes may do this at once. A failure is
    audited once, and tried again whenever this is called.
    """
    done: list[str] = []
    failed: list[Failure] = []
    for version in scheduled_due(at):
        try:
            done += [version.subject] if _release(version, at) else []
        except (NotAllowed, CannotPublish, drafts.Stale) as refused:
            failed.append(_failure(version, str(refused), at))
        except Exception as error:  # one that fails, however, must not hold up the others
            log.exception("A scheduled version could not be published")
            message = f"It failed with {type(error).__name__}. The log says more."
            failed.append(_failure(version, message, at))
    return done, failed


@transaction.atomic
def _release(version: Version, at: datetime) -> bool:
    releasing.take_turn()
    held = version.siblings.filter(pk=version.pk, state__in=OPEN, publish_at__lte=at).first()
    if held is None:
        return False
    if held.scheduled_by is None:
        raise NotAllowed("It does not say who scheduled it. Schedule it again.")
    releasing.release(versions=[held], bases=[held.save_count], by=held.scheduled_by, at=at)
    return True


@transaction.atomic
def _failure(version: Version, message: str, at: datetime) -> Failure:
    """Record a failure, unless it is the newest thing that is known of its subject."""
    subject = version.subject
    last = AuditEntry.objects.filter(subject=subject).order_by("-number").first()
    if last is None or (last.action, last.comment) != (FAILED, message):
        audit.record(
            by=None, by_name=NOBODY, action=FAILED, subject=subject, at=at, comment=message
        )
    return Failure(subject, message)


def waiting_for(user: User, *, now: datetime) -> Waiting:
    """Say what waits for somebody, by the rights they hold, in a fixed number of queries."""
    write, review, publish = (may(user, r) for r in (Right.WRITE, Right.REVIEW, Right.PUBLISH))
    submitted = _versions(state=State.IN_REVIEW) if review or publish else []
    own = _written_by(user, submitted) if review else set()
    open_for_review = [v for v in submitted if not readiness.is_approved(v)]
    ready = [v for v in submitted if readiness.is_approved(v) and v.publish_at is None]
    today = now.date()
    return Waiting(
        to_review=tuple(v for v in open_for_review if review and v.subject not in own),
        to_publish=tuple(ready if publish else ()),
        sent_back=tuple(_sent_back(user) if write else ()),
        overdue=tuple(overdue(today)),
        due_soon=tuple(due_soon(today)),
        problems=tuple(problems(now)) if write or publish else (),
    )


def problems(now: datetime) -> list[Failure]:
    """Say what went wrong in public or on its way there, and waits for somebody to mend it."""
    late = _versions(state__in=OPEN, publish_at__lte=now - LATE)
    alone = _versions(state=State.PUBLISHED, alone=True)
    return [
        *(Failure(v.subject, "Its time to be published has passed, but it was not.") for v in late),
        *(
            Failure(v.subject, "One person raised its caution. Its words wait to be mended by two.")
            for v in alone
        ),
    ]


def _sent_back(user: User) -> list[Version]:
    drafts = _versions(state=State.DRAFT)
    own = _written_by(user, drafts)
    mine = {version.subject: version for version in drafts if version.subject in own}
    steps = AuditEntry.objects.filter(subject__in=mine, action__in=_STEPS).order_by("number")
    last = dict(steps.values_list("subject", "action"))
    return [version for subject, version in mine.items() if last.get(subject) == SENT_BACK]


def _written_by(user: User, versions: Iterable[Version]) -> set[str]:
    """Give the subjects of those versions that somebody wrote some of."""
    written = drafts.writers_of(versions)
    return {subject for subject, writers in written.items() if user.pk in writers}


def _versions(**where: Any) -> list[Version]:
    """Find versions of all kinds, in the order in which they could be published."""
    return [
        version
        for model in _ORDER
        for version in model._default_manager.filter(**where)
        .select_related(*_IDENTITY[model])
        .order_by("publish_at", "submitted_at", "pk")
    ]


def _by_date(versions: list[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: (version.review_due or date.max, version.subject))

"""Public changes by two members of staff, for tests of what readers are told of them."""

from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import User

from explainer.library import reviewer, workflow
from explainer.library.models import Revision
from tests.library import people, shelf

AT = datetime(2026, 5, 3, 9, tzinfo=UTC)
DUE = date(2027, 5, 3)
REVIEWER = reviewer.Reviewer("Dr B. Example", "Dermatologist", DUE, read_unlabelled=True)


def two() -> tuple[User, User]:
    """Give two accounts, each with a name that no reader may ever see."""
    return people.staff("marker-ana", *people.ALL), people.staff("marker-ben", *people.ALL)


def drafted(subject: str, actor: User, now: datetime = AT, **words: object) -> Revision:
    """Start a revision and save words in it."""
    return people.drafted(shelf.document(subject), actor, now, **words)


def approved(revision: Revision, staff: tuple[User, User], now: datetime = AT) -> Revision:
    """Bring a draft as far as it goes without being public."""
    author, other = staff
    expected = revision.lock_version
    workflow.submit(revision=revision, expected=expected, actor=author, now=now)
    workflow.approve(revision=revision, expected=expected, actor=other, now=now, reviewer=REVIEWER)
    return revision


def published(*revisions: Revision, staff: tuple[User, User], now: datetime = AT) -> None:
    """Bring drafts all the way to the public, in one step."""
    for revision in revisions:
        approved(revision, staff, now)
    expected = [revision.lock_version for revision in revisions]
    workflow.publish(revisions=revisions, expected=expected, actor=staff[1], now=now)


def changed(*subjects: str, **words: object) -> tuple[User, User]:
    """Publish the same change of some documents, by two people of whom the first wrote it."""
    staff = two()
    published(*(drafted(subject, staff[0], **words) for subject in subjects), staff=staff)
    return staff


FOUND = {"under-investigation": "plans", "unsupported": "asserts", "plausible": "asserts"}


def doubted(level: str = "under-investigation") -> dict[str, object]:
    """Give the words that move the claim t/hope to another label."""
    statement = "It is not known whether the treatment helps any hair."
    return {
        "statement": statement,
        "positions": [shelf.position(level, says="Says less.", finding=FOUND[level])],
    }


def later(days: int) -> datetime:
    """Give a time some days after the first change by staff."""
    return AT + timedelta(days=days)

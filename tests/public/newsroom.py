"""Public changes by two members of staff, for tests of what readers are told of them."""

from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import User

from explainer.library import beginning, drafts, releasing, reviewing
from explainer.library.models.versions import Version
from tests.library.test_story import staff

AT = datetime(2026, 5, 3, 9, tzinfo=UTC)
DUE = date(2027, 5, 3)
REVIEWER = reviewing.Reviewer("Dr B. Example", "Dermatologist", DUE)


def two() -> tuple[User, User]:
    """Give two accounts, each with a name that no reader may ever see."""
    roles = ("author", "reviewer", "publisher")
    return staff("marker-ana", *roles), staff("marker-ben", *roles)


def drafted(identity: beginning.Identity, by: User, at: datetime = AT, **words: object) -> Version:
    """Start a version and save words in it."""
    version = beginning.start(identity=identity, by=by, at=at)
    drafts.save(version=version, base=0, given={"note": "Reads better.", **words}, by=by, at=at)
    return version


def approved(version: Version, people: tuple[User, User], at: datetime = AT) -> Version:
    """Bring a draft as far as it goes without being public."""
    author, other = people
    base = version.save_count
    reviewing.submit(version=version, base=base, by=author, at=at)
    reviewing.approve(version=version, base=base, by=other, at=at, reviewer=REVIEWER)
    return version


def released(*versions: Version, people: tuple[User, User], at: datetime = AT) -> None:
    """Bring drafts all the way to the public, in one step."""
    for version in versions:
        approved(version, people, at)
    bases = [version.save_count for version in versions]
    releasing.release(versions=versions, bases=bases, by=people[1], at=at)


def doubted(level: str = "under-investigation") -> dict[str, object]:
    """Give the words that move the claim t/hope to another label."""
    position = {"source": "clinic-a", "level": level, "product": "", "says": "Says less."}
    statement = "It is not known whether the treatment helps any hair."
    return {"statement": statement, "positions": [position]}


def later(days: int) -> datetime:
    """Give a time some days after the first change by staff."""
    return AT + timedelta(days=days)

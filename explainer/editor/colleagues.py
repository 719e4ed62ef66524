"""Who else works on a draft, as far as the database knows: who began it and who saved it last.

Of what stands unsaved in somebody's browser it knows nothing, and the page says so: nobody is
watched, and nothing is asked again while the page is open.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.timesince import timesince

from explainer.library.models import Revision
from explainer.staff.documents import person_name

RECENT = timedelta(minutes=30)
"""As long as a session lasts without a request: who saved since may be writing still."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else who began or last saved a draft, and when."""

    name: str
    did: str
    at: datetime
    ago: str
    is_recent: bool


def colleague_on(revision: Revision, user: User) -> Colleague | None:
    """Give who else wrote last in an open draft, or else who began it; None if nobody else did."""
    if revision.saved_by and revision.saved_at and revision.saved_by != user:
        return _colleague(revision.saved_by, "saved", revision.saved_at)
    if revision.author and revision.author != user:
        return _colleague(revision.author, "began", revision.created_at)
    return None


def _colleague(other: User, did: str, at: datetime) -> Colleague:
    is_recent = timezone.now() - at < RECENT
    return Colleague(person_name(other), did, at, ago(at), is_recent)


def ago(at: datetime | None) -> str:
    now = timezone.now()
    if at is None or now - at < timedelta(minutes=1):
        return "just now"
    return f"{timesince(at, now)} ago"

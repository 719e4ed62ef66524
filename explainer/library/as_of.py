"""Looking at the public site as it was at a moment.

While a moment is set, `published()` answers for that moment, so every public page shows what
it showed then. Nothing is written, and the past is made by the pages of today.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, time

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

moment: ContextVar[datetime | None] = ContextVar("as_of", default=None)
"""The moment that is looked at; None for now."""


by_staff: ContextVar[bool] = ContextVar("as_of_by_staff", default=False)
"""True while staff look at the past: they may see images that no page of today shows."""


@contextmanager
def looking_at(when: datetime, *, staff: bool = False) -> Iterator[None]:
    token, looker = moment.set(when), by_staff.set(staff)
    try:
        yield
    finally:
        by_staff.reset(looker)
        moment.reset(token)


def parse(text: str) -> datetime:
    """Read "2026-11-20" (its last moment) or "2026-11-20T12:00"; in UTC.

    It is meant where the site is, unless it says otherwise.

    Raises ValueError with the cure.
    """
    try:
        if day := parse_date(text.strip()):
            return make_aware(datetime.combine(day, time.max)).astimezone(UTC)
        found = parse_datetime(text.strip())
        if found is not None:
            return (make_aware(found) if is_naive(found) else found).astimezone(UTC)
    except (ValueError, OverflowError):
        # Looks like a date and is none, or has no time in UTC.
        pass
    message = f"'{text[:40]}' is not a date. Write it as in 2026-11-20 or 2026-11-20T12:00."
    raise ValueError(message)

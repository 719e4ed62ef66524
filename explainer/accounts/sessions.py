"""How long somebody stays logged in, and who is (requirements A10, A12 and A16)."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from explainer.accounts.responses import is_staff_address

BEGAN = "entry_began"
SEEN = "entry_seen"
WRITE_EVERY = 60
"""Seconds between two notes of activity, so that not every page writes to the database."""

FORGET = '"cookies", "storage"'


class Facts(Protocol):
    """What a session holds, as a live session or as a row of the table gives it."""

    def get(self, key: str, default: Any = None) -> Any:
        """Give one value."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser in which somebody is logged in. Holds neither its address nor its kind."""

    key: str
    began: datetime
    seen: datetime


def limited(answer: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """End a session after 30 minutes without activity, and after 12 hours in any case.

    And at once if its owner is not of the staff any more. What a page does by itself
    (X-Background: 1) is no activity. Whoever logs out takes the browser's copies along.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_staff_address(request):
            return answer(request)
        if request.user.is_authenticated:
            _keep_or_end(request)
        came_in = request.user.is_authenticated
        response = answer(request)
        if came_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = FORGET
        return response

    return middleware


def begin(request: HttpRequest) -> None:
    """Start both clocks of a session."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


def _keep_or_end(request: HttpRequest) -> None:
    session, now = request.session, time.time()
    is_staff = getattr(request.user, "is_staff", False)
    if not is_staff or _is_over(session, now):
        logout(request)
        return
    if BEGAN not in session:
        begin(request)
    is_active = request.headers.get("X-Background") != "1"
    if is_active and now - session[SEEN] >= WRITE_EVERY:
        session[SEEN] = now


def _is_over(session: Facts, now: float) -> bool:
    too_old = now - session.get(BEGAN, now) >= settings.SESSION_COOKIE_AGE
    return too_old or now - session.get(SEEN, now) >= settings.SESSION_IDLE_SECONDS


def open_sessions(of: User) -> list[OpenSession]:
    """List where somebody is logged in, the newest first."""
    now = time.time()
    found = [
        OpenSession(
            key=key,
            began=datetime.fromtimestamp(session.get(BEGAN, now), UTC),
            seen=datetime.fromtimestamp(session.get(SEEN, now), UTC),
        )
        for key, session in _sessions(of)
        if not _is_over(session, now)
    ]
    return sorted(found, key=lambda one: one.began, reverse=True)


def end_sessions(of: User, *, keep: str | None = None) -> int:
    """Log somebody out everywhere, but for the session whose key is given; count them."""
    keys = [key for key, _ in _sessions(of) if key != keep]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _sessions(of: User) -> Iterator[tuple[str, Facts]]:
    # Staff alone have sessions, so there are few; Django keeps no list of them by account.
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        session = row.get_decoded()
        if session.get(SESSION_KEY) == str(of.pk):
            yield row.session_key, session

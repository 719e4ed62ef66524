"""How long somebody stays logged in, who is, and what follows a log-in or a changed factor."""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from explainer.accounts import proof
from explainer.accounts.models import log_entry
from explainer.accounts.responses import is_staff_address
from explainer.web.middleware import Answer, wrapping

BEGAN, SEEN = "entry_began", "entry_seen"
WRITE_EVERY = 60
"""Seconds between two notes of activity, so that not every page writes to the database."""

AHEAD = 60
"""Seconds that two machines' clocks may differ."""


@wrapping
def limited(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """End a session after 30 minutes without activity, and after 12 hours in any case.

    And at once if its owner is not of the staff any more, or has a second factor that it did not
    show. What a page does by itself
    (X-Background: 1) is no activity. Whoever logs out takes the browser's copies along.
    """
    if not is_staff_address(request):
        return answer(request)
    if request.user.is_authenticated:
        _keep_or_end(request)
    was_in = request.user.is_authenticated
    response = answer(request)
    if was_in and not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cookies", "storage"'
    return response


def begin(request: HttpRequest) -> None:
    request.session[BEGAN] = request.session[SEEN] = time.time()


def _keep_or_end(request: HttpRequest) -> None:
    session, now = request.session, time.time()
    is_staff = getattr(request.user, "is_staff", False)
    if not is_staff or _is_over(session, now) or not proof.is_proved(request):
        logout(request)
    elif BEGAN not in session:
        begin(request)
    elif request.headers.get("X-Background") != "1" and now - session[SEEN] >= WRITE_EVERY:
        _note(session, now)


def _note(session: Any, now: float) -> None:
    """Note activity; a disk that takes no note is no reason to show staff nothing.

    Django would take a write that fails for a session that was deleted meanwhile.
    """
    session[SEEN] = now
    with suppress(UpdateError):
        session.save()
    session.modified = False


def _is_over(session: Any, now: float) -> bool:
    # Else what began while the clock was ahead would last until its hour comes.
    if max(session.get(BEGAN, now), session.get(SEEN, now)) > now + AHEAD:
        return True
    too_old = now - session.get(BEGAN, now) >= settings.SESSION_COOKIE_AGE
    return too_old or now - session.get(SEEN, now) >= settings.SESSION_IDLE_SECONDS


def open_sessions(user: User) -> list[list[datetime]]:
    """List when each of somebody's sessions began and was last active, the newest first."""
    now = time.time()
    found = [data for _, data in _sessions(user) if not _is_over(data, now)]
    clocks = ([data.get(BEGAN, now), data.get(SEEN, now)] for data in found)
    return [[datetime.fromtimestamp(at, UTC) for at in pair] for pair in sorted(clocks)[::-1]]


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """Log somebody out everywhere, but for the session whose key is given; count them."""
    keys = [key for key, _ in _sessions(user) if key != keep]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _sessions(user: User) -> Iterator[tuple[str, Mapping[str, Any]]]:
    # Staff alone have sessions, so there are few; Django keeps no list of them by account.
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk):
            yield row.session_key, data


@receiver(user_logged_in)
def logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    begin(request)
    if proof.showed_a_code(request, user):
        proof.bind(request, user)
    log_entry(request, "logged in", {}, {"name": user.get_username()})


@receiver(user_logged_out)
def logged_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user:
        log_entry(request, "logged out", {"name": user.get_username()}, {})


@receiver(password_changed)
def own_password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    """Django itself ends the other sessions."""
    log_entry(request, "password changed", {}, {"name": user.get_username()})


@receiver(mfa.authentication_failed)
def code_refused(request: HttpRequest, user: User, **_: Any) -> None:
    log_entry(request, "second factor refused", {}, {"name": user.get_username()})


@receiver(mfa.authenticator_added)
def factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    log_entry(request, "factor added", {}, _factor(authenticator))
    _keep_this_session(request, user)


@receiver(mfa.authenticator_removed)
def factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    log_entry(request, "factor removed", _factor(authenticator), {})
    _keep_this_session(request, user)


@receiver(mfa.authenticator_reset)
def codes_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    log_entry(request, "recovery codes renewed", {}, _factor(authenticator))
    _keep_this_session(request, user)


def _keep_this_session(request: HttpRequest, user: User) -> None:
    """Tie the session in which a factor changed to what there is now, and end all others."""
    proof.bind(request, user)
    end_sessions(user, keep=request.session.session_key)


def _factor(authenticator: Authenticator) -> dict[str, object]:
    return {"name": authenticator.user.get_username(), "factor": str(authenticator.type)}

"""What follows when somebody logs in or out or changes a factor: it is told, and sessions end.

Receivers only; each passes on to a function that decides. Importing it connects them.
"""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from explainer.accounts.log import told
from explainer.accounts.sessions import begin, end_sessions


@receiver(user_logged_in)
def logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Tell of a log-in and start its clocks."""
    begin(request)
    told(request, "logged in", {}, {"name": user.get_username()})


@receiver(user_logged_out)
def logged_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Tell of a log-out, whether asked for or by a limit."""
    if user:
        told(request, "logged out", {"name": user.get_username()}, {})


@receiver(authentication_failed)
def code_refused(request: HttpRequest, user: User, **_: Any) -> None:
    """Tell of a wrong code."""
    told(request, "second factor refused", {}, {"name": user.get_username()})


@receiver(authenticator_added)
def factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Tell of a new factor; sessions from before it end, as they never showed it."""
    told(request, "factor added", {}, _factor(user, authenticator))
    end_sessions(user, keep=request.session.session_key)


@receiver(authenticator_removed)
def factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Tell of a factor that its owner took away."""
    told(request, "factor removed", _factor(user, authenticator), {})


@receiver(authenticator_reset)
def codes_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Tell of new recovery codes."""
    told(request, "recovery codes renewed", {}, _factor(user, authenticator))


@receiver(password_changed)
def own_password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    """Tell of a changed password; Django itself ends the other sessions."""
    told(request, "password changed", {}, {"name": user.get_username()})


def _factor(user: User, authenticator: Authenticator) -> dict[str, object]:
    return {"name": user.get_username(), "factor": str(authenticator.type)}

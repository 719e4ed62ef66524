"""What follows when somebody logs in or out or changes a factor: an audit entry; sessions end."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from explainer.accounts.models import log_entry
from explainer.accounts.sessions import begin, end_sessions


@receiver(user_logged_in)
def logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    begin(request)
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
    """Sessions from before it end, as they never showed it."""
    log_entry(request, "factor added", {}, _factor(authenticator))
    end_sessions(user, keep=request.session.session_key)


@receiver(mfa.authenticator_removed)
def factor_removed(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    log_entry(request, "factor removed", _factor(authenticator), {})


@receiver(mfa.authenticator_reset)
def codes_renewed(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    log_entry(request, "recovery codes renewed", {}, _factor(authenticator))


def _factor(authenticator: Authenticator) -> dict[str, object]:
    return {"name": authenticator.user.get_username(), "factor": str(authenticator.type)}

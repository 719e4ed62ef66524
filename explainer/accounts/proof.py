"""A session belongs to the second factor that was shown in it.

Whoever copies or keeps a session from before the factor, or from before another took its place,
can do nothing with it, whichever way the factor was changed.
"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

SHOWN = "entry_factor"
"""Where a session keeps which factor it showed; nothing is there if its owner had none."""


def factor_of(user: Any) -> str | None:
    """Name the app that somebody's log-in asks for, so that another app has another name."""
    apps = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    found = apps.values_list("pk", "created_at").first()
    return f"{found[0]} {found[1].isoformat()}" if found else None


def bind(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Tie the session to the factor of somebody who has just shown a code of it."""
    request.session[SHOWN] = factor_of(user)


def showed_a_code(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """True if a code, of the app or for recovery, was part of the log-in."""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, user))


def is_proved(request: HttpRequest) -> bool:
    """True if the session showed the factor that its owner has now, or there is none to show."""
    return bool(request.session.get(SHOWN) == factor_of(request.user))

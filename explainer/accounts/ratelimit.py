"""How often somebody may guess a password: by name and address, and by name from everywhere.

The counters are in the shared cache, which all workers see and a restart keeps
(requirement A5). An address from which a name has logged in before is exempt from
the count from everywhere, so that strangers elsewhere cannot keep the owner out.
"""

from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

APP = "allauth.account"
REMEMBERED = 30 * 24 * 60 * 60
"""Seconds for which an address stays known for a name."""

TELL_ONCE_IN = 5 * 60
"""Seconds in which a lockout is told of once, or a flood of guesses would flood the log."""


def begin(request: HttpRequest, name: str) -> list[Any] | None:
    """Count one more try for a name; None if there were too many.

    Give what `forgive` needs to take the try back. Unknown names are counted like
    known ones.
    """
    address = request.META.get("REMOTE_ADDR", "")
    here = _count(request, "login_failed", _key(name, address))
    if here is None:
        return None
    if cache.get(_known(name, address)):
        return [here]
    anywhere = _count(request, "login_failed_anywhere", _key(name))
    return None if anywhere is None else [here, anywhere]


def forgive(tries: list[Any]) -> None:
    """Take back tries that turned out to be right."""
    for one in tries:
        one.rollback()


def remember(request: HttpRequest, name: str) -> None:
    """Note that a name has logged in from this address."""
    cache.set(_known(name, request.META.get("REMOTE_ADDR", "")), 1, REMEMBERED)


def unlock(name: str) -> None:
    """Let a name begin at zero again, from every address."""
    cache.set(_series(name), _number(name) + 1, REMEMBERED)


def is_first_lockout(request: HttpRequest, name: str) -> bool:
    """True once in five minutes for a name and address."""
    digest = _digest(_key(name, request.META.get("REMOTE_ADDR", "")))
    return bool(cache.add(f"entry:lockout:{digest}", 1, TELL_ONCE_IN))


def _count(request: HttpRequest, action: str, key: str) -> Any:
    return ratelimit.consume(request, app=APP, action=action, key=key)


def _key(name: str, address: str = "") -> str:
    return f"{name.casefold()}\n{address}\n{_number(name)}"


def _number(name: str) -> int:
    return int(cache.get(_series(name)) or 0)


def _series(name: str) -> str:
    return f"entry:series:{_digest(name.casefold())}"


def _known(name: str, address: str) -> str:
    return f"entry:known:{_digest(name.casefold(), address)}"


def _digest(*words: str) -> str:
    # Keyed: a copy of the table does not say who logs in from where.
    return salted_hmac("entry.throttling", "\n".join(words)).hexdigest()

"""How often somebody may try a password: by address, and by name from everywhere.

allauth counts, in the shared cache, which all workers see and a restart keeps; the rates are
in ACCOUNT_RATE_LIMITS. The counters of allauth's own log-in carry the Host header, which a
stranger chooses, and cannot be found again by name alone: so the actions counted here are ours.
"""

from allauth.core import ratelimit
from django.http import HttpRequest

from explainer.accounts.log import log_entry

TRIES = ("password_by_address", "password_by_name")


def may_try(request: HttpRequest, name: str) -> bool:
    """Count one more try, for unknown names too; a lock-out is logged once while it lasts."""
    key = _key(name)
    if all(ratelimit.consume(request, action=action, key=key) for action in TRIES):
        return True
    if ratelimit.consume(request, action="lockout_logged", key=key):
        log_entry(request, "locked out", {}, {"name": name})
    return False


def forget(name: str) -> None:
    """Let a name begin at zero again; the limit of an address stays, as it protects all names."""
    for action in ("password_by_name", "lockout_logged"):
        ratelimit.clear(HttpRequest(), action=action, key=_key(name))


def _key(name: str) -> str:
    return name.lower()  # as allauth finds accounts: however the name is spelled

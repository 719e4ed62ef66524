"""What is worth telling of who gets in: one function that every such moment passes through.

Hands over to the audit log. Passwords and codes never come here.
"""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from explainer.library import audit

Facts = Mapping[str, object]
"""What is told, by name: names of accounts, roles, flags."""


def told(request: HttpRequest | None, what: str, before: Facts, after: Facts) -> None:
    """Record a log-in, a failure, a lockout or a change of rights (requirements A15 and A17).

    `request` is None for a command. A name that a stranger typed is kept to one
    line, so that it cannot pass for an entry of its own.
    """
    known = getattr(request, "user", None)
    name = str((after or before).get("name", ""))
    audit.record(
        by=known if isinstance(known, User) else None,
        by_name=name if request else "a command",
        action=what,
        subject=f"accounts/{name}" if name else "",
        at=timezone.now(),
        before=_one_line(before) or None,
        after=_one_line(after) or None,
    )


def _one_line(facts: Facts) -> dict[str, object]:
    return {
        name: " ".join(value.split()) if isinstance(value, str) else value
        for name, value in facts.items()
    }

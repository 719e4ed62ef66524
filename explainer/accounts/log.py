"""Entries of the audit log about who gets in. Passwords and codes never come here."""

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from explainer.library import audit
from explainer.library.audit import Facts


def log_entry(request: HttpRequest | None, action: str, before: Facts, after: Facts) -> None:
    """Record a log-in, a failure, a lock-out or a change of rights; no request for a command.

    A name that a stranger typed is brought to one line, or it could pass for another entry.
    """
    user = getattr(request, "user", None)
    name = str((after or before).get("name", ""))
    audit.record(
        user if isinstance(user, User) else None,
        action,
        timezone.now(),
        actor_name=name if request else "a command",
        subject=f"accounts/{name}" if name else "",
        before=_one_line(before) or None,
        after=_one_line(after) or None,
    )


def _one_line(facts: Facts) -> dict[str, object]:
    return {
        name: " ".join(value.split()) if isinstance(value, str) else value
        for name, value in facts.items()
    }

"""The steps of the work as staff read them: what somebody did to a document."""

from typing import Any, Final

from explainer.library.models import AuditEntry
from explainer.staff.documents import person_name

STEPS: Final = {
    "start": "began a new version",
    "restore": "began a new version from an old one",
    "submit": "handed it over for review",
    "take back": "took it back",
    "send back": "sent it back",
    "approve": "approved it",
    "schedule": "set or changed its time",
    "schedule failed": "could not publish it",
    "publish": "published it",
    "raise caution": "made its label more cautious",
    "withdraw": "withdrew it",
    "discard": "threw the draft away",
}
"""By the action that the audit log names, in words that follow a name; saves are too many."""


def newest_steps(subject: str, limit: int, **where: Any) -> list[tuple[str, str, AuditEntry]]:
    """Give the newest steps with a document, newest first: (who, did what, entry)."""
    entries = AuditEntry.objects.filter(subject=subject, **where).exclude(action="save")
    return [
        (actor_name(entry), STEPS.get(entry.action, entry.action), entry)
        for entry in entries.select_related("actor")[:limit]
    ]


def actor_name(entry: AuditEntry) -> str:
    """Give what staff call whoever took a step; what nobody did was done by the site."""
    return (person_name(entry.actor) if entry.actor else entry.actor_name) or "the site itself"

"""What staff work on, as its address names it (claims/KEY, articles/KEY), and the steps taken."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import Http404
from django.urls import register_converter
from django.urls.converters import StringConverter
from django.utils.formats import date_format
from django.utils.timezone import localtime

from explainer.kinds import BY_PATH
from explainer.library.models import AuditEntry, Document, Revision

CUT = 110
"""Characters of a statement or title that a list shows."""

_SLUG = "[a-z0-9-]+"
SUBJECT = f"(?:{'|'.join(BY_PATH)})/{_SLUG}(?:/{_SLUG})?"


class SubjectConverter(StringConverter):
    """Reads a subject from an address."""

    regex = SUBJECT


register_converter(SubjectConverter, "subject")


def get_document(subject: str) -> Document:
    """Find what an address names, with its newest and its public revision; else Http404."""
    rows = Document.objects.select_related(
        "live", "newest__saved_by", "newest__author", "treatment__live", "treatment__newest"
    )
    document = rows.by_subject(subject)
    if document is None:
        raise Http404(f"There is no '{subject}' here. Look it up in the lists.")
    for revision in filter(None, (document.newest, document.live)):
        revision.document = document
    return document


def person_name(user: User | None) -> str:
    """Give what staff call somebody: the full name, or the name of the account."""
    return (user.get_full_name() or user.get_username()) if user else "the content files"


def day(at: Any) -> str:
    return date_format(_here(at), "j M Y")


def minute(at: Any) -> str:
    """Give a moment by the clock where the site is."""
    return date_format(_here(at), "j M Y, H:i")


def _here(at: Any) -> Any:
    return localtime(at) if isinstance(at, datetime) else at


def label_of(revision: Revision) -> str:
    """Give the label that positions led to; nothing for what has none, or none yet."""
    label = revision.label
    return label.word if label else ""


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
    "look again": "read it again and found that it still fits",
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


def source_title(source: Document) -> str:
    """Give its title, and that readers do not know it yet, if so."""
    return source.title if source.live_id else f"{source.title} (new: goes public with this)"

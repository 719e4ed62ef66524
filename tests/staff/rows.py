"""People, documents and posted forms for tests of the staff's forms."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from explainer.evidence.levels import Level
from explainer.library import drafts, emergency
from explainer.library.models import Document, Revision
from tests.library import people, shelf
from tests.library.people import public_claim, staff

__all__ = [
    "ARTICLE", "CLAIM", "LOCK", "NEWS", "ROW", "as_posted", "at", "doubted", "draft",
    "image_file", "of_every_kind", "position", "posted", "public_claim", "reviewed", "staff",
]  # fmt: skip

CLAIM = "claims/t/hope"
ARTICLE = "articles/t/safety"
LOCK = "base"
"""What forms call the lock version that they began from."""
ROW = {
    "title": "A clinic", "authors": "", "publisher": "", "kind": "clinic", "year": None, "url": "",
    "doi": "", "sells_treatment": True, "seen": "full", "appraisal": "Ours.",
}  # fmt: skip
NEWS = {
    CLAIM: {"why": "[Because of new work.](background:)"},
    ARTICLE: {"title": "A new title"},
    "sources/clinic-a": {"title": "A new title"},
    "glossary/scalp": {"term": "Skull skin"},
    "treatments/t": {"name": "Another name"},
}
"""A document of each kind, and something to change in it."""

of_every_kind = pytest.mark.parametrize(
    "document", NEWS, indirect=True, ids=lambda subject: subject.partition("/")[0]
)
"""Runs a test with the fixture `document` once for each kind."""


def draft(document: Document, actor: User) -> Revision:
    """Start a draft, as the button does."""
    return drafts.start(document=document, actor=actor, now=shelf.NOON)


def posted(revision: Revision, **changed: object) -> dict[str, str]:
    """Give what the form of a revision posts, with fields changed or, for None, left out."""
    values: dict[str, Any] = dict(as_posted(drafts.saved_fields(revision)))
    values |= {LOCK: str(revision.lock_version), "number": str(revision.number)}
    values |= {name.replace("__", "-"): value for name, value in changed.items()}
    return {name: str(value) for name, value in values.items() if value is not None}


def as_posted(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the (name, value) pairs that a form for these fields posts."""
    for name, value in fields.items():
        if name == "positions":
            yield f"{name}-TOTAL_FORMS", str(len(value))
            yield f"{name}-INITIAL_FORMS", "0"
            for order, position in enumerate(value):
                yield from ((f"{name}-{order}-{part}", text) for part, text in position.items())
        elif isinstance(value, bool):
            yield from [(name, "on")] if value else []
        elif isinstance(value, list):
            yield name, "\n".join(i if isinstance(i, str) else ": ".join(i) for i in value)
        else:
            yield name, "" if value is None else str(value)


def position(number: int, **fields: object) -> dict[str, object]:
    """Give fields of one position as `posted` takes them."""
    return {f"positions__{number}__{name}": value for name, value in fields.items()}


def doubted(claim: Document, actor: User) -> None:
    """Make the public claim's label more cautious, as one person alone."""
    raised = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "None."}
    emergency.downgrade_label(document=claim, expected=1, actor=actor, now=people.AT, **raised)


def reviewed(slug: str, days: int) -> None:
    """Publish a claim whose next review is due in some days."""
    day = timezone.localdate() + timedelta(days=days)
    about = {"reviewed_by": "Dr", "reviewer_qualification": "MD", "review_due": day}
    about |= {"reviewed_at": day - timedelta(days=9)}
    public_claim(slug, statement=f"The treatment may help {slug}.", **about)


def at(name: str, subject: str = CLAIM) -> str:
    """Give an address of the staff area."""
    return reverse(f"staff-{name}", args=[subject])


def image_file(data: bytes, name: str = "roots.png", kind: str = "image/png"):
    return SimpleUploadedFile(name, data, kind)


def of_each_kind() -> None:
    """Publish one document of each kind: those that `NEWS` names."""
    shelf.treatment()
    public_claim()
    shelf.publish(shelf.article_draft())
    people.public_term()

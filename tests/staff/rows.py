"""People, rows and posted forms for tests of the desk's forms."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from explainer.library import beginning
from explainer.library.words import words_of
from explainer.staff.posting import as_posted
from tests.library import shelf

CLAIM = "claims/t/hope"
ARTICLE = "articles/t/safety"
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
"""A subject of each kind, and something to change in it."""

of_every_kind = pytest.mark.parametrize(
    "identity", NEWS, indirect=True, ids=lambda subject: subject.partition("/")[0]
)
"""Runs a test with the fixture `identity` once for each kind of subject."""


def staff(name: str, *roles: str) -> User:
    """Store a member of staff with roles."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def public_claim(slug: str = "hope", **words: object):
    """Publish a claim; `shelf.treatment` comes first."""
    version = shelf.claim_draft(slug, **words)
    shelf.publish(version)
    return version.claim


def draft(identity, by):
    """Start a draft, as the button does."""
    return beginning.start(identity=identity, by=by, at=shelf.NOON)


def posted(version, **changed: object) -> dict[str, str]:
    """Give what the form of a version posts, with some fields changed or, for None, left out."""
    fields = dict(as_posted(words_of(version)))
    fields |= {"base": str(version.save_count), "number": str(version.number)}
    fields |= {name.replace("__", "-"): value for name, value in changed.items()}
    return {name: str(value) for name, value in fields.items() if value is not None}


def at(name: str, subject: str = CLAIM) -> str:
    """Give an address of the desk."""
    return reverse(f"staff-{name}", args=[subject])

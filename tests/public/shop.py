"""A small invented site for tests of its pages: one treatment, its claims and articles."""

from datetime import UTC, datetime

from django.test import Client
from lxml import html

from explainer.library import publishing
from explainer.library.models import Article, Claim, ClaimVersion, Position, Source
from tests.library import shelf

LATER = datetime(2026, 3, 4, 9, tzinfo=UTC)
TAGGED = "[](claim:t/hope)"


def build() -> None:
    """Publish the treatment `t`: overview, the topic safety, the claim t/hope; and a home page."""
    shelf.treatment()
    shelf.publish(
        shelf.claim_draft(),
        shelf.article_draft("t"),
        shelf.article_draft("t/safety"),
        shelf.article_draft("home", "[Words.](background:)"),
    )


def claim(slug: str, **words: object) -> ClaimVersion:
    """Publish one more claim of the treatment."""
    version = shelf.claim_draft(slug, **words)
    shelf.publish(version)
    return version


def source(key: str, **facts: object) -> Source:
    """Store one more source."""
    given = {"title": f"Title of {key}", "kind": "trial", "seen": "full", "appraisal": "Ours."}
    row = Source(key=key, **{**given, **facts})
    publishing.revise(rows=[row], by=None, reason="A test", at=shelf.NOON)
    return row


def position(version: ClaimVersion, source: Source, **words: object) -> Position:
    """Add a position to an open version."""
    given = {"order": version.positions.count(), "says": "Says otherwise.", "level": version.level}
    return Position.objects.create(version=version, source=source, **{**given, **words})


def withdraw(what: Claim | Article, reason: str = "It was wrong.") -> None:
    """Take a claim or an article from the public."""
    publishing.withdraw(what=what, by=None, reason=reason, at=LATER)


def visible(client: Client, address: str, status: int = 200) -> str:
    """Ask for a page and give its visible text, in one line."""
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return " ".join(html.fromstring(response.content.decode()).find("body").text_content().split())

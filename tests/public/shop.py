"""A small invented site for tests of its pages: one treatment, its claims and articles."""

from datetime import UTC, datetime

from django.test import Client
from lxml import html

from explainer.kinds import TREATMENT
from explainer.library import publishing
from explainer.library.models import Revision
from tests.library import shelf

LATER = datetime(2026, 3, 4, 9, tzinfo=UTC)
TAGGED = "[](claim:t/hope)"
PLAIN = "[Words.](background:)"
VAIN = {"reason": "not-studied", "positions": [shelf.position("unsupported")]}


def build() -> None:
    """Publish the treatment `t`: overview, the topic safety, the claim t/hope; and a home page."""
    shelf.publish(shelf.source_draft())
    shelf.publish(
        treatment("t", "The treatment", TAGGED),
        shelf.claim_draft(),
        shelf.article_draft("t/safety"),
        shelf.article_draft("home", PLAIN),
    )


def treatment(key: str, name: str, body: str = PLAIN, **words: object) -> Revision:
    """Store a treatment or option with its overview."""
    words = {**shelf.TREATMENT_FIELDS, "name": name, "summary": body, "body": body, **words}
    return shelf.draft(TREATMENT, key, **words)


def claim(slug: str, **words: object) -> Revision:
    """Publish one more claim of the treatment."""
    revision = shelf.claim_draft(slug, **words)
    shelf.publish(revision)
    return revision


def source(key: str, **words: object) -> Revision:
    """Publish one more source."""
    revision = shelf.source_draft(key, **{"title": f"Title of {key}", "kind": "trial", **words})
    shelf.publish(revision)
    return revision


def withdraw(subject: str, reason: str = "It was wrong.", now: datetime = LATER) -> None:
    """Take a claim or an article from the public."""
    publishing.withdraw(document=shelf.document(subject), actor=None, reason=reason, now=now)


def visible(client: Client, address: str, status: int = 200) -> str:
    """Ask for a page and give its visible text, in one line."""
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return " ".join(html.fromstring(response.content.decode()).find("body").text_content().split())

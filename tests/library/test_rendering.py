"""Revisions become explanations, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from explainer.kinds import ARTICLE, CLAIM
from explainer.library import publishing
from explainer.library.models import Revision
from explainer.library.rendering import explain_claim, explain_page, preview_page
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def treatment():
    shelf.treatment()


def article():
    return Revision.objects.of(ARTICLE).published().select_related("document").get()


def test_an_article_is_explained_with_its_claims_and_sources():
    shelf.publish(shelf.claim_draft(), shelf.article_draft())

    explained = explain_page(article())

    assert [entry.key for entry in explained.claims] == ["t/hope"]
    assert [source.document.key for source in explained.sources] == ["clinic-a"]
    assert "label--plausible" in explained.body_html
    assert explained.claims[0].anchor == "claim-t-hope"
    assert explained.claims[0].url == "/claims/t/hope/"
    assert explained.claims[0].positions[0].decides


def test_a_withdrawn_claim_stands_struck_through():
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    claim = shelf.document("claims/t/hope")
    publishing.withdraw(document=claim, actor=None, reason="Wrong.", now=shelf.NOON)

    explained = explain_page(article())

    assert explained.claims[0].withdrawn
    assert '<s class="claim claim--withdrawn">' in explained.body_html


def test_a_draft_sees_everything_published():
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    shelf.publish(shelf.claim_draft("other"))

    explained = preview_page(shelf.article_draft(body="[](claim:t/other)"))

    assert [entry.key for entry in explained.claims] == ["t/hope", "t/other"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_follow_the_number_of_claims(count):
    drafts = [shelf.claim_draft(f"c{n}") for n in range(count)]
    body = "\n\n".join(f"[](claim:t/c{n})" for n in range(count))
    shelf.publish(shelf.claim_draft(), *drafts, shelf.article_draft(body=body))
    version = article()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        explained = explain_page(version)

    assert len(explained.claims) == count + 1
    assert len(queries) == 2


def test_a_claim_is_explained_alone():
    shelf.publish(shelf.claim_draft(why="Because **so**."))

    entry = explain_claim(Revision.objects.of(CLAIM).published().select_related("document").get())

    assert entry.why_html == "<p>Because <strong>so</strong>.</p>"
    assert entry.assessed.words == "Plausible"

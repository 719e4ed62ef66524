"""Every page takes a fixed number of queries, however many claims there are."""

import pytest
from django.test import Client

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

PAGES = {
    "/": 10,
    "/t/": 10,
    "/t/safety/": 10,
    "/compare/": 9,
    "/questions/": 9,
    "/questions/t/": 8,
    "/claims/": 12,
    "/claims/?level=plausible&source=clinic-a": 12,
    "/claims/t/hope/": 10,
    "/changes/": 8,
    "/changes.atom": 7,
    "/sources/": 4,
    "/sources/clinic-a/": 8,
    "/glossary/": 4,
    "/sitemap.xml": 9,
    "/robots.txt": 0,
    "/no-page/": 5,
}
"""Queries of each kind of page: the doors of its frame are included, and so are the two that
read the edition's number before and after it (`explainer/reading/editions.py`)."""


def fill(claims: int) -> None:
    """Publish more claims with two positions each, all shown by the article on safety."""
    shop.source("second")
    both = [shelf.position(), shelf.position(source="second")]
    drafts = [shelf.claim_draft(f"more-{number}", positions=both) for number in range(claims)]
    body = "\n\n".join(f"[](claim:{draft.document.key})" for draft in drafts)
    shelf.publish(*drafts, shelf.article_draft("t/safety", body))
    shelf.publish(shop.treatment("t", "The treatment", body), shelf.article_draft("home", body))
    rows = "".join(f"## {q}?\n\n### A\n\n{body}\n\n### B\n\n{body}\n\n" for q in ("X", "Y"))
    questions = "::: guidance\n- Who asks?\n:::"
    shelf.publish(shelf.article_draft("compare", rows), shelf.article_draft("questions", questions))


@pytest.mark.parametrize("claims", [1, 40])
@pytest.mark.parametrize(("address", "queries"), PAGES.items(), ids=PAGES)
def test_a_page_takes_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries, address: str, queries: int, claims: int
) -> None:
    shop.build()
    fill(claims)

    with django_assert_num_queries(queries):
        client.get(address)

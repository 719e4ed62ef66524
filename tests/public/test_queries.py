"""Every page takes a fixed number of queries, however many claims there are."""

import pytest

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

PAGES = {
    "/": 7,
    "/t/": 4,
    "/t/safety/": 4,
    "/compare/": 4,
    "/questions/": 4,
    "/questions/t/": 4,
    "/claims/": 4,
    "/claims/?level=plausible&source=clinic-a": 4,
    "/claims/map/": 6,
    "/claims/t/hope/": 7,
    "/claims/t/hope.md": 7,
    "/t/safety.md": 4,
    "/llms.txt": 4,
    "/claims.json": 3,
    "/claims/t/hope.json": 4,
    "/claims.schema.json": 0,
    "/changes/": 4,
    "/changes/?treatment=t": 4,
    "/changes.atom?treatment=t": 4,
    "/changes.atom": 3,
    "/sources/": 2,
    "/sources/clinic-a/": 6,
    "/glossary/": 2,
    "/sitemap.xml": 8,
    "/robots.txt": 0,
    "/no-page/": 3,
}
"""Queries of each kind of page, those for the links of its frame included."""


def fill(claims):
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
    client, django_assert_num_queries, address, queries, claims
):
    shop.build()
    fill(claims)

    with django_assert_num_queries(queries):
        client.get(address)

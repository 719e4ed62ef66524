"""Every page takes a fixed number of queries, however many claims there are."""

import pytest

from explainer.library import edition
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

PAGES = {
    "/": 6,
    "/t/": 3,
    "/t/safety/": 3,
    "/compare/": 3,
    "/questions/": 3,
    "/questions/t/": 2,
    "/claims/": 0,
    "/claims/?level=plausible&source=clinic-a": 0,
    "/claims/map/": 2,
    "/claims/t/hope/": 5,
    "/claims/t/hope.md": 5,
    "/t/safety.md": 3,
    "/llms.txt": 3,
    "/claims.json": 2,
    "/claims/t/hope.json": 3,
    "/claims.schema.json": 0,
    "/changes/": 3,
    "/changes/?treatment=t": 3,
    "/changes.atom?treatment=t": 3,
    "/changes.atom": 3,
    "/sources/": 1,
    "/sources/clinic-a/": 4,
    "/glossary/": 1,
    "/sitemap.xml": 7,
    "/robots.txt": 0,
    "/no-page/": 2,
}
"""Queries of each kind of page once this edition's links and glossary were read in the process."""


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

    with edition.of_this_moment():
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)

"""Articles: only what is published, with a status that says no more than is true."""

from datetime import date

import pytest
from lxml import html

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize("address", ["/", "/t/", "/t/safety/"])
def test_a_published_article_stands_at_its_address(client, address):
    title = "The treatment" if address == "/t/" else "A title"
    assert title in html.fromstring(client.get(address).content.decode()).findtext(".//h1")


@pytest.mark.parametrize("address", ["/home/", "/t/process/", "/nothing/", "/t/safety/more/"])
def test_an_address_without_an_article_is_not_found(client, address):
    assert "There is no page at this address" in shop.visible(client, address, 404)


def test_a_draft_is_not_found_and_nothing_leads_to_it(client):
    shelf.article_draft("t/process")

    assert client.get("/t/process/").status_code == 404
    assert b"/t/process/" not in client.get("/t/").content
    assert b"/t/process/" not in client.get("/sitemap.xml").content


def test_a_withdrawn_article_is_gone_and_says_why(client):
    shop.withdraw("articles/t/safety", "It mixed up two drugs.")

    text = shop.visible(client, "/t/safety/", 410)

    assert "“A title” was withdrawn on 4 March 2026." in text
    assert "It mixed up two drugs." in text
    assert b"/t/safety/" not in client.get("/t/").content


def test_common_questions_without_a_heading_are_still_a_page(client):
    shelf.publish(shelf.article_draft("t/faq"))

    assert "(Plausible, in theory only.)" in shop.visible(client, "/t/faq/")


def test_an_article_nobody_reviewed_says_so(client):
    text = shop.visible(client, "/t/safety/")

    assert "No clinician has reviewed this page yet. Words last changed 2 January 2026." in text
    assert b"lastReviewed" not in client.get("/t/safety/").content


def test_a_reviewed_article_names_who_when_and_until_when(client):
    review = {"reviewed_by": "A. Person", "reviewer_qualification": "dermatologist"}
    dates = {"reviewed_at": date(2026, 1, 1), "review_due": date(2027, 1, 1)}
    shelf.publish(shelf.article_draft("t/safety", **review, **dates))

    text = shop.visible(client, "/t/safety/")

    assert "Reviewed by A. Person, dermatologist, on 1 January 2026; next review" in text
    assert "next review due 1 January 2027." in text
    page = client.get("/t/safety/").content
    assert b'"lastReviewed":"2026-01-01"' in page
    assert b'"jobTitle":"dermatologist"' in page


def test_a_third_treatment_appears_by_itself(client):
    shelf.publish(shop.treatment("u", "Another thing"))

    assert b'href="/u/"' in client.get("/").content
    assert "Another thing" in shop.visible(client, "/t/safety/")


@pytest.mark.parametrize("address", ["/", "/t/", "/claims/", "/claims/t/hope/", "/sitemap.xml"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_for_reading_only(client, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_a_page_is_the_same_whoever_asks(client, admin_client):
    client.cookies["session"] = "forged"

    assert client.get("/t/").content == admin_client.get("/t/").content

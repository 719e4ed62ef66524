"""Sources, glossary, sitemap and robots: what the claims rest on, and what machines read."""

import pytest

from tests.library import shelf
from tests.public import newsroom, shop

pytestmark = pytest.mark.usefixtures("site")


def test_a_source_tells_what_it_is_how_far_it_was_read_and_what_it_says(client):
    text = shop.visible(client, "/sources/clinic-a/")

    assert "Clinic: “A clinic”" in text
    assert "How far we read it We read it in full" in text
    assert "How we judge it Ours." in text
    assert (
        "may help some hair. (Plausible, in theory only.) Says so. Says so, shows nothing" in text
    )


def test_a_source_that_sells_is_marked_wherever_it_is_listed(client):
    shop.source("seller", kind="clinic", sells_treatment=True)

    assert "Sells the treatment. We read it in full." in shop.visible(client, "/sources/")
    assert "Sells the treatment Yes" in shop.visible(client, "/sources/seller/")
    assert "It takes no position on a published claim." in shop.visible(client, "/sources/seller/")


def test_a_source_leads_to_its_document_by_identifier_or_address(client):
    shop.source("known", doi="10.1000/x", url="https://a.example/x")
    shop.source("posted", url="https://a.example/y")

    rel = b'rel="noopener noreferrer external"'
    assert b'<a href="https://doi.org/10.1000/x" ' + rel in client.get("/sources/known/").content
    assert b'<a href="https://a.example/y" ' + rel in client.get("/sources/posted/").content


def test_a_draft_shows_nowhere_among_a_sources_positions(client):
    shelf.claim_draft("draft", statement="Nobody checked this yet.")

    assert "Nobody checked" not in shop.visible(client, "/sources/clinic-a/")


def test_an_unknown_source_is_not_found(client):
    assert client.get("/sources/nobody/").status_code == 404


def test_the_glossary_gives_each_word_an_anchor(client):
    words = {"term": "Dermis", "also": ["inner skin"], "definition": "A layer."}
    shelf.publish(shelf.term_draft("derm", **words))

    assert b'id="term-derm"' in client.get("/glossary/").content
    assert "Dermis also inner skin A layer." in shop.visible(client, "/glossary/")


def lastmod(client, path):
    sitemap = client.get("/sitemap.xml").content.decode()
    entry = sitemap.partition(f"{path}</loc>")[2].partition("</url>")[0]
    return entry.removeprefix("<lastmod>").removesuffix("</lastmod>")


def test_the_sitemap_dates_a_page_by_the_newest_thing_it_shows(client):
    assert lastmod(client, "/t/safety/") == "2026-01-02"

    renewed = shelf.claim_draft(statement="The treatment could help some hair.")
    shelf.publish(renewed, now=shop.LATER)

    for path in ("/t/safety/", "/claims/t/hope/", "/claims/", ":8000/"):
        assert lastmod(client, path) == "2026-03-04", path


def test_the_sitemap_dates_a_page_by_a_withdrawal_it_shows(client):
    shop.withdraw("claims/t/hope")

    assert lastmod(client, "/t/safety/") == "2026-03-04"


def test_the_sitemap_gives_no_time_to_what_has_none(client):
    assert lastmod(client, "/sources/clinic-a/") == ""


@pytest.mark.parametrize(
    ("path", "named"), [("/admin/", "/admin/"), ("/a-quiet-door/", "")], ids=["known", "chosen"]
)
def test_robots_points_to_the_sitemap_and_tells_no_address_that_was_chosen(
    client, settings, path, named
):
    settings.STAFF_PATH = path

    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert [line.strip() for line in response.content.decode().splitlines()] == [
        "User-agent: *",
        f"Disallow: {named}".strip(),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]


def test_a_source_tells_when_our_notes_on_it_changed_and_why(client):
    words = {"correction": True, "note": "We misread a table.", "appraisal": "New."}
    newsroom.changed("sources/clinic-a", **words)

    notes = shop.visible(client, "/sources/clinic-a/").partition("When our notes on it changed")[2]

    assert notes.startswith(
        " Version 2, 3 May 2026 Correction We misread a table. Version 1, 2 January 2026 A test"
    )

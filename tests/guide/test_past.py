"""A page of the past answers readers as it was, marked; what is gone today stays gone."""

from datetime import UTC, datetime

import pytest
from lxml import html

from tests.images import pictures
from tests.library import people, shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

THEN = "2026-01-02"
CLAIM = f"/past/{THEN}/claims/t/hope/"


@pytest.fixture(autouse=True)
def site(monkeypatch):
    shop.build()
    now = datetime(2026, 3, 5, 12, tzinfo=UTC)
    monkeypatch.setattr("explainer.guide.past.timezone.now", lambda: now)


def reworded():
    shelf.publish(shelf.claim_draft(statement="It may help a little."), now=shop.LATER)


def test_a_page_shows_what_it_said_at_the_end_of_that_day_and_says_so(client):
    reworded()
    page = html.fromstring(client.get(CLAIM).content.decode())
    text = " ".join(page.find("body").text_content().split())

    assert "The treatment may help some hair. (Plausible" in text
    assert "This is what the page said at 2 January 2026, 23:59:59 UTC." in text
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href")[0].endswith("8000/claims/t/hope/")
    assert "may help a little" in shop.visible(client, "/claims/t/hope/")
    assert "may help a little" in shop.visible(client, "/past/2026-03-04/claims/t/hope/")


@pytest.mark.parametrize(
    "address", ["", "t/", "t/safety/", "claims/", "changes/", "sources/clinic-a/"]
)
def test_every_page_for_readers_has_a_past(client, address):
    assert "This is what the page said" in shop.visible(client, f"/past/{THEN}/{address}")


def test_today_has_no_end_yet_so_its_past_is_now(client):
    assert "said at 5 March 2026, 12:00:00 UTC" in shop.visible(client, "/past/2026-03-05/t/")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-02-30", "There is no such day."),
        ("20260102", "There is no such day."),
        ("2026-01-02T10", "There is no such day."),
        ("2026-03-06", "The day 6 March 2026 has not come yet"),
        ("2026-01-01", "Nothing was public here on 1 January 2026"),
    ],
)
def test_a_day_without_pages_says_why(client, day, why):
    assert why in shop.visible(client, f"/past/{day}/t/", 404)


@pytest.mark.parametrize(
    "address",
    [
        "sitemap.xml",
        "changes.atom",
        "where-do-i-stand/",
        "past/2026-01-02/t/",
        "bag/",
        "admin/",
        "t",
        "no/",
        "claims/t/none/",
    ],
)
def test_what_is_no_page_for_readers_has_no_past(client, address):
    shelf.publish(shelf.article_draft("where-do-i-stand", "## What?\n\n### This?\n\n#### That?"))

    assert client.get(f"/past/{THEN}/{address}").status_code == 404


def test_what_was_withdrawn_does_not_come_back_by_way_of_its_past(client):
    shop.withdraw("articles/t/safety")

    text = shop.visible(client, f"/past/{THEN}/t/safety/", 404)

    assert "no longer public" in text
    assert "A title" not in text


def test_what_came_later_was_not_there(client):
    shelf.publish(shelf.article_draft("t/faq"), now=shop.LATER)

    assert "no page at this address on that day" in shop.visible(
        client, f"/past/{THEN}/t/faq/", 404
    )


def test_the_past_takes_no_form_and_ends_with_the_answer(client):
    assert client.post(CLAIM).status_code == 405
    client.get(CLAIM)
    assert "This is what the page said" not in shop.visible(client, "/claims/t/hope/")


def test_readers_see_of_a_past_page_no_image_that_todays_does_not_show(settings, tmp_path, client):
    settings.VAR_DIR = tmp_path
    image = pictures.sent(people.staff("ben", "author"))
    shelf.publish(shelf.article_draft(body=f"[![Roots](figure:{image.key})](background:)"))
    shelf.publish(shelf.article_draft(), now=shop.LATER)

    page = client.get(f"/past/{THEN}/t/safety/").content.decode()

    assert "Roots" in page
    assert image.key not in page

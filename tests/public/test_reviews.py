"""Reviews: who did them, and a plain word at the top once the next one is overdue."""

from datetime import date, timedelta
from unittest import mock

import pytest
from lxml import html

from explainer.evidence.levels import Level
from explainer.library import emergency
from tests.library import shelf
from tests.public import newsroom, shop

pytestmark = pytest.mark.django_db

PAGES = {"/": "page", "/t/": "page", "/t/safety/": "page", "/claims/t/hope/": "claim"}
SUBJECTS = ("articles/home", "treatments/t", "articles/t/safety", "claims/t/hope")
BANNER = (
    "The review of this {} was due on 3 May 2027 and has not been done. Read it with more care."
)


@pytest.fixture(autouse=True)
def reviewed():
    shop.build()
    return newsroom.changed(*SUBJECTS)


def on(day):
    return mock.patch("django.utils.timezone.localdate", return_value=day)


@pytest.mark.parametrize(("address", "what"), PAGES.items())
@pytest.mark.parametrize(("days", "times"), [(-1, 0), (0, 0), (1, 1), (400, 1)])
def test_a_page_says_so_from_the_day_after_its_review_was_due(client, address, what, days, times):
    with on(newsroom.DUE + timedelta(days=days)):
        text = shop.visible(client, address)

    assert text.count(BANNER.format(what)) == times
    assert ("next review due 3 May 2027" in text) == (not times)


def test_the_banner_stands_before_the_title(client):
    with on(date(2027, 6, 1)):
        page = html.fromstring(client.get("/t/safety/").content.decode())

    (banner,) = page.xpath("//main//*[@class='notice']")
    assert banner.xpath("following::h1")
    assert "was due" not in "".join(page.xpath("//meta[@name='description']/@content"))


def test_an_overdue_page_still_states_when_it_was_reviewed(client):
    with on(date(2027, 6, 1)):
        page = client.get("/t/safety/").content

    assert b'"lastReviewed":"2026-05-03"' in page


def test_a_claim_names_its_reviewer_as_readers_shall_see_them(client):
    with on(date(2026, 6, 1)):
        text = shop.visible(client, "/claims/t/hope/")

    assert (
        "Reviewed by Dr B. Example, Dermatologist, on 3 May 2026; next review due 3 May 2027."
    ) in text
    assert "No clinician" not in text


def test_a_claim_nobody_reviewed_says_so(client):
    shop.claim("fresh")

    assert "No clinician has reviewed this claim yet." in shop.visible(client, "/claims/t/fresh/")


def test_caution_raised_after_a_review_is_not_passed_off_as_reviewed(client, reviewed):
    given = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "No study was found."}
    claim, now = shelf.document("claims/t/hope"), newsroom.later(9)
    emergency.downgrade_label(document=claim, expected=2, actor=reviewed[0], now=now, **given)

    text = shop.visible(client, "/claims/t/hope/")

    assert "After that, one person alone made the label more cautious." in text


def test_a_withdrawn_claim_has_no_review_to_be_overdue(client):
    shop.withdraw("claims/t/hope")

    with on(date(2030, 1, 1)):
        text = shop.visible(client, "/claims/t/hope/")

    assert "Reviewed by" not in text
    assert "was due" not in text

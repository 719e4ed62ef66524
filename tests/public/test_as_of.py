"""A page of the past is the page as it was, marked as past; the rest of the site moves on."""

import re
from datetime import date, timedelta

import pytest
from lxml import html

from explainer.library.as_of import looking_at
from tests.library import shelf
from tests.public import shop
from tests.public.test_middleware import COMES, GOES, PAGES, build, change

pytestmark = pytest.mark.django_db

THEN = shelf.NOON + timedelta(days=1)
KEPT = [
    page
    for page in (*PAGES, COMES, GOES)
    if not page.startswith(("/check/", "/search/")) and not page.endswith((".md", ".json", ".txt"))
]
"""What is found, and what programs read, is of today alone."""
MARKS = re.compile(
    r'<meta name="robots" content="noindex">|<aside class="as-of".*?</aside>'
    # What is of today alone: the copy for programs, the claim to quote.
    r'|<link rel="alternate" type="text/markdown"[^>]*>|<details class="quote".*?</details>',
    re.DOTALL,
)


@pytest.mark.parametrize("address", KEPT)
def test_every_page_says_what_it_said_then(client, address):
    build()
    then = client.get(address)
    change()
    today = client.get(address)

    with looking_at(THEN):
        past = client.get(address)

    assert today.content != then.content
    assert past.status_code == then.status_code
    assert _words(past) == _words(then)


def _words(response):
    return "".join(MARKS.sub("", response.content.decode()).split())


def test_a_page_of_the_past_says_so_first_and_leads_to_todays(client):
    build()

    with looking_at(THEN):
        page = html.fromstring(client.get("/claims/?topic=safety").content.decode())

    (note,) = page.xpath("//body/*[not(@class='skip')][1][name()='aside']")
    assert " ".join(note.text_content().split()).startswith(
        "This is what the page said at 3 January 2026, 12:00:00 UTC. It is not what we say today:"
    )
    assert note.xpath(".//a/@href") == ["/claims/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@type='text/markdown']") == []
    assert b"This is what the page said" not in client.get("/claims/").content


def test_a_page_that_was_withdrawn_by_then_was_gone(client):
    build()
    shop.withdraw("articles/t/safety")
    shelf.publish(shelf.article_draft("t/safety"), now=shop.LATER + timedelta(days=1))

    with looking_at(shop.LATER):
        text = shop.visible(client, "/t/safety/", 410)

    assert "This is what the page said at 4 March 2026" in text
    assert "“A title” was withdrawn on 4 March 2026." in text
    assert client.get("/t/safety/").status_code == 200


def test_before_the_first_day_there_was_nothing(client):
    build()

    with looking_at(shelf.NOON - timedelta(seconds=1)):
        answers = {address: client.get(address) for address in PAGES}

    assert {answers[a].status_code for a in ("/", "/t/", "/claims/t/hope/")} == {404}
    assert b"may help" not in b"".join(answer.content for answer in answers.values())


@pytest.mark.parametrize("address", ["/claims/t/hope/", "/t/safety/"])
def test_a_claim_that_was_withdrawn_later_still_stood_then(client, address):
    build()
    shop.withdraw("claims/t/hope")

    with looking_at(THEN):
        then = client.get(address).content

    assert b"claim--withdrawn" in client.get(address).content
    assert b"claim--withdrawn" not in then
    assert b"label--plausible" in then


def test_a_review_was_not_overdue_before_it_was_due(client):
    build()
    reviewed = {"reviewed_by": "A. Person", "reviewer_qualification": "dermatologist"}
    dates = {"reviewed_at": date(2025, 1, 1), "review_due": date(2026, 3, 1)}
    shelf.publish(shelf.article_draft("t/safety", **reviewed, **dates))

    with looking_at(THEN):
        assert "has not been done" not in shop.visible(client, "/t/safety/")
    with looking_at(shop.LATER):
        assert "has not been done" in shop.visible(client, "/t/safety/")

"""A fresh database tells the days on which words changed, wherever readers meet a date."""

import json
from datetime import UTC, date, datetime
from unittest import mock

import pytest
from lxml import html

from explainer.files.check import check
from explainer.files.sync import load
from explainer.library import as_of
from explainer.library.models import Change
from tests.files.folders import SMALL, fill
from tests.files.loads import CLAIM, LATER, NEW_HARM, public_claim, staff_publishes
from tests.library import shelf
from tests.public import shop
from tests.public.test_feed import ATOM, read
from tests.public.test_reference import lastmod

pytestmark = pytest.mark.django_db

LOADED = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
NEWEST = "2025-12-24"
OLDER = "2025-11-30"
PAGES = {
    "/red-light/": "page",
    "/red-light/safety/": "page",
    "/notes/": "page",
    "/claims/red-light/eye-harm/": "claim",
    "/sources/lamp-trial/": "page",
}


def dated(text, day):
    front, end, body = text.rpartition("---\n")
    return f"{front}changed: {day}\n{end}{body}"


@pytest.fixture(autouse=True)
def folder(tmp_path):
    days = {path: NEWEST if path == CLAIM else OLDER for path in SMALL}
    files = {path: dated(text, days[path]) for path, text in SMALL.items()}
    load(check(fill(tmp_path, files)), now=LOADED)
    return tmp_path


def times(client, address):
    tree = html.fromstring(client.get(address).content.decode())
    return tree.xpath("//main//time/@datetime")


def test_no_page_of_a_fresh_database_tells_when_it_was_filled(client):
    addresses = [*PAGES, "/changes/", "/claims/", "/changes.atom", "/sitemap.xml"]
    told = {address: client.get(address).content.decode() for address in addresses}

    assert {address for address, text in told.items() if "2026-01-02" in text} == set()
    assert {address for address, text in told.items() if "2 January 2026" in text} == set()


def test_a_page_tells_when_its_own_words_changed(client):
    text = shop.visible(client, "/red-light/safety/")

    assert "Words last changed 30 November 2025." in text
    assert "last changed on 24 December 2025" in text
    stated = client.get("/red-light/safety/").content.decode()
    assert '"dateModified":"2025-11-30"' in stated


def test_history_changes_and_feed_begin_with_the_day_of_the_words(client):
    assert times(client, "/claims/red-light/eye-harm/") == ["2026-12-24", NEWEST]
    assert times(client, "/changes/") == [NEWEST]
    updated = [entry.findtext(f"{ATOM}updated") for entry in read(client).findall(f"{ATOM}entry")]
    assert {moment[:10] for moment in updated} == {NEWEST}


def test_the_sitemap_tells_the_newest_words_that_a_page_shows(client):
    for path in ("/claims/red-light/eye-harm/", "/red-light/safety/", "/changes/", "/claims/"):
        assert lastmod(client, path)[:10] == NEWEST, path
    assert lastmod(client, "/notes/")[:10] == OLDER


def test_what_is_changed_later_is_told_by_the_moment_it_became_public(client, folder):
    load(check(fill(folder, {CLAIM: dated(NEW_HARM, "2026-01-20")})), now=LATER)

    assert times(client, "/changes/") == ["2026-02-03", NEWEST]
    assert times(client, "/claims/red-light/eye-harm/")[1:] == ["2026-01-20", NEWEST]
    assert lastmod(client, "/red-light/safety/")[:10] == "2026-01-20"
    assert "The site last changed on 3 February 2026" in shop.visible(client, "/notes/")


def test_staff_change_words_on_the_day_they_publish(client):
    staff_publishes(public_claim(), why="Staff wrote this.")

    assert times(client, "/claims/red-light/eye-harm/")[-2:] == ["2026-02-03", NEWEST]


def test_the_past_goes_by_the_moment_of_publishing_and_the_records_keep_it(client):
    assert [change.at for change in Change.objects.all()] == [LOADED]
    with as_of.looking_at(datetime(2026, 1, 1, tzinfo=UTC)):
        # The words are older than that; nobody could read them here.
        assert client.get("/red-light/safety/").status_code == 404
    with as_of.looking_at(LATER):
        assert "Words last changed 30 November 2025." in shop.visible(client, "/red-light/safety/")


@pytest.mark.parametrize(("address", "what"), PAGES.items())
def test_a_page_that_nobody_reviewed_says_so_and_when_it_will_be_looked_at(client, address, what):
    day = date(2026, 12, 24) if what == "claim" else date(2026, 11, 30)
    when = f"{day.day} {day:%B %Y}"

    with mock.patch("django.utils.timezone.localdate", return_value=day):
        text = shop.visible(client, address)
    with mock.patch("django.utils.timezone.localdate", return_value=date(2027, 1, 1)):
        later = shop.visible(client, address)

    assert f"No clinician has reviewed this {what} yet. We will check it again by {when}." in text
    assert "We will check it again" not in later
    assert f"The review of this {what} was due on {when} and has not been done." in later


def test_structured_data_states_no_review(client):
    page = html.fromstring(client.get("/red-light/safety/").content.decode())
    (graph,) = map(json.loads, page.xpath("//script[@type='application/ld+json']/text()"))

    assert "lastReviewed" not in json.dumps(graph)
    assert shelf.document("articles/red-light/safety").review_due == date(2026, 11, 30)

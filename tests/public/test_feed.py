"""The feed of changes: valid Atom, absolute, stable, and honest when one title is quoted alone."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils.html import escape

from explainer.library import publishing
from explainer.public.changelog import MOST_LISTED
from tests.library import shelf
from tests.public import newsroom, shop

pytestmark = pytest.mark.usefixtures("site")

ADDRESS = "/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client):
    return ElementTree.fromstring(client.get(ADDRESS).content)  # noqa: S314 - our own


def entries(client):
    return read(client).findall(f"{ATOM}entry")


def titles(client):
    return [entry.findtext(f"{ATOM}title", "") for entry in entries(client)]


HOPE = "claims/t/hope"


def relabel(**words):
    newsroom.changed(HOPE, **newsroom.doubted(), **words)


def test_the_feed_has_all_that_rfc_4287_requires(client, settings):
    relabel()
    shop.withdraw(HOPE, "The study was taken back.")

    feed = read(client)

    assert feed.tag == f"{ATOM}feed"
    for node in (feed, *feed.findall(f"{ATOM}entry")):
        assert [len(node.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [
            1
        ] * 3
        assert datetime.fromisoformat(node.findtext(f"{ATOM}updated", "")).tzinfo
        assert urlsplit(node.findtext(f"{ATOM}id", "")).scheme in ("http", "https", "tag")
        alternate = node.findall(f"{ATOM}link[@rel='alternate']")
        assert len(alternate) == 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == settings.SITE_NAME
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{settings.SITE_URL}{ADDRESS}"
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith(f"{settings.SITE_URL}/") for link in links)
    ids = [node.text for node in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 1 + 5 + 1 + 1


def test_a_title_quoted_alone_says_the_label_and_the_one_before(client):
    relabel()

    assert titles(client)[0] == "Under investigation (was plausible): Hope"
    summary = entries(client)[0].findtext(f"{ATOM}summary")
    assert summary.startswith("It is not known whether the treatment helps any hair. (Still under ")
    assert summary.endswith("Label changed. Reads better.")


def test_corrections_and_withdrawals_are_called_so(client):
    relabel(correction=True)
    shop.withdraw("articles/t/safety", "It mixed up two drugs.")

    assert titles(client)[0].startswith("Correction: Under investigation (was plausible): ")
    assert titles(client)[1] == "Page: A title (withdrawn)"


def test_an_entry_keeps_its_id_when_later_ones_come(client):
    before = {entry.findtext(f"{ATOM}id") for entry in entries(client)}
    relabel()

    after = {entry.findtext(f"{ATOM}id") for entry in entries(client)}

    assert before < after
    assert "tag:127.0.0.1,2026-05-03:/claims/t/hope/version-2" in after


def test_a_load_of_many_files_is_one_entry(client):
    drafts = [shelf.claim_draft(f"more-{number}") for number in range(MOST_LISTED + 1)]
    publishing.publish(revisions=drafts, actor=None, reason="Loaded.", now=newsroom.AT)

    words = "New: 13 claims. The labels of the new claims: 13 plausible."
    assert titles(client)[0] == words
    assert len(titles(client)) == 1 + 5


def test_what_staff_typed_stays_text_and_cannot_break_the_feed(client):
    relabel(note="Less <b>sure</b> & older.")

    summary = entries(client)[0].findtext(f"{ATOM}summary")

    assert summary.endswith(escape("Label changed. Less <b>sure</b> & older."))


def test_an_unchanged_feed_is_not_sent_twice(client):
    first = client.get(ADDRESS)

    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    since = client.get(ADDRESS, headers={"If-Modified-Since": first["Last-Modified"]})

    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert (again.status_code, since.status_code) == (304, 304)
    assert not first.cookies
    relabel()
    assert client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_every_page_leads_feed_readers_to_the_feed(client):
    link = '<link rel="alternate" type="application/atom+xml"'

    for address in ("/", "/t/safety/", "/claims/", "/claims/t/hope/", "/changes/"):
        assert client.get(address).content.decode().count(link) == 1, address


def test_an_entry_tells_the_label_before_and_the_one_of_today(client):
    relabel()

    newest, first = (
        next(
            e.findtext(f"{ATOM}summary")
            for e in entries(client)
            if ending in e.findtext(f"{ATOM}id")
        )
        for ending in ("hope/version-2", "hope/version-1")
    )

    assert " Before: (Plausible, in theory only.) Label changed." in newest
    assert "Today:" not in newest
    assert " Today: (Still under investigation: trials are running.) First published." in first


def test_the_feed_of_one_treatment_holds_its_changes_and_names_itself(client, settings):
    shelf.publish(shop.treatment("u", "Another", shop.PLAIN))
    relabel()
    shop.source("second")

    feed = ElementTree.fromstring(client.get(f"{ADDRESS}?treatment=t").content)  # noqa: S314 - our own
    of_t = {entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")}

    own = f"{settings.SITE_URL}{ADDRESS}?treatment=t"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == feed.findtext(f"{ATOM}id") == own
    assert feed.findtext(f"{ATOM}title").startswith("What changed: The treatment | ")
    ids = {entry.findtext(f"{ATOM}id") for entry in entries(client)}
    assert of_t < ids
    assert len(of_t) == 4
    assert not [one for one in of_t if "/sources/" in one or "treatments/u" in one]


def test_a_load_that_is_told_of_one_treatment_is_another_entry_than_that_of_all(client):
    drafts = [shelf.claim_draft(f"more-{number}") for number in range(MOST_LISTED + 1)]
    publishing.publish(revisions=drafts, actor=None, reason="Loaded.", now=newsroom.AT)

    whole = entries(client)[0].findtext(f"{ATOM}id")
    feed = ElementTree.fromstring(client.get(f"{ADDRESS}?treatment=t").content)  # noqa: S314 - our own

    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}id") == f"{whole}-t"

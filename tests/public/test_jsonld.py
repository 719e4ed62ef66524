"""What is stated to search engines: nothing breaks out of it, and it says only what is true."""

import json
from datetime import date

import pytest
from lxml import html

from explainer.library.models import Revision
from explainer.public import jsonld
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.usefixtures("site")

ADDRESS = "/t/safety/"


def publish(**words):
    revision = shelf.article_draft("t/safety", **words)
    shelf.publish(revision, now=shop.LATER)
    return revision


def stated(client):
    tree = html.fromstring(client.get(ADDRESS).content.decode())
    found = tree.xpath("//script[@type='application/ld+json']/text()")
    return [node for text in found for node in json.loads(text)["@graph"]]


def about(client):
    return next(node for node in stated(client) if node["@type"] == "MedicalWebPage")


@pytest.mark.parametrize("sign", ["</script>", "</SCRIPT >", "<!--<script>", "&", "\u2028"])
def test_no_title_breaks_out_of_its_script_element(client, sign):
    title = f"A{sign}<b id=out>B"
    publish(title=title)

    page = client.get(ADDRESS).content.decode()

    assert about(client)["name"] == title
    assert html.fromstring(page).xpath("//b[@id='out']") == []


def test_the_page_was_modified_when_its_words_were_published(client):
    revision = publish()

    assert revision.created_at.date() != shop.LATER.date()
    assert about(client)["dateModified"] == shop.LATER.date().isoformat()


@pytest.mark.parametrize(
    ("by", "at", "names"),
    [
        ("", date(2026, 1, 1), set()),
        ("A. Person", None, set()),
        ("A. Person", date(2026, 1, 1), {"lastReviewed", "reviewedBy"}),
    ],
)
def test_half_a_review_is_none(by, at, names):
    # The database refuses half a review; the statement does not rely on it.
    revision = Revision(reviewed_by=by, reviewer_qualification="doctor", reviewed_at=at)

    assert {*jsonld._review(revision)} == names

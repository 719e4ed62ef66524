"""The card of a claim: whoever copies the sentence copies its label, its address and its date."""

import re

import pytest
from lxml import html
from markdown_it import MarkdownIt

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.usefixtures("site")

AT = "/claims/t/said/"
SAID = "Clinics say *it <b>regrows</b> hair*, but nobody we found has tested it."
LABELLED = (
    "Clinics say it <b>regrows</b> hair, but nobody we found has tested it "
    "(This promise: unsupported, not tested)."
)
DAY = shelf.NOON.strftime("%-d %B %Y")


@pytest.fixture
def card(client, site):
    shop.claim("said", statement=SAID, **shop.VAIN)
    page = html.fromstring(client.get(AT).content.decode())
    return {area.get("id"): area.text for area in page.xpath("//details//textarea[@readonly]")}


def test_the_html_holds_the_label_within_the_sentence_and_nothing_to_fetch(card, settings):
    quoted = html.fromstring(card["quote-html"])

    assert quoted.tag == "blockquote"
    assert quoted.get("cite") == f"{settings.SITE_URL}{AT}"
    sentence, source = quoted.findall("p")
    assert sentence.text_content() == LABELLED
    assert [said.text for said in sentence.findall("i")] == ["it <b>regrows</b> hair"]
    assert source.find("a").get("href") == f"{settings.SITE_URL}{AT}"
    assert source.text_content() == f"{settings.SITE_NAME}, {DAY}"
    assert {node.tag for node in quoted.iter()} == {"blockquote", "p", "i", "a"}
    assert {name for node in quoted.iter() for name in node.attrib} == {"cite", "href"}


def test_text_and_markdown_say_the_same(card, settings):
    shown = html.fromstring(MarkdownIt("commonmark").render(card["quote-markdown"]))

    assert card["quote-text"].startswith(f"“{LABELLED}” ")
    assert card["quote-text"].endswith(f" {settings.SITE_URL}{AT}, {DAY}")
    assert shown.tag == "blockquote"
    assert shown.findall("p")[0].text_content() == LABELLED
    assert shown.findall("p")[1].find("a").get("href") == f"{settings.SITE_URL}{AT}"


def test_every_area_has_a_name_and_needs_no_script(client, card):
    page = html.fromstring(client.get(AT).content.decode())

    named = {label.get("for") for label in page.xpath("//details//label")}
    assert named == set(card) == {"quote-html", "quote-text", "quote-markdown"}
    assert not re.search(r"<(script|iframe|style)", "".join(card.values()))


def test_what_was_withdrawn_is_not_offered_and_copies_leave_the_card_out(client, card):
    assert "Quote this claim" not in client.get("/claims/t/said.md").content.decode()
    shop.withdraw("claims/t/said")

    assert "Quote this claim" not in client.get(AT).content.decode()

"""What stands where: the answer first, ways on at both ends, the promise before its label."""

import pytest
from lxml import html

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.usefixtures("site")


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


def test_the_box_for_a_promise_sends_it_to_the_page_that_reads_it(client):
    shown = page(client, "/")

    (form,) = shown.xpath("//main//header//form")
    assert (form.get("method"), form.get("action")) == ("post", "/check/")
    assert form.xpath(".//textarea/@name") == ["text"]
    assert form.xpath(".//label/@for") == form.xpath(".//textarea/@id")
    assert "/check/" in shown.xpath("//nav[@aria-label='Main']//a/@href")
    assert "/search/" in shown.xpath("//header[@class='site-header']//a/@href")


def test_the_name_says_its_first_word_and_shows_the_rest(client, settings):
    settings.SITE_NAME = "Heard and Seen There"
    (name,) = page(client, "/").xpath("//a[@class='site-header__name']")

    assert name.text_content().strip() == "Heard and Seen There"
    assert name.xpath(".//i/text()") == ["Heard"]


def test_an_overview_has_its_answers_on_a_ground_of_their_own(client):
    body = (
        f"## What?\n\n{shop.PLAIN}\n\n## Does it help?\n\n{shop.TAGGED}\n\n## Next?\n\n{shop.PLAIN}"
    )
    shelf.publish(shop.treatment("t", "The treatment", body))

    shown = page(client, "/t/")

    assert shown.xpath("//div[contains(@class, 'answers--given')]//h2/text()") == ["Does it help?"]
    assert shown.xpath("//div[@class='answers']//h2/text()") == ["What?", "Next?"]


def test_the_ways_on_stand_above_the_text_and_below_it(client):
    shown = page(client, "/t/safety/")
    names = shown.xpath("//nav[contains(@class, 'parts')]/@aria-label")

    assert names == ["The treatment", "The treatment: read on"]
    assert shown.xpath("//div[@class='page__body']//nav//span[@aria-current='page']/text()")


def test_the_contents_of_a_page_are_folded_without_a_script(client):
    fold = page(client, "/t/safety/").xpath("//nav[@aria-labelledby='contents']/details")[0]

    assert fold.get("open") is None
    assert fold.xpath("./summary//@id") == ["contents"]
    assert "#claims" in fold.xpath(".//a/@href")


def test_the_key_to_the_labels_is_folded_but_on_the_page_that_explains_them(client):
    shelf.publish(shelf.article_draft("method", shop.TAGGED))

    assert page(client, "/t/safety/").xpath("//details[@class='scale']/@open") == []
    assert page(client, "/method/").xpath("//details[@class='scale']/@open") == [""]


def test_a_claim_gives_the_promise_alone_before_its_label(client):
    shop.claim("grow", statement="Clinics say it *grows hair* and *lasts*.", **shop.VAIN)

    shown = page(client, "/claims/t/grow/")
    (said,) = shown.xpath("//p[@class='claim-said']")

    assert said.text_content() == "Said: grows hair; lasts"
    assert said.get("data-nosnippet") is not None
    assert said.xpath("./following-sibling::*[1]")[0].tag == "h1"
    assert "label" in said.xpath("./following-sibling::div[@class='claim-verdict']//span/@class")[0]
    assert page(client, "/claims/t/hope/").xpath("//p[@class='claim-said']") == []


def test_every_page_gives_its_address_for_paper(client):
    for address in ("/", "/t/", "/claims/t/hope/", "/glossary/"):
        (told,) = page(client, address).xpath("//p[@class='page__address']/text()")
        assert told.endswith(address)


def test_a_treatment_without_a_drawing_is_a_door_all_the_same(client):
    shown = page(client, "/")

    assert shown.xpath("//div[@class='choice__picture']//svg") == []
    assert shown.xpath("//h3[@class='choice__name']/a/@href") == ["/t/"]

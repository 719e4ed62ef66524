"""Options stand beside the treatments the site explains, and are never counted among them."""

import pytest
from lxml import html

from explainer.kinds import CLAIM
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def treatment_and_option():
    shop.build()
    shelf.publish(
        shop.treatment("wait", "Waiting", role="option"),
        shelf.article_draft("compare", shop.PLAIN),
        shelf.article_draft("t-syringe", shop.PLAIN),
        shelf.article_draft("other-syringe", shop.PLAIN),
    )


def links(client, address, xpath):
    return html.fromstring(client.get(address).content.decode()).xpath(f"{xpath}//a/@href")


def test_the_links_at_the_top_and_the_choices_are_explained_treatments(client):
    assert links(client, "/", "//nav[@aria-label='Main']") == ["/t/", "/compare/", "/check/"]
    assert links(client, "/", "//ul[@class='choice']//h3") == ["/t/"]


def test_the_home_page_shows_the_short_answer_of_each_treatment_with_its_claim(client):
    tree = html.fromstring(client.get("/").content.decode())
    (verdict,) = tree.xpath("//div[contains(@class, 'choice__verdict')]")

    assert "The treatment may help some hair. (Plausible" in " ".join(
        verdict.text_content().split()
    )
    assert verdict.xpath(".//a/@href") == ["/claims/t/hope/"]


MARKS = """::: reported clinic-a
Clinics say so on [their page](source:clinic-a).
:::

::: background
Roots of the [](term:scalp).
:::

[](<claim:t/hope>) [](claim:t/void)
"""


def test_a_short_answer_on_the_home_page_says_all_that_it_says_on_its_own(client):
    shelf.publish(shelf.term_draft(), shelf.claim_draft("void", statement="It may void."))
    shelf.publish(shop.treatment("t", "The treatment", summary=MARKS))
    shop.withdraw("claims/t/void")

    def words(address, xpath):
        (told,) = html.fromstring(client.get(address).content.decode()).xpath(xpath)
        return " ".join(told.text_content().split())

    verdict = words("/", "//div[contains(@class, 'choice__verdict')]")
    assert verdict == words("/t/", "//div[@class='short-answer']")
    assert "Withdrawn" in verdict


def test_pages_for_one_kind_of_reader_stand_on_the_home_page_and_not_in_the_footer(client):
    ways = {"menu": "person", "title": "After a birth"}
    shelf.publish(shelf.article_draft("after-a-birth", shop.PLAIN, **ways))

    assert links(client, "/", "//section[@aria-labelledby='persons']") == ["/after-a-birth/"]
    assert "/after-a-birth/" not in links(client, "/", "//footer")


def test_help_with_money_clinics_and_harm_stands_on_the_home_page_and_in_the_footer(client):
    shelf.publish(shelf.article_draft("cost", shop.PLAIN, menu="help", title="What it costs"))

    assert links(client, "/", "//section[@aria-labelledby='help']") == ["/cost/"]
    assert "/cost/" in links(client, "/", "//footer")


def test_a_heading_of_the_home_page_shares_no_id_with_its_lists(client):
    ways = {"menu": "person", "title": "After a birth"}
    shelf.publish(shelf.article_draft("after-a-birth", shop.PLAIN, **ways))
    shelf.publish(shelf.article_draft("home", f"## Persons\n\n{shop.PLAIN}"))

    ids = html.fromstring(client.get("/").content.decode()).xpath("//@id")

    assert "persons" in ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("xpath", ["//main//p[@class='options']", "//footer//p[@class='options']"])
def test_options_and_the_comparison_are_reached_from_home_and_the_footer(client, xpath):
    assert links(client, "/", xpath) == ["/wait/", "/compare/"]


def test_a_page_says_itself_if_the_footer_leads_to_it(client):
    assert "/other-syringe/" in links(client, "/t/", "//footer//ul")

    shelf.publish(shelf.article_draft("other-syringe", shop.PLAIN, menu="none"))

    assert "/other-syringe/" not in links(client, "/t/", "//footer//ul")
    assert client.get("/other-syringe/").status_code == 200


def test_the_page_of_an_option_lists_no_topics_and_no_sheet(client):
    page = client.get("/wait/").content.decode()

    assert html.fromstring(page).xpath("//h1")[0].text_content() == "Waiting"
    assert 'id="parts"' not in page
    assert "Take this with you" not in page
    assert "MedicalTherapy" not in page


def test_the_list_of_claims_filters_by_every_treatment_and_option(client):
    shelf.publish(shelf.draft(CLAIM, "wait/passes", **shelf.CLAIM_FIELDS))

    text = shop.visible(client, "/claims/?treatment=wait")

    assert "1 promise " in text
    assert "Waiting (1)" in text


def test_a_treatments_pages_lead_to_its_own_syringe_page(client):
    for address in ("/t/", "/t/safety/"):
        along = links(client, address, "//nav[@aria-labelledby='companions']")
        assert along == ["/t-syringe/"], address


def test_a_syringe_page_of_no_treatment_is_still_in_the_footer(client):
    found = links(client, "/", "//footer//ul")

    assert "/other-syringe/" in found
    assert "/t-syringe/" not in found

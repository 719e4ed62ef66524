"""The comparison page: a real table made of claims with labels; prose if it cannot be one."""

import pytest
from lxml import html

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

CELL = "[](claim:t/hope) [You can wait.](background:)"
OPTIONS = ("The treatment", "Doing nothing")
BODY = "[A start.](background:)\n\n" + "\n\n".join(
    f"## {question}\n\n### {OPTIONS[0]}\n\n{CELL}\n\n### {OPTIONS[1]}\n\n{CELL}"
    for question in ("What is it?", "Does it last?")
)


@pytest.fixture(autouse=True)
def comparison():
    shop.build()
    shelf.publish(shelf.article_draft("compare", BODY))


def table(client):
    (found,) = html.fromstring(client.get("/compare/").content.decode()).iter("table")
    return found


def test_questions_are_rows_and_options_are_columns(client):
    shown = table(client)

    assert shown.xpath("./caption/text()") == ["The same questions for each choice"]
    assert [cell.text_content() for cell in shown.xpath(".//th[@scope='col']")] == [
        "Question",
        *OPTIONS,
    ]
    ways = html.fromstring(client.get("/compare/").content.decode()).xpath(
        "//p[@class='compare__ways']//a/@href"
    )
    assert ways == ["/t/"], "the other option has no page here"
    assert shown.xpath(".//th[@scope='row']/text()") == ["What is it?", "Does it last?"]
    assert [len(row.findall("td")) for row in shown.find("tbody")] == [2, 2]
    assert shown.xpath(".//p[@class='compare__option']/text()") == [*OPTIONS, *OPTIONS]


def test_each_cell_carries_its_labels_and_they_open_to_the_list_of_claims(client):
    page = html.fromstring(client.get("/compare/").content.decode())

    hrefs = page.xpath("//td//*[contains(@class, 'label--plausible')]/a/@href")

    assert hrefs == ["#c-t-hope"] * 4
    assert len(page.xpath("//li[@id='c-t-hope']")) == 1
    assert "A start." in shop.visible(client, "/compare/").split("The same questions")[0]


def test_every_question_is_listed_to_jump_to(client):
    page = html.fromstring(client.get("/compare/").content.decode())
    asked = {f"#{it.get('id')}": it.text for it in page.xpath("//th[@scope='row']")}

    links = page.xpath("//nav[@aria-labelledby='contents']//a")

    assert {link.get("href"): link.text for link in links} == asked
    assert len(asked) == 2


def test_a_withdrawn_claim_is_struck_through_in_the_table(client):
    shop.withdraw("claims/t/hope")

    assert len(table(client).xpath(".//td//p[@class='claim claim--withdrawn']/s")) == 4


def test_a_comparison_that_cannot_be_cut_keeps_every_word_as_prose(client):
    shelf.publish(shelf.article_draft("compare", f"{BODY}\n\n### A third\n\n{CELL}"))

    page = client.get("/compare/").content.decode()

    assert "<table" not in page
    assert "A third" in page
    assert page.count('<p class="claim">') == 6


def test_a_withdrawn_comparison_is_gone_and_nothing_leads_to_it(client):
    assert b'href="/compare/"' in client.get("/").content

    shop.withdraw("articles/compare", "It was uneven.")

    assert "It was uneven." in shop.visible(client, "/compare/", 410)
    assert b'href="/compare/"' not in client.get("/").content

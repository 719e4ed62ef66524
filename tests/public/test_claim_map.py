"""The map of claims: each one mark in the cell of its topic and label, counted, never typed."""

from collections import Counter

import pytest
from lxml import html

from explainer.evidence.labels import SCALE
from explainer.evidence.levels import Topic
from explainer.kinds import CLAIM
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def treatment():
    shop.build()
    shop.source("trial")
    shop.source("dish", kind="laboratory")
    shop.claim("harm", statement="It can hurt.", bearing="warning", topic="safety")
    shop.claim("vain", statement="Sellers say so.", **shop.VAIN)


@pytest.fixture
def page(client):
    return lambda: html.fromstring(client.get("/claims/map/").content)


def cells(page, grid):
    """Give topic, label and the addresses of the marks of each cell of a grid that has any."""
    (table,) = page.xpath(f"//table[caption='{grid}']")
    labels = [head.text_content() for head in table.xpath("thead//th")][1:]
    return {
        (row.xpath("string(th)"), label): [mark.get("href") for mark in cell.iter("a")]
        for row in table.xpath("tbody/tr")
        for label, cell in zip(labels, row.xpath("td"), strict=True)
        if cell.xpath(".//a")
    }


def test_each_published_claim_is_one_mark_in_the_cell_of_its_topic_and_label(page):
    shop.claim("gone")
    shop.withdraw("claims/t/gone")
    shop.claim("visit", topic="process", kind="practice")

    assert cells(page(), "Promises") == {
        ("How it is said to work", "Plausible"): ["/claims/t/hope/"],
        ("How it is said to work", "Unsupported"): ["/claims/t/vain/"],
        ("What happens", "Plausible"): ["/claims/t/visit/"],
    }
    assert cells(page(), "Risks") == {("Safety and harms", "Plausible risk"): ["/claims/t/harm/"]}


def test_every_topic_has_a_line_and_every_label_a_column_and_a_word_in_the_legend(page):
    shelf.publish(*(shelf.claim_draft(topic.value, topic=topic.value) for topic in Topic))

    tree = page()
    heads = tree.xpath("//table[caption='Promises' or caption='Risks']/thead//th[position() > 1]")
    lines = tree.xpath("//table[caption='Promises']/tbody//th")
    legend = tree.xpath("//li[@class='scale__item']/span")

    assert [line.text for line in lines] == [topic.words for topic in Topic]
    assert [head.text for head in heads] == [label.word for label in SCALE]
    assert [word.get("class") for word in legend[1:]] == [f"label--{one.modifier}" for one in SCALE]


def test_an_option_has_its_own_map_after_what_is_explained_here_and_is_not_counted(page):
    before = backed(page())
    shelf.publish(shop.treatment("a-wait", "A wait", role="option"))
    shelf.publish(shelf.draft(CLAIM, "a-wait/pass", name="Pass", **shelf.CLAIM_FIELDS))

    first, second = page().xpath("//section[starts-with(@aria-labelledby, 'map-')]")

    assert (first.findtext("h2"), second.findtext("h2")) == ("The treatment", "A wait")
    assert second.xpath(".//ul/li/a/@href") == ["/claims/a-wait/pass/"]
    assert backed(page()) == before


def test_a_cell_says_how_many_marks_it_holds(page):
    shop.claim("hope-too")

    for cell in page().xpath("//table[caption='Promises']//td"):
        number = int(cell.xpath("string(p/span/following-sibling::text())"))
        assert number == len(cell.xpath(".//a"))


def test_a_mark_is_named_by_its_claim_with_the_label_first(page):
    named = {
        mark.get("href"): mark.get("aria-label") for mark in page().xpath("//ul//li/a[@title]")
    }

    assert named["/claims/t/vain/"] == "Unsupported: Vain"
    assert named["/claims/t/harm/"] == "Plausible risk: Harm"


def test_a_mark_has_the_shape_of_its_label(page):
    shapes = {mark.get("href"): mark.get("class") for mark in page().xpath("//ul//li/a[@title]")}

    assert shapes["/claims/t/vain/"] == "map__mark label--unsupported"
    assert shapes["/claims/t/harm/"] == "map__mark label--plausible-risk"


def backed(page):
    (table,) = page.xpath("//table[starts-with(caption, 'Promises of')]")
    return [
        [int(cell.xpath("string(p/span/following-sibling::text())")) for cell in row.xpath("td")]
        for row in table.xpath("tbody/tr")
    ]


def test_who_stands_behind_promises_is_counted_from_their_sources(page):
    assert Counter(map(tuple, backed(page()))) == {(1, 0, 0): 2, (0, 0, 0): 1}

    looked = [
        shelf.position("under-investigation", "trial", finding="mixed"),
        shelf.position("under-investigation", "dish", finding="supports"),
        shelf.position("under-investigation", finding="plans"),
    ]
    shop.claim("studied", kind="effect", positions=looked)

    assert (0, 1, 1) in map(tuple, backed(page()))


def test_a_risk_stands_behind_no_promise(page):
    before = backed(page())
    shop.claim("hurt", statement="It can hurt more.", bearing="warning", topic="safety")

    assert backed(page()) == before

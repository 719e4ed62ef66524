"""The people of a trial, one mark each, from a claim's numbers."""

import pytest
from lxml import html

from explainer.public.people import HIGH, IN_A_ROW, WIDE, boxes
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.usefixtures("site")

NUMBERS = {"source": "trial", "outcome": "people with more hair", "with": "63 of 100"}


def figure(client, **numbers):
    shop.source("trial")
    told = [[name, words] for name, words in {**NUMBERS, **numbers}.items()]
    positions = [shelf.position("under-investigation", "trial", finding="mixed")]
    shop.claim("counted", kind="effect", positions=positions, numbers=told)
    page = html.fromstring(client.get("/claims/t/counted/").content)
    return page.xpath("//figure[@class='people']")


def marks(svg, kind):
    drawn = [box for box in svg.iter("rect") if box.get("fill").endswith(f"-{kind})")]
    areas = (int(box.get("width")) * int(box.get("height")) for box in drawn)
    return sum(areas) // (WIDE * HIGH)


@pytest.mark.parametrize("start", range(0, 100, 7))
@pytest.mark.parametrize("length", [0, 1, 4, 10, 23, 37, 100])
def test_boxes_cover_each_mark_once_and_no_other(start, length):
    covered = [
        (row // HIGH) * IN_A_ROW + column // WIDE
        for left, top, width, height in boxes(start, start + length)
        for row in range(top, top + height, HIGH)
        for column in range(left, left + width, WIDE)
    ]

    assert sorted(covered) == list(range(start, start + length))
    assert len(boxes(start, start + length)) <= 3


def test_each_group_shows_one_mark_for_each_person_filled_if_the_outcome_was_seen(client):
    (drawn,) = figure(client, without="4 of 20")

    first, second = drawn.iter("svg")
    assert (marks(first, "filled"), marks(first, "hollow")) == (63, 37)
    assert (marks(second, "filled"), marks(second, "hollow")) == (4, 16)
    assert first.findtext("title") == "With it: 63 of 100"
    assert "63 filled, 37 hollow. Filled: people with more hair." in first.findtext("desc")


def test_the_drawing_says_how_sure_the_claim_is_and_repeats_its_numbers_as_a_table(client):
    (drawn,) = figure(client, without="18 of 100")

    assert drawn.xpath(".//span[contains(@class, 'label--under-investigation')]")
    rows = [[cell.text_content() for cell in row] for row in drawn.xpath(".//tbody/tr")]
    assert rows == [["With it", "63", "37", "100"], ["Without it", "18", "82", "100"]]


def test_its_identifiers_are_one_of_a_kind_and_every_pattern_is_there(client):
    (drawn,) = figure(client, without="18 of 100")

    names = drawn.xpath(".//@id")
    used = {fill[5:-1] for fill in drawn.xpath(".//rect/@fill")}
    assert len(names) == len(set(names))
    assert used <= set(names)


def test_groups_too_large_to_count_by_eye_are_told_in_words(client):
    assert figure(client, without="180 of 1000") == []
    told = "In numbers people with more hair: 63 of 100 with it, 180 of 1000 without."
    assert told in shop.visible(client, "/claims/t/counted/")

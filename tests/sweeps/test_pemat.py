"""PEMAT-P for the ten articles: two raters' worse marks, the scores right, and the facts so.

What only a reader can judge is marked "by reading" in tests/checklists/pemat.md.
"""

import re
from collections import Counter

import pytest
from lxml import html

from explainer.files.check import CheckedPage
from explainer.text.jargon import undefined
from explainer.text.readability import sentences
from tests.files.folders import real_check
from tests.sweeps import checklists
from tests.sweeps.whole_site import Site

ARTICLES = sorted(
    f"{treatment}/{topic}"
    for treatment in ("mesotherapy", "msc-therapy")
    for topic in ("candidacy", "faq", "mechanism", "process", "safety")
)
CONTENT = "content/articles/{}.md"
UNDERSTANDING = [*range(1, 13), *range(15, 20)]
ACTING = [*range(20, 27)]
MAY_NOT_APPLY = {6, 8, 9, 11, 16, 17, 18, 19, 24, 25}
"""Items of PEMAT-P that a rater may leave out where there is nothing to rate."""

PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s(?:\w+ly\s|not\s|also\s|mostly\s|once\s)?"
    # "Not known" and "not settled" are how a label sounds, and no passive.
    r"(?!known|settled)(?:\w+ed|shown|seen|given|done|found|made|put|taken|drawn|held|sold|caught)\b"
)


def article(key: str) -> CheckedPage:
    return real_check().pages[key]


def prose(site: Site, key: str) -> html.HtmlElement:
    (found,) = site.answers[f"/{key}/"].tree.xpath("//div[@class='page__body']/div[@class='prose']")
    return found


@pytest.mark.parametrize(("place", "items"), [(1, UNDERSTANDING), (2, ACTING)])
def test_the_scores_are_those_of_the_ratings(place: int, items: list[int]) -> None:
    table = checklists.tables("pemat")[place]

    assert sorted(row["Article"] for row in table) == [f"`{CONTENT.format(a)}`" for a in ARTICLES]
    for row in table:
        ratings = {item: row[str(item)] for item in items}
        counted = Counter(ratings.values())
        applicable = counted["agree"] + counted["disagree"]
        assert counted.keys() <= {"agree", "disagree", "n/a"}
        assert {item for item, rating in ratings.items() if rating == "n/a"} <= MAY_NOT_APPLY
        assert [row["Agree"], row["Applicable"]] == [str(counted["agree"]), str(applicable)]
        assert row["Score"] == str(100 * counted["agree"] // applicable)


def test_the_items_and_the_grounds_are_those_of_the_ratings() -> None:
    items, _, _, grounds = checklists.tables("pemat")

    assert [int(row["Item"]) for row in items] == UNDERSTANDING + ACTING
    assert sorted(row["Article"] for row in grounds) == [f"`{CONTENT.format(a)}`" for a in ARTICLES]


@pytest.mark.parametrize("key", ARTICLES)
def test_every_article_begins_with_a_short_answer_and_reads_easily(site: Site, key: str) -> None:
    (answer,) = site.answers[f"/{key}/"].tree.xpath("//header//div[@class='short-answer']")

    assert 10 < sum(article(key).reports["summary"].explanation.words.values()) <= 60
    assert answer.text_content().strip()
    assert article(key).body.readability.grade <= 6


@pytest.mark.parametrize("key", ARTICLES)
def test_no_article_uses_a_medical_word_that_the_glossary_lacks(key: str) -> None:
    words = real_check().context.term_words

    assert undefined((block.text for block in article(key).blocks), words) == ()


@pytest.mark.parametrize("key", ARTICLES)
def test_articles_mostly_use_the_active_voice(key: str) -> None:
    said = [sentence for block in article(key).blocks for sentence in sentences(block.text)]
    passive = [sentence for sentence in said if PASSIVE.search(sentence)]

    assert len(said) > 50
    assert len(passive) <= 0.2 * len(said), passive


@pytest.mark.parametrize("key", ARTICLES)
def test_every_section_of_an_article_is_short(site: Site, key: str) -> None:
    words = [0]
    for element in prose(site, key):
        if element.tag in ("h2", "h3"):
            words.append(0)
        else:
            words[-1] += len(element.text_content().split())

    assert len(words) > 5
    assert max(words) <= 300


@pytest.mark.parametrize("key", ARTICLES)
def test_every_article_ends_with_steps_a_sheet_and_the_comparison(site: Site, key: str) -> None:
    body = prose(site, key)
    last = body.findall("h2")[-1]
    (steps,) = last.xpath("following-sibling::*//ol")

    assert last.text_content() == "What can you do next?"
    assert 5 <= len(steps.findall("li")) <= 6
    assert f"/questions/{key.partition('/')[0]}/" in steps.xpath(".//a/@href")
    assert "/compare/" in steps.xpath(".//a/@href")
    assert 'Look at the box "How sure", which counts the labels.' in steps.text_content()


@pytest.mark.parametrize("key", ARTICLES)
def test_the_bar_of_labels_has_a_title_and_words(site: Site, key: str) -> None:
    page = site.answers[f"/{key}/"]

    assert page.one("//h2[@class='tally__title']/text()").startswith("How sure? ")
    assert "unsupported" in page.one("//main//svg[@role='img']/@aria-label")


def test_tables_stand_where_the_ratings_say_and_have_short_headings(site: Site) -> None:
    rated = {row["Article"]: row["19"] for row in checklists.tables("pemat")[1]}

    for key in ARTICLES:
        heads = [head.text_content().split() for head in prose(site, key).iter("th")]
        assert rated[f"`{CONTENT.format(key)}`"] == ("agree" if heads else "n/a"), key
        assert all(1 <= len(words) <= 8 for words in heads), heads

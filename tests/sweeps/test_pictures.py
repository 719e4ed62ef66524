"""Every picture: shown by a page, named, described, painted by the styles, with its table."""

import re

import pytest
from django.conf import settings
from lxml import html

from explainer.library.pictures import names
from tests.public.test_contrast import contrast
from tests.sweeps.whole_site import Site

FOLDER = settings.BASE_DIR / "templates" / "pictures"
INKS = (settings.BASE_DIR / "static" / "css" / "pictures.css").read_text()
LONGEST_NAME = 4
"""Words that stand at a part of a drawing: a name, never a sentence about a treatment."""

FEWEST = 6


def drawing(name: str) -> html.HtmlElement:
    return html.fromstring((FOLDER / f"{name}.svg").read_text())


def test_every_picture_there_is_is_shown_by_a_page_and_no_other(site: Site) -> None:
    titles = {name: drawing(name).findtext("title") for name in names()}
    shown = {
        title
        for page in site.pages
        for title in page.tree.xpath("//figure[@class='picture']//title/text()")
    }

    assert len(titles) >= FEWEST
    assert shown == {*titles.values()}
    assert len({*titles.values()}) == len(titles)


def test_the_words_and_the_table_of_a_picture_stand_with_it(site: Site) -> None:
    figures = [
        (page.address, figure)
        for page in site.pages
        for figure in page.tree.xpath("//figure[@class='picture']")
    ]

    assert len(figures) >= FEWEST
    for address, figure in figures:
        assert figure.xpath("string(div[@class='picture__words']/p)").strip(), address
        following = "following-sibling::*[position() <= 2]//table"
        assert figure.xpath(f".//details//table | {following}"), address


@pytest.mark.parametrize("name", sorted(names()))
def test_a_drawing_is_named_and_described_and_takes_its_colours_from_the_styles(name: str) -> None:
    svg, text = drawing(name), (FOLDER / f"{name}.svg").read_text()

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == svg.xpath("string(title/@id)")
    assert svg.get("aria-describedby") == svg.xpath("string(desc/@id)")
    assert len(svg.findtext("desc").split()) > 12
    assert not re.search(r"style|data:|#[0-9a-f]{3,8}\b|<script|<image|href=\"(?!#)", text)
    assert not svg.xpath("//@stroke | //@fill[not(starts-with(., 'url(#'))]")


@pytest.mark.parametrize("name", sorted(names()))
def test_the_ids_of_a_drawing_begin_with_its_place_on_the_page(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text()
    given = re.findall(r'\bid="([^"]+)"', text)
    used = re.findall(r'(?:url\(#|href="#)([^")]+)', text)

    assert all(one.startswith("{{ id }}-") for one in given)
    assert len(given) == len(set(given))
    assert {*used} <= {*given}


@pytest.mark.parametrize("name", sorted(names()))
def test_a_drawing_names_parts_and_makes_no_sentence(name: str) -> None:
    for words in drawing(name).xpath("//text/text()"):
        assert len(words.split()) <= LONGEST_NAME, words
        assert not re.search(r"[.?!]$", words), words


@pytest.mark.parametrize("theme", INKS.split("@media"), ids=["light", "dark"])
@pytest.mark.parametrize("back", ["sky", "dermis", "fat"])
def test_the_words_of_a_drawing_have_a_contrast_of_seven_on_what_they_stand_on(
    theme: str, back: str
) -> None:
    inks = dict(re.findall(r"--pic-([a-z-]+): (#[0-9a-f]{6})", theme))

    assert contrast(inks, "words", back) >= 7

"""The comparison in a real browser: a table on a wide screen, question by question on a narrow."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

NARROW, WIDE = {"width": 375, "height": 800}, {"width": 1280, "height": 800}


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{site}/compare/")
        yield page


def test_a_narrow_screen_shows_the_answers_of_all_choices_below_each_question(page: Page) -> None:
    rows = page.locator(".compare__row").all()

    assert len(rows) >= 9
    for row in rows:
        question = row.locator(".compare__question").bounding_box()
        cells = [cell.bounding_box() for cell in row.locator(".compare__cell").all()]
        tops = [box["y"] for box in [question, *cells] if box]
        assert len(tops) == 5, "every answer is there"
        assert tops == sorted(tops), "one after the other"
        assert all(name.is_visible() for name in row.locator(".compare__option").all())


def test_the_question_stays_in_view_while_its_answers_pass(page: Page) -> None:
    row = page.locator(".compare__row").nth(1)
    last = row.locator(".compare__cell").last.bounding_box()
    assert last is not None

    page.evaluate("top => scrollTo(0, top)", last["y"] - 200)
    expect(row.locator(".compare__cell").last).to_be_in_viewport()

    question = row.locator(".compare__question").bounding_box()
    assert question is not None
    assert question["y"] == pytest.approx(0, abs=1)


def test_a_narrow_screen_still_tells_a_table_to_whoever_hears_it(page: Page) -> None:
    assert page.get_by_role("columnheader").count() == 5
    assert page.get_by_role("rowheader").count() == page.locator(".compare__row").count()
    assert page.get_by_role("cell").count() == page.locator(".compare__cell").count()


def test_a_wide_screen_shows_one_table_with_every_cell(page: Page) -> None:
    page.set_viewport_size(WIDE)
    rows = page.locator(".compare__row")

    assert page.get_by_role("columnheader").count() == 5
    assert page.get_by_role("rowheader").count() == rows.count() >= 9
    assert not page.locator(".compare__option").first.is_visible()
    assert all(cell.is_visible() for cell in page.locator(".compare__cell").all())


def test_paper_says_when_its_words_last_changed(page: Page) -> None:
    page.emulate_media(media="print")

    assert page.locator(".page__status time").first.is_visible()
    assert all(cell.is_visible() for cell in page.locator(".compare__cell").all())


def test_on_paper_all_four_choices_fit_on_one_page(page: Page) -> None:
    for own_size in (True, False):
        printed = page.pdf(format="A4", landscape=True, prefer_css_page_size=own_size)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1

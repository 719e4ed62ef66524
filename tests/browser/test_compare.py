"""The comparison in a real browser: a table on a wide screen, one choice at a time on a narrow."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

NARROW, WIDE = {"width": 375, "height": 800}, {"width": 1280, "height": 800}


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{site}/compare/")
        yield page


def visible(page: Page) -> set[str]:
    """Give the options whose cells can be seen."""
    cells = page.locator(".compare__cell").all()
    return {
        str(cell.locator(".compare__option").text_content()) for cell in cells if cell.is_visible()
    }


def test_a_narrow_screen_shows_the_choice_that_is_checked_and_no_other(page: Page) -> None:
    names = [name.strip() for name in page.locator(".compare__pick").all_text_contents()]

    for name in names[:-1]:
        page.get_by_label(name, exact=True).check()
        assert visible(page) == {name}
    page.get_by_label(names[-1], exact=True).check()

    assert len(names) == 5
    assert visible(page) == set(names[:-1])


def test_the_choice_is_made_by_keyboard(page: Page) -> None:
    page.get_by_label("MSC therapy", exact=True).focus()
    page.keyboard.press("ArrowDown")

    assert visible(page) == {"Mesotherapy"}


def test_a_wide_screen_shows_one_table_with_every_cell(page: Page) -> None:
    page.set_viewport_size(WIDE)
    rows = page.locator(".compare__row")

    assert page.get_by_role("columnheader").count() == 5
    assert page.get_by_role("rowheader").count() == rows.count() >= 9
    assert not page.locator(".compare__choice").is_visible()
    assert all(cell.is_visible() for cell in page.locator(".compare__cell").all())


def test_paper_shows_every_cell_whatever_is_checked(page: Page) -> None:
    page.get_by_label("Doing nothing", exact=True).check()
    page.emulate_media(media="print")

    assert not page.locator(".compare__choice").is_visible()
    assert all(cell.is_visible() for cell in page.locator(".compare__cell").all())


def test_paper_says_when_its_words_last_changed(page: Page) -> None:
    page.emulate_media(media="print")

    assert page.locator(".page__status time").first.is_visible()


def test_on_paper_all_four_choices_fit_on_one_page(page: Page) -> None:
    for own_size in (True, False):
        printed = page.pdf(format="A4", landscape=True, prefer_css_page_size=own_size)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


def test_without_has_every_choice_is_shown_one_after_the_other(page: Page, site: str) -> None:
    def without_has(route):
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("selector(:has(", "selector(:no(")
        )

    page.route("**/site*.css", without_has)
    page.goto(f"{site}/compare/")

    assert not page.locator(".compare__choice").is_visible()
    assert len(visible(page)) == 4

"""A treatment's question sheet is one sheet of A4: the first five in front, all else behind."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b(?!s)")
SHEETS = ["/questions/mesotherapy/", "/questions/msc-therapy/"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def pages_of(printed: bytes) -> int:
    return len(PAGE_OBJECT.findall(printed))


@pytest.mark.parametrize("path", SHEETS)
@pytest.mark.parametrize("own_size", [True, False], ids=["its own page size", "the printer's"])
def test_a_sheet_is_printed_on_two_sides_the_first_five_in_front(
    page: Page, site: str, path: str, own_size: bool
) -> None:
    page.goto(site + path)

    assert page.locator(".sheet__item").count() > 30
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=own_size)) == 2
    page.locator(".sheet").evaluate("it => {it.replaceChildren(); it.style.breakBefore = 'auto'}")
    assert page.locator(".first__item").count() == 5
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=own_size)) == 1


@pytest.mark.parametrize("path", SHEETS)
def test_the_squares_and_the_questions_are_printed(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    page.emulate_media(media="print")

    for item in page.locator(".sheet__item").all():
        assert item.is_visible()
    assert not page.locator(".breadcrumbs").is_visible()


def test_an_article_takes_more_than_one_page(page: Page, site: str) -> None:
    page.goto(f"{site}/mesotherapy/safety/")

    assert pages_of(page.pdf(format="A4")) > 1, "the count of pages must be able to fail"

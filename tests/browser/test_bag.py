"""Take it along: nothing is stored before a reader agrees, one press empties it, one A4 it is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_sheets import pages_of

CLAIM = "/claims/mesotherapy/scalp-abscess/"
TEN = ",".join(
    f"mesotherapy/{slug}"
    for slug in (
        "scalp-abscess",
        "cancer-history",
        "weak-defences",
        "sudden-shedding",
        "late-infection",
        "severe-allergy",
        "when-change-shows",
        "dutasteride-injections",
        "early-thinning",
        "confidence",
    )
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 375, "height": 800}) as context:
        yield context.new_page()


def stored(page: Page) -> int:
    return int(page.evaluate("localStorage.length"))


def test_nothing_is_stored_before_a_reader_agrees(page: Page, site: str) -> None:
    page.goto(site + CLAIM)
    page.locator("main header .bag__button").click()

    assert stored(page) == 0
    page.get_by_text("Do not keep").click()
    assert stored(page) == 0
    assert page.locator(".bag__note").count() == 0


def test_what_is_kept_opens_as_a_sheet_and_one_press_empties_it(page: Page, site: str) -> None:
    page.goto(site + CLAIM)
    page.locator("main header .bag__button").click()
    page.get_by_text("Keep it here").click()
    page.goto(f"{site}/mesotherapy/safety/")
    page.locator("main li .bag__button").nth(3).click()

    page.get_by_text("Open your list (2)").last.click()
    expect(page.locator(".kept__item")).to_have_count(2)
    assert page.url.startswith(f"{site}/bag/?c=mesotherapy/scalp-abscess,mesotherapy/")
    page.get_by_text("Empty your list").click()
    assert stored(page) == 0


def test_storage_that_holds_something_else_or_is_shut_offers_nothing(page: Page, site: str) -> None:
    page.goto(site + CLAIM)
    page.evaluate("localStorage.setItem('kept-claims', '{broken')")
    page.reload()

    assert page.locator(".bag").count() == 0
    assert page.locator("h1").is_visible()


def test_ten_claims_with_their_code_are_printed_on_one_sheet(page: Page, site: str) -> None:
    page.goto(f"{site}/bag/?c={TEN}")

    assert page.locator(".kept__item").count() == 10
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1


def test_without_scripts_the_sheet_is_there_and_no_button_is(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/bag/?c={TEN}")

        assert page.locator(".kept__item").count() == 10
        assert page.locator("main button").count() == 0

"""The search and the check of a promise in a browser: names while one types, marks, one sheet."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_sheets import pages_of

ADVERT = (
    "Our vitamin cocktail is virtually painless and needs no downtime.\n\nScalp mesotherapy boosts "
    "blood circulation and wakes dormant follicles. You need 6 to 8 sessions. Free parking."
)


@pytest.fixture(params=[(320, "light"), (1280, "dark")], ids=["phone", "desk"])
def result(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The answer to an advert, without scripts."""
    width, scheme = request.param
    screen = {"width": width, "height": 900}
    looks = {"viewport": screen, "color_scheme": scheme, "java_script_enabled": False}
    with browser.new_context(**looks) as context:
        page = context.new_page()
        page.goto(f"{site}/check/")
        page.get_by_label("What did the clinic tell you?").fill(ADVERT)
        page.get_by_role("button", name="Check it").click()
        # A page that is still on its way can neither be printed nor measured.
        expect(page.locator("pre mark").first).to_be_visible()
        page.wait_for_load_state()
        yield page


def test_a_checked_text_works_without_scripts_and_fits_any_screen(result: Page) -> None:
    assert result.locator("pre mark").count() >= 5
    assert result.locator(".found__item [class^=label]").count() >= 5
    result.locator("pre a").first.click()
    expect(result.locator("#found-1")).to_be_in_viewport()
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert result.evaluate(width) <= 0


def test_a_checked_text_is_printed_on_the_two_sides_of_a_sheet(result: Page) -> None:
    assert 1 <= pages_of(result.pdf(format="A4", prefer_css_page_size=True)) <= 2


def test_a_checked_text_breaks_no_accessibility_rule(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/check/")
        page.get_by_label("What did the clinic tell you?").fill(ADVERT)
        page.get_by_role("button", name="Check it").click()
        expect(page.locator("pre mark").first).to_be_visible()

        found = Axe().run(page).response["violations"]

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_names_are_offered_while_one_types(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/search/")
        page.get_by_label("What are you looking for?").press_sequentially("place")

        expect(page.locator("#names option[value='placebo' i]")).to_have_count(1)

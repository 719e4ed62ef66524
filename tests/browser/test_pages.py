"""Pages in a real browser: self-contained, of use without scripts, by keyboard and on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import kinds


@pytest.fixture
def opened(browser: Browser) -> Iterator[list[Page]]:
    """Pages opened by a test, closed after it."""
    pages: list[Page] = []
    yield pages
    for page in pages:
        page.context.close()


def open_page(browser: Browser, opened: list[Page], address: str, **context: object) -> Page:
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    opened.append(page)
    page.goto(address)
    return page


def test_pages_ask_nobody_else_keep_nothing_and_break_no_policy(
    browser: Browser, opened: list[Page], site: str
) -> None:
    page = open_page(browser, opened, site)
    asked: set[str] = set()
    said: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda line: said.append(line.text))

    answers = [page.goto(site + path) for path in kinds(site).values()]

    assert len(answers) >= 22
    assert {url for url in asked if not url.startswith(f"{site}/")} == set()
    assert [line for line in said if "404" not in line] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_everything_works_without_scripts(browser: Browser, opened: list[Page], site: str) -> None:
    page = open_page(browser, opened, f"{site}/claims/", java_script_enabled=False)

    page.select_option("select[name=level]", "unsupported")
    page.click("form [type=submit], form button")

    assert "level=unsupported" in page.url
    assert page.locator(".label--unsupported").count() > 10


def test_without_scripts_a_label_opens_to_the_claim_by_keyboard(
    browser: Browser, opened: list[Page], site: str
) -> None:
    page = open_page(browser, opened, f"{site}/mesotherapy/safety/", java_script_enabled=False)
    label = page.locator("article [class^=label] a, main [class^=label] a").first

    label.focus()
    page.keyboard.press("Enter")

    target = page.url.partition("#")[2]
    assert target.startswith("c-mesotherapy-")
    assert page.locator(f"#{target}").is_visible()


def test_the_words_of_labels_are_printed(browser: Browser, opened: list[Page], site: str) -> None:
    page = open_page(browser, opened, f"{site}/mesotherapy/safety/")
    page.emulate_media(media="print")

    assert page.locator("[class^=label]").first.is_visible()
    assert not page.locator("header nav").first.is_visible()

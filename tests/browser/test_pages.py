"""Every kind of page in a real browser: accessible, self-contained, fits the screen."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

KINDS = {
    "home": "/",
    "overview": "/mesotherapy/",
    "article": "/mesotherapy/safety/",
    "faq": "/msc-therapy/faq/",
    "an option": "/doing-nothing/",
    "comparison": "/compare/",
    "questions": "/questions/",
    "a sheet of questions": "/questions/mesotherapy/",
    "register": "/claims/",
    "filtered register": "/claims/?treatment=mesotherapy&level=unsupported",
    "a filter with an unknown value": "/claims/?level=nonsense",
    "changes": "/changes/",
    "claim": "/claims/mesotherapy/scalp-abscess/",
    "sources": "/sources/",
    "source": "/sources/clinic-msc-a/",
    "glossary": "/glossary/",
    "method": "/method/",
    "privacy": "/privacy/",
    "not found": "/nothing-here/",
}
# Colours do not depend on the width; each pair is checked in tests/public/test_contrast.py.
LOOKS = [(375, "light"), (1280, "dark")]


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


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_page_breaks_an_accessibility_rule(
    browser: Browser, opened: list[Page], site: str, kind: str, width: int, scheme: str
) -> None:
    screen = {"width": width, "height": 900}
    page = open_page(browser, opened, site + KINDS[kind], viewport=screen, color_scheme=scheme)

    found = Axe().run(page).response["violations"]

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_no_page_is_wider_than_the_screen(
    browser: Browser, opened: list[Page], site: str, width: int
) -> None:
    page = open_page(browser, opened, site, viewport={"width": width, "height": 800})

    wide = []
    for kind, path in KINDS.items():
        page.goto(site + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(kind)

    assert wide == []


def test_pages_ask_nobody_else_keep_nothing_and_break_no_policy(
    browser: Browser, opened: list[Page], site: str
) -> None:
    page = open_page(browser, opened, site)
    asked: set[str] = set()
    said: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda line: said.append(line.text))

    answers = [page.goto(site + path) for path in KINDS.values()]

    assert len(answers) == len(KINDS)
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


def test_a_label_opens_to_the_claim_by_keyboard(
    browser: Browser, opened: list[Page], site: str
) -> None:
    page = open_page(browser, opened, f"{site}/mesotherapy/safety/")
    label = page.locator("article .label a, main .label a").first

    label.focus()
    page.keyboard.press("Enter")

    target = page.url.partition("#")[2]
    assert target.startswith("claim-mesotherapy-")
    assert page.locator(f"#{target}").is_visible()


def test_the_first_stop_of_the_tab_key_skips_to_the_text(
    browser: Browser, opened: list[Page], site: str
) -> None:
    page = open_page(browser, opened, f"{site}/mesotherapy/safety/")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.locator("main#main").count() == 1


def test_the_words_of_labels_are_printed(browser: Browser, opened: list[Page], site: str) -> None:
    page = open_page(browser, opened, f"{site}/mesotherapy/safety/")
    page.emulate_media(media="print")

    assert page.locator(".label").first.is_visible()
    assert not page.locator("header nav").first.is_visible()

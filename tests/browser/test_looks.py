"""Looks in a real browser: large letters, folds, marks on paper, the first screen of a phone."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import kinds

PHONE, DESK = {"width": 375, "height": 667}, {"width": 1280, "height": 900}
SHAPES = {
    path.name for path in (settings.BASE_DIR / "static" / "icons").iterdir()
} - {"favicon.svg", "favicon.ico"}  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE) as context:
        yield context.new_page()


def test_letters_twice_as_large_make_no_page_wider_than_the_screen(page: Page, site: str) -> None:
    wide = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for kind, path in kinds(site).items():
            page.goto(site + path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((width, kind))

    assert wide == []


def test_what_a_reader_came_for_stands_on_the_first_screen_of_a_phone(
    page: Page, site: str
) -> None:
    page.goto(site)

    for part in (".hero__title", ".hero__lead"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < PHONE["height"], part


def test_the_contents_of_an_article_are_folded_on_a_phone_and_open_beside_the_text(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/mesotherapy/safety/")
    link = page.locator(".page__contents a").first

    assert not link.is_visible()
    page.locator(".contents-list__fold > summary").click()
    assert link.is_visible()

    page.set_viewport_size(DESK)
    page.reload()
    assert link.is_visible()
    page.evaluate("scrollTo(0, 3000)")
    expect(page.locator(".hero__title, h1").first).not_to_be_in_viewport()
    box = link.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < DESK["height"], "it stays in view beside a long text"


def test_every_shape_of_a_label_is_there_before_a_page_is_printed(page: Page, site: str) -> None:
    page.goto(f"{site}/compare/")
    page.wait_for_load_state("networkidle")

    loaded = page.evaluate("performance.getEntriesByType('resource').map(it => it.name)")

    stems = {name.rpartition("/")[2].partition(".")[0] for name in loaded}
    assert {name.partition(".")[0] for name in SHAPES if name.endswith(".svg")} <= stems
    assert not page.locator(".scale__item").last.is_visible(), "the key is folded"


def test_a_table_of_two_columns_goes_row_by_row_on_a_phone_and_stays_a_table(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/mesotherapy/mechanism/")
    row = page.locator(".prose > .table-scroll tbody tr").first
    head, cell = row.locator("th").bounding_box(), row.locator("td").bounding_box()

    assert head is not None
    assert cell is not None
    assert cell["y"] >= head["y"] + head["height"]
    assert cell["width"] > 300
    tree = page.locator(".prose > .table-scroll table").first.aria_snapshot()
    assert "columnheader" in tree
    assert "rowheader" in tree


def test_the_promise_stands_beside_what_was_found_on_a_wide_screen_and_above_it_on_a_phone(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/claims/mesotherapy/nutrient-mix-for-pattern-hair-loss/")
    says, looked = page.locator(".pair__side").nth(0), page.locator(".pair__side").nth(1)

    def tops() -> tuple[float, float]:
        one, other = says.bounding_box(), looked.bounding_box()
        assert one is not None
        assert other is not None
        return one["y"], other["y"]

    assert tops()[0] < tops()[1]
    page.set_viewport_size(DESK)
    assert tops()[0] == tops()[1]

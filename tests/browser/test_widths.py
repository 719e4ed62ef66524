"""Every kind of page on every screen: nothing cut off, nothing hidden, all in reach.

Each kind is opened once and measured at every width; `measure.js` says what a fault is.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.kinds import kinds

MEASURE = (Path(__file__).parent / "measure.js").read_text()
# The first is a screen of 1280 x 1024 at 400 %.
SCREENS = [(320, 256), (375, 800), (768, 1000), (1280, 900), (1920, 1080)]
PHONE, DESK = SCREENS[1], SCREENS[3]
EVERY_RULE = {"resultTypes": ["violations"]}
COLOURS = {**EVERY_RULE, "runOnly": ["color-contrast", "link-in-text-block"]}

Faults = dict[str, list[str]]


def resize(page: Page, screen: tuple[int, int]) -> None:
    page.set_viewport_size({"width": screen[0], "height": screen[1]})


def faults(page: Page) -> list[str]:
    found: list[str] = page.evaluate("measure.faults()")
    return found


def broken(page: Page, options: dict[str, Any]) -> list[str]:
    rules = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in rules]


def walk(page: Page) -> list[str]:
    """Press Tab until every link had its turn, and once more to leave the page."""
    for _ in range(page.evaluate("measure.watchTheWalk()") + 1):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate("measure.walked()")
    return found


def looked_at(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Give what is wrong with an opened page, by what was tried."""
    for screen in SCREENS:
        resize(page, screen)
        yield f"at {screen[0]}", faults(page)
        if screen in (PHONE, DESK):
            yield f"targets at {screen[0]}", page.evaluate("measure.small()")
        if screen in (SCREENS[0], DESK):
            page.evaluate("measure.space()")
            yield f"spaced at {screen[0]}", faults(page)
            page.evaluate("measure.unspace()")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        for screen in (DESK, PHONE):
            resize(page, screen)
            whole = (scheme, screen) in (("dark", DESK), ("light", PHONE))
            yield f"axe {scheme} at {screen[0]}", broken(page, EVERY_RULE if whole else COLOURS)
            yield f"{scheme} at {screen[0]}", faults(page)
    page.emulate_media(forced_colors="active")
    yield "forced colours", faults(page) + page.evaluate("measure.vanished()")
    page.emulate_media(forced_colors="none")
    yield "keyboard", walk(page)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def paths(site: str) -> dict[str, str]:
    return kinds(site)


@pytest.fixture(scope="module")
def seen(page: Page, site: str, paths: dict[str, str]) -> dict[str, Faults]:
    """What is wrong, by what was tried and then by kind; each kind was opened once."""
    found: dict[str, Faults] = defaultdict(dict)
    for kind, path in paths.items():
        page.goto(site + path)
        page.evaluate(MEASURE)
        for tried, wrong in looked_at(page):
            found[tried].update({kind: wrong} if wrong else {})
    return found


def of(seen: dict[str, Faults], *tried: str) -> dict[str, Faults]:
    return {name: found for name, found in seen.items() if found and name.startswith(tried)}


def test_every_kind_of_page_was_looked_at_in_every_way(seen, paths) -> None:
    assert len(paths) >= 33
    assert len(seen) == len(SCREENS) + 2 + 2 + 4 + 4 + 2


def test_nothing_is_cut_off_or_on_each_other_at_any_width(seen) -> None:
    assert of(seen, "at", "light at", "dark at") == {}


def test_a_finger_hits_every_link_and_no_other(seen) -> None:
    # A mark of the map has 28 pixels, so that 261 can be seen at once; each stands in the list too.
    found = [
        (where, kind, target)
        for where, kinds_ in of(seen, "targets").items()
        for kind, targets in kinds_.items()
        for target in targets
        if ": a.map__mark." not in target
    ]
    assert found == []


def test_more_space_between_lines_words_and_letters_hides_nothing(seen) -> None:
    assert of(seen, "spaced") == {}


def test_no_page_breaks_an_accessibility_rule(seen) -> None:
    assert of(seen, "axe") == {}


def test_in_a_reader_s_own_colours_every_label_keeps_its_shape(seen) -> None:
    assert of(seen, "forced") == {}


def test_a_keyboard_reaches_every_link_in_order_sees_where_it_is_and_gets_out(seen) -> None:
    assert of(seen, "keyboard") == {}


def test_the_first_stop_skips_to_the_text(page, site) -> None:
    page.goto(f"{site}/mesotherapy/safety/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


FAULTS = {
    "wider than the screen": "it.style.width = '150vw'",
    "cut off": "it.style.cssText = 'white-space: nowrap; overflow: hidden; width: 4em'",
    "out of the screen": "it.style.cssText = 'position: relative; left: -2em'",
    "on each other": "it.style.marginBottom = '-1.9em'",
}


@pytest.fixture
def planted(page, site):
    """A page on which to plant a fault."""
    page.emulate_media(color_scheme="light", forced_colors="none")
    resize(page, PHONE)
    page.goto(f"{site}/mesotherapy/safety/")
    page.evaluate(MEASURE)
    return page


@pytest.mark.parametrize("said", FAULTS)
def test_a_planted_fault_is_seen(planted, said) -> None:
    planted.evaluate(f"const it = document.querySelector('h1'); {FAULTS[said]}")

    assert [said for found in faults(planted) if said in found]


def test_a_planted_small_target_is_seen(planted) -> None:
    planted.evaluate(
        "document.querySelector('.page__status').outerHTML ="
        ' \'<ul><li><a href="/a/">One</a><li><a href="/b/">Two</a></ul>\''
    )

    assert [found for found in planted.evaluate("measure.small()") if "One" in found]


def test_a_planted_shape_that_vanishes_is_seen(planted) -> None:
    planted.evaluate(
        "const sheet = new CSSStyleSheet();"
        " sheet.replaceSync('[class^=label]::before { background: none !important }');"
        " document.adoptedStyleSheets = [sheet]"
    )

    assert len(planted.evaluate("measure.vanished()")) > 5


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        ("link.style.outline = 'none'", "no focus to be seen"),
        ("link.style.cssText = 'position: fixed; left: -99vw'", "out of sight"),
        ("link.addEventListener('keydown', event => event.preventDefault())", "nothing"),
        ("document.querySelector('main a').tabIndex = 1", "is not"),
    ],
)
def test_a_planted_hole_in_the_keyboard_s_way_is_seen(planted, plant, said) -> None:
    planted.evaluate(f"const link = document.querySelector('.site-header a'); {plant}")

    assert [found for found in walk(planted) if said in found]

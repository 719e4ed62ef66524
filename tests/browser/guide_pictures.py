"""Makes the pictures of the guide from the running site: python -m tests.browser.guide_pictures.

Starts the site with a folder of its own, lets two people work on it in Chromium, and
writes `static/guide/`. What each picture is called and shows stands in
`explainer.staff.pictures`; this plays the steps that lead to it.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from explainer.staff.pictures import HEIGHT, PICTURES, WIDTH
from tests.browser.desk_people import ARTICLE, DRAFT, SOURCE, SUBMITTED, let_in, make_people
from tests.browser.served import FLAGS, ROOT, environment_in, served

SCALE = 1.25
"""How much larger than its picture a page is shown, so that text and preview stand side by side."""

COLOURS = 32
LARGEST = 80 * 1024
"""Bytes of one picture."""

SENTENCE = "\n\nNobody has marked this sentence yet.\n"


def editor(anna: Page, bo: Page) -> None:
    """Write a sentence that belongs to nothing."""
    anna.goto(f"/admin/desk/edit/{ARTICLE}/")
    text = anna.locator("[name=body]")
    text.fill(text.input_value()[:900].rpartition("\n\n")[0] + SENTENCE)
    anna.wait_for_timeout(2500)
    _to_the_top(anna, ".live")


def claim(anna: Page, bo: Page) -> None:
    """Open a draft."""
    anna.goto(f"/admin/desk/edit/{DRAFT}/")
    anna.wait_for_timeout(1000)


def review(anna: Page, bo: Page) -> None:
    """Look at what a colleague submitted."""
    bo.goto(f"/admin/desk/review/{SUBMITTED}/")


def stale(anna: Page, bo: Page) -> None:
    """Save a draft that a colleague saved first."""
    for page in (anna, bo):
        page.goto(f"/admin/desk/edit/{SOURCE}/")
    for page, words in ((anna, "The clinic has a new page."), (bo, "We read it again.")):
        page.fill("[name=note]", words)
        page.click("[name=save]")
    bo.wait_for_selector("text=Save the text as chosen above")


def withdraw(anna: Page, bo: Page) -> None:
    """Be about to withdraw a claim."""
    bo.goto("/admin/desk/withdraw/claims/mesotherapy/only-minor-effects/")


Step = Callable[[Page, Page], None]
STEPS: Mapping[str, tuple[Step, str]] = {
    "editor": (editor, "anna"),
    "claim": (claim, "anna"),
    "review": (review, "bo"),
    "stale": (stale, "bo"),
    "withdraw": (withdraw, "bo"),
}
"""What leads to each picture, and whose screen it shows."""


def _to_the_top(page: Page, place: str) -> None:
    page.locator(place).first.evaluate("element => element.scrollIntoView()")


def make() -> None:
    """Make every picture anew."""
    assert set(STEPS) == set(PICTURES)
    with tempfile.TemporaryDirectory() as folder, served(environment_in(folder)) as site:
        people = make_people(environment_in(folder))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            screens = {name: _screen(browser, site, people[name]) for name in ("anna", "bo")}
            for name, (step, whose) in STEPS.items():
                step(screens["anna"], screens["bo"])
                _keep(screens[whose].screenshot(), PICTURES[name].path)
            browser.close()


def _screen(browser: Browser, site: str, cookie: tuple[str, str]) -> Page:
    context: BrowserContext = browser.new_context(
        base_url=site,
        viewport={"width": int(WIDTH * SCALE), "height": int(HEIGHT * SCALE)},
        color_scheme="light",
    )
    let_in(context, site, cookie)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def _keep(shot: bytes, path: str) -> None:
    with Image.open(BytesIO(shot)) as image:
        small = image.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        flat = small.quantize(COLOURS, dither=Image.Dither.NONE)
    target = ROOT / "static" / path
    flat.save(target, optimize=True)
    size = target.stat().st_size
    assert size < LARGEST, f"{path} has {size} bytes, more than {LARGEST}. Show less of the page."
    print(f"{path}: {size} bytes")  # noqa: T201 - a command says what it did


if __name__ == "__main__":
    make()

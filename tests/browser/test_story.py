"""The whole story with staff accounts in a real browser: write, review, mend, approve, publish.

Nobody outside sees a word of it before; then page, register, history, feed and sitemap
change in the same moment.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk import log_in, make_people, watched

SUBJECT = "claims/mesotherapy/when-change-shows"
ADDRESS = f"/{SUBJECT}/"
OVERSTATED = "Mesotherapy is a proven way to change hair within months."
PLAIN = "Clinics say *mesotherapy shows within a season*, but no study we found fixes that time."
MARKER = "within a season"
OPEN = "This promise: still under investigation, studies differ."
LABEL = "This promise: unsupported, goes further than any study."
RULE = "Unsupported by our rule: those who say so sell it and show nothing."
NOTE = "The label follows a clinic that gives a time with nothing behind it."
TIMEOUT = 8_000


@pytest.fixture(scope="module")
def people(environment: dict[str, str], site: str) -> None:
    make_people(environment, {"anna": ["author"], "ben": ["reviewer"], "carla": ["publisher"]})


@pytest.fixture(scope="module")
def anna(browser: Browser, site: str, people: None) -> Iterator[BrowserContext]:
    with log_in(browser, site, "anna") as context:
        yield context


@pytest.fixture(scope="module")
def ben(browser: Browser, site: str, people: None) -> Iterator[BrowserContext]:
    with log_in(browser, site, "ben") as context:
        yield context


@pytest.fixture(scope="module")
def carla(browser: Browser, site: str, people: None) -> Iterator[BrowserContext]:
    with log_in(browser, site, "carla") as context:
        yield context


def _read(site: str, path: str) -> str:
    try:
        with urlopen(site + path) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        return str(error.read().decode())


def _seen_by_strangers(site: str) -> list[str]:
    """Name the places that show a stranger the new words."""
    places = {
        "page": ADDRESS,
        "register": "/claims/?treatment=mesotherapy&level=unsupported&topic=candidacy",
        "changes": "/changes/",
        "feed": "/changes.atom",
        "desk": f"/admin/desk/edit/{SUBJECT}/",
        "review": f"/admin/desk/review/{SUBJECT}/",
        "look-up": "/admin/desk/live/claims/?q=season",
        "past": f"/admin/desk/past/?path={ADDRESS}",
    }
    return [name for name, path in places.items() if MARKER in _read(site, path)]


def _go(page: Page, site: str, room: str) -> None:
    page.goto(f"{site}/admin/desk/{room}/{SUBJECT}/")


def _write(page: Page) -> None:
    """Overstate, see it refused while typing, then word it and its label as the sources allow."""
    outlook = page.locator("[data-forms-outlook]")
    expect(outlook.locator("[data-forms-label]")).to_have_text(OPEN)
    page.get_by_label("Statement").fill(OVERSTATED)
    expect(page.get_by_text("proven").first).to_be_visible(timeout=TIMEOUT)
    page.locator("[name=positions-0-level]").select_option("unsupported")
    page.locator("[name=reason]").select_option("overstated")
    page.get_by_label("What we looked for").fill("date: 2026-11-20\nfor: trials with fixed times")
    twin = page.get_by_label("Why its twin has another label")
    twin.fill("A clinic names a season for this one alone.")
    page.get_by_label("Statement").fill(PLAIN)
    page.get_by_label("Question for the clinic").fill("Which trial counted hairs at that time?")
    expect(outlook.locator("[data-forms-label]")).to_have_text(LABEL, timeout=TIMEOUT)
    expect(outlook).to_contain_text(RULE, timeout=TIMEOUT)


def _hand_over(page: Page, site: str, note: str) -> None:
    _go(page, site, "edit")
    page.get_by_label("What changed and why").fill(note)
    page.get_by_role("button", name="Save and go to review").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("In review", exact=True)).to_be_visible()


def _send_back(page: Page, site: str, comment: str) -> None:
    _go(page, site, "review")
    expect(page.locator("ins", has_text="season").first).to_be_visible()
    page.get_by_role("textbox", name="What is to be mended", exact=True).fill(comment)
    page.get_by_role("button", name="Send back to its author").click()
    expect(page.get_by_text("Draft", exact=True)).to_be_visible()


def _approve(page: Page, site: str) -> None:
    _go(page, site, "review")
    page.get_by_label("Your name, as readers will see it").fill("Dr B. Example")
    page.get_by_label("I read every word").check()
    page.get_by_label("Your qualification, as readers will see it").fill("Dermatologist")
    page.get_by_role("button", name="Approve these words").click()
    expect(page.get_by_text("Approved", exact=True)).to_be_visible()


def test_two_people_bring_a_claim_to_the_public(site, anna, ben, carla):
    mapped = _read(site, "/sitemap.xml")
    author, reviewer, publisher = anna.new_page(), ben.new_page(), carla.new_page()
    wrong = [watched(page) for page in (author, reviewer, publisher)]

    _go(author, site, "edit")
    author.get_by_role("button", name="Start a new version").click()
    _write(author)
    author.get_by_role("button", name="Save draft").click()
    _hand_over(author, site, "Worded anew.")
    _send_back(reviewer, site, "Say in the note which source decides.")
    _go(author, site, "review")
    expect(author.get_by_text("Say in the note which source decides.")).to_be_visible()
    _hand_over(author, site, NOTE)
    _approve(reviewer, site)
    assert _seen_by_strangers(site) == []
    assert _read(site, "/sitemap.xml") == mapped

    _go(publisher, site, "review")
    publisher.get_by_role("button", name="Publish now").click()
    expect(publisher.get_by_text("is public since")).to_be_visible()

    assert _seen_by_strangers(site) == ["page", "register", "changes", "feed"]
    page = _read(site, ADDRESS)
    assert NOTE in page
    assert "Dr B. Example, Dermatologist" in page
    assert LABEL in " ".join(html.fromstring(page).text_content().split())
    today = datetime.now(UTC).date().isoformat()
    assert re.search(rf"{ADDRESS}</loc>\s*<lastmod>{today}", _read(site, "/sitemap.xml"))
    assert wrong == [[], [], []]

"""What was typed and not saved is offered when the form is opened again, and gone after a save."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk_people import DRAFT, SOURCE, let_in, make_people

FORMS = {
    "claim": (f"/admin/desk/edit/{DRAFT}/", "why"),
    "position": (f"/admin/desk/edit/{DRAFT}/", "positions-0-says"),
    "source": (f"/admin/desk/edit/{SOURCE}/", "publisher"),
    "new source": ("/admin/desk/new/sources/", "title"),
}
COUNT = "Object.keys(localStorage).filter(name => name.startsWith('kept-draft:')).length"


@pytest.fixture(scope="module")
def people(site: str, environment: dict[str, str]) -> dict[str, tuple[str, str]]:
    return make_people(environment)


@pytest.fixture
def desk(browser: Browser, site: str, people) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=site) as context:
        let_in(context, site, people["anna"])
        yield context


def type_and_close(desk: BrowserContext, form: str) -> str:
    """Type into a form, close its tab without saving; give the words that were typed."""
    address, name = FORMS[form]
    page = desk.new_page()
    page.goto(address)
    page.locator(f"form.forms [name={name}]").press_sequentially("Kept ")
    page.wait_for_function(f"() => {COUNT} === 1")
    words = page.locator(f"form.forms [name={name}]").input_value()
    page.close()
    return words


def opened(desk: BrowserContext, form: str) -> Page:
    page = desk.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(FORMS[form][0])
    return page


@pytest.mark.parametrize("form", FORMS)
def test_a_closed_tab_loses_nothing_and_nothing_comes_back_unasked(desk, form: str) -> None:
    words = type_and_close(desk, form)

    page = opened(desk, form)
    field = page.locator(f"form.forms [name={FORMS[form][1]}]")

    expect(page.get_by_text("You have unsaved words from")).to_be_visible()
    assert field.input_value() != words
    page.get_by_role("button", name="Put them back").click()
    expect(page.locator(f"form.forms [name={FORMS[form][1]}]")).to_have_value(words)
    assert page.evaluate(COUNT) == 1


def test_what_is_thrown_away_is_gone(desk) -> None:
    type_and_close(desk, "source")

    page = opened(desk, "source")
    page.get_by_role("button", name="Throw them away").click()

    expect(page.get_by_text("You have unsaved words from")).to_be_hidden()
    assert page.evaluate(COUNT) == 0


def test_what_is_saved_is_kept_no_longer(desk) -> None:
    page = opened(desk, "source")
    page.locator("form.forms [name=publisher]").press_sequentially("Saved ")
    page.wait_for_function(f"() => {COUNT} === 1")

    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved as a draft")).to_be_visible()

    page.wait_for_function(f"() => {COUNT} === 0")
    expect(page.get_by_text("You have unsaved words from")).to_be_hidden()


def test_words_of_before_a_newer_save_say_so_and_overwrite_nothing(desk) -> None:
    type_and_close(desk, "source")
    newer = opened(desk, "source")
    expect(newer.get_by_text("You have unsaved words from")).to_be_visible()
    newer.locator("form.forms [name=title]").press_sequentially("Newer ")
    newer.get_by_role("button", name="Save draft").click()
    expect(newer.get_by_text("Saved as a draft")).to_be_visible()
    newer.close()

    page = opened(desk, "source")
    expect(page.get_by_text("They are older than what is saved here now")).to_be_visible()
    page.get_by_role("button", name="Put them back").click()
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("Nothing of yours is lost")).to_be_visible()


def test_logging_out_leaves_nothing(desk) -> None:
    type_and_close(desk, "source")
    page = opened(desk, "source")

    page.locator("#logout-form button").click()
    page.wait_for_url(lambda address: "/edit/" not in address, wait_until="commit")

    assert page.evaluate(COUNT) == 0

"""Leaving a form of the desk with words that were not saved asks first.

The article's form has an editor of its own: see `test_editor.py`.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_people import DRAFT, SOURCE, let_in, make_people

FORMS = {
    "claim": (f"/admin/desk/edit/{DRAFT}/", "why"),
    "position": (f"/admin/desk/edit/{DRAFT}/", "positions-0-says"),
    "source": (f"/admin/desk/edit/{SOURCE}/", "publisher"),
    "new claim": ("/admin/desk/new/claims/", "statement"),
    "new source": ("/admin/desk/new/sources/", "title"),
}
"""Forms that one leaves, and a field of each to type into."""

SAVED = {name: form for name, form in FORMS.items() if not name.startswith("new ")}


@pytest.fixture(scope="module")
def people(site: str, environment: dict[str, str]) -> dict[str, tuple[str, str]]:
    return make_people(environment)


@pytest.fixture
def page(browser: Browser, site: str, people) -> Iterator[Page]:
    """Give a page of Anna."""
    with browser.new_context(base_url=site) as context:
        let_in(context, site, people["anna"])
        yield context.new_page()


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What the browser asks; every question is answered with yes."""
    found: list[str] = []
    page.on("dialog", lambda dialog: (found.append(dialog.type), dialog.accept()))
    return found


def typed_into(page: Page, name: str) -> None:
    field = page.locator(f"form.forms [name={name}]")
    expect(field).to_be_visible()
    field.press_sequentially("Words ")


@pytest.mark.parametrize("form", FORMS)
def test_leaving_with_unsaved_words_asks_first(page: Page, asked: list[str], form: str) -> None:
    address, name = FORMS[form]
    page.goto(address)
    page.locator(f"form.forms [name={name}]").click()
    page.reload()
    assert asked == []

    typed_into(page, name)
    page.goto("/admin/")

    assert asked == ["beforeunload"]


@pytest.mark.parametrize("form", SAVED)
def test_saving_asks_nothing_and_neither_does_leaving_after_it(
    page: Page, asked: list[str], form: str
) -> None:
    address, name = SAVED[form]
    page.goto(address)
    typed_into(page, name)
    page.click("[name=save]")
    expect(page.locator(".messagelist")).to_contain_text("Saved as a draft")
    page.goto("/admin/")

    assert asked == []


@pytest.mark.parametrize("form", SAVED)
def test_words_that_came_back_unsaved_are_asked_about_too(
    page: Page, asked: list[str], form: str
) -> None:
    address, name = SAVED[form]
    page.goto(address)
    typed_into(page, name)
    page.click("[name=preview]")
    expect(page.locator("#preview")).to_be_visible()
    assert asked == []

    # A browser asks nobody who has not touched the page.
    page.locator("h1").click()
    page.goto("/admin/")

    assert asked == ["beforeunload"]


def test_taking_a_position_out_is_a_change_too(page: Page, asked: list[str]) -> None:
    page.goto(FORMS["claim"][0])
    box = page.locator("form.forms [name=positions-0-DELETE]")
    expect(box).to_be_visible()
    box.check()
    page.goto("/admin/")

    assert asked == ["beforeunload"]

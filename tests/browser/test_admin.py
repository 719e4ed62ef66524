"""The admin works in a real browser under the readers' own strict policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk import log_in, make_people, watched

KINDS = ["treatment", "source", "glossaryterm", "claim", "article"]


@pytest.fixture(scope="module")
def logged_in(browser: Browser, site: str, environment: dict[str, str]) -> Iterator[Page]:
    """Somebody without a role: they may look at everything and change nothing."""
    make_people(environment, {"looker": []})
    with log_in(browser, site, "looker") as context:
        yield context.new_page()


@pytest.fixture
def violations(logged_in: Page) -> list[str]:
    return watched(logged_in)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_opens_and_its_rows_lead_to_the_desk(logged_in, violations, site, kind):
    logged_in.goto(f"{site}/admin/library/{kind}/")
    assert logged_in.locator("#changelist").count() == 1

    logged_in.locator("#result_list tbody a").first.click()
    logged_in.wait_for_selector(".staff__state")

    assert "/admin/desk/edit/" in logged_in.url
    assert logged_in.get_by_role("button", name="Start a new version").count() == 0
    assert logged_in.locator("#content textarea").count() == 0
    assert violations == []


def test_a_planted_inline_style_is_seen_as_a_violation(logged_in, violations, site):
    logged_in.goto(f"{site}/admin/")
    with logged_in.expect_console_message(lambda said: "Content Security Policy" in said.text):
        logged_in.evaluate("document.body.setAttribute('style', 'color: red')")

    assert len(violations) == 1
    assert "Content Security Policy" in violations[0]

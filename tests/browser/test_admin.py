"""The stock admin works in a real browser under the readers' own strict policy."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PASSWORD = "a long enough phrase"


@pytest.fixture(scope="module")
def account(site: str, environment: dict[str, str]) -> None:
    """Make a staff account as the README says."""
    subprocess.run(
        [sys.executable, "manage.py", "createsuperuser", "--noinput", "--username", "editor"],
        cwd=ROOT,
        env={
            **environment,
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
            "DJANGO_SUPERUSER_EMAIL": "editor@hair.example",
        },
        check=True,
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def violations(page: Page) -> list[str]:
    """Collect what the browser blocked, and every script that failed."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Policy" in said.text else None)
    return found


@pytest.fixture
def logged_in(page: Page, violations: list[str], site: str, account: None) -> Page:
    page.goto(f"{site}/admin/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_selector("#user-tools")
    return page


def test_staff_log_in_and_open_every_list_without_a_violation(logged_in, violations, site):
    rows = logged_in.locator("#content-main th a").all()
    addresses = [link.get_attribute("href") for link in rows]

    for address in addresses:
        logged_in.goto(site + address)
        assert logged_in.locator("#changelist").count() == 1, address

    assert len(addresses) >= 7
    assert violations == []


@pytest.mark.parametrize("kind", ["treatment", "source", "glossaryterm", "claim", "article"])
def test_a_row_opens_and_cannot_be_saved(logged_in, violations, site, kind):
    logged_in.goto(f"{site}/admin/library/{kind}/")
    logged_in.locator("#result_list tbody th a").first.click()

    logged_in.wait_for_selector("#content .readonly")
    assert logged_in.locator("[name=_save]").count() == 0
    assert violations == []


def test_a_planted_inline_style_is_seen_as_a_violation(logged_in, violations):
    logged_in.evaluate("document.body.setAttribute('style', 'color: red')")
    logged_in.wait_for_timeout(100)

    assert len(violations) == 1
    assert "Content Security Policy" in violations[0]

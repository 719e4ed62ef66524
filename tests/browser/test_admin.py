"""The stock admin works in a real browser under the readers' own strict policy."""

import pytest
from django.contrib.auth.models import User

from explainer.library import models

PASSWORD = "a long enough phrase"


@pytest.fixture
def page(monkeypatch, browser):
    # Playwright keeps an event loop in this thread, where Django would refuse the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def violations(page):
    """Collect what the browser blocked, and every script that failed."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Policy" in said.text else None)
    return found


@pytest.fixture
def logged_in(page, violations, live_server, transactional_db):
    User.objects.create_superuser("editor", password=PASSWORD)
    models.Treatment.objects.create(key="t", name="Treatment")
    page.goto(f"{live_server.url}/admin/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_selector("#user-tools")
    return page


def test_staff_log_in_and_open_every_list_without_a_violation(logged_in, violations, live_server):
    rows = logged_in.locator("#content-main th a")
    addresses = [link.get_attribute("href") for link in rows.all()]

    for address in addresses:
        logged_in.goto(live_server.url + address)
        assert logged_in.locator("#changelist").count() == 1, address

    assert len(addresses) >= 7
    assert violations == []


def test_a_row_opens_and_cannot_be_saved(logged_in, violations, live_server):
    logged_in.goto(f"{live_server.url}/admin/library/treatment/")
    logged_in.click("#result_list th a")

    assert "Treatment" in logged_in.locator("#content").inner_text()
    assert logged_in.locator("[name=_save]").count() == 0
    assert violations == []


def test_a_planted_inline_style_is_seen_as_a_violation(logged_in, violations):
    logged_in.evaluate("document.body.setAttribute('style', 'color: red')")
    logged_in.wait_for_timeout(100)

    assert len(violations) == 1
    assert "Content Security Policy" in violations[0]

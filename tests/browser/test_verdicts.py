"""What stays with a claim in a browser: copied text, the accessibility tree, names of links."""

import re

import pytest
from playwright.sync_api import expect

VERDICT = re.compile(r"\((?:This promise: |Still under|Plausible|Unsupported|Risk under)[^()]*\.\)")
PAGE = "/mesotherapy/mechanism/"


@pytest.fixture
def opened(browser, site):
    page = browser.new_page()
    page.goto(f"{site}{PAGE}")
    yield page
    page.close()


def test_copied_text_has_each_verdict_in_brackets_right_after_its_claim(opened) -> None:
    copied = opened.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('.prose'));"
        " return getSelection().toString(); }"
    )
    claims = opened.locator(".prose .claim").count()

    found = VERDICT.findall(" ".join(copied.split()))
    assert len(found) == claims > 10
    assert re.search(r"[.”] \(This promise: unsupported, [a-z ]+\.\)", " ".join(copied.split()))


def test_a_screen_reader_hears_the_brackets_and_which_claim_the_link_is_of(opened) -> None:
    tree = opened.locator(".prose .claim:has(.label--unsupported)").first.aria_snapshot()

    assert re.search(r'link "Unsupported: why\? [A-Z][^"]+"', tree)
    assert "(This promise:" in tree
    assert re.search(r", [a-z ]+\.\)", tree)


def test_no_two_links_to_reasons_are_called_the_same(opened) -> None:
    names = opened.locator(".prose .claim [class^=label] a").evaluate_all(
        "links => links.map(link => [link.hash, link.getAttribute('aria-label')])"
    )

    told = {tuple(name) for name in names}
    assert len({name for _, name in told}) == len({anchor for anchor, _ in told}) > 10


def test_a_verdict_is_a_line_of_its_own_and_its_shape_hangs_before_the_claim(opened) -> None:
    claim = opened.locator(".prose .claim").first
    shown = claim.evaluate(
        "claim => { const label = claim.querySelector('[class^=label]');"
        " const shape = getComputedStyle(label, '::before');"
        " return [getComputedStyle(label).display, shape.position, shape.left,"
        " getComputedStyle(label.querySelector('b')).fontSize]; }"
    )

    assert shown == ["block", "absolute", "0px", "1px"]


def test_a_label_opens_its_line_over_the_page_and_closing_leads_back_to_it(opened) -> None:
    label = opened.locator(".prose .claim [class^=label] a").nth(3)
    line = opened.locator(label.get_attribute("href"))
    label.scroll_into_view_if_needed()
    before = opened.evaluate("scrollY")

    label.press("Enter")
    assert line.get_attribute("popover") == "auto"
    assert line.get_by_role("link").first.get_attribute("href").startswith("/claims/")
    opened.keyboard.press("Escape")

    expect(line).not_to_have_attribute("popover", "auto")
    assert opened.evaluate("document.activeElement.hash") == label.get_attribute("href")
    assert abs(opened.evaluate("scrollY") - before) < 2


def test_without_scripts_a_label_jumps_to_its_line(browser, site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}{PAGE}")
        page.locator(".prose .claim [class^=label] a").nth(3).click()

        assert "#c-mesotherapy-" in page.url
        assert page.locator("li:target a").count() == 1

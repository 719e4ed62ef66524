"""What a changed sentence, and a label that needs a new source, take from desk to readers.

Anna writes; Ben, who wrote none of it, approves and publishes. Every press is counted, into a field
or on a button, and every page that is loaded; what is typed or chosen from a list is not.
"""

from playwright.sync_api import Page, expect

from tests.browser.counting import Count

SENTENCE = "articles/mesotherapy/process"
LABEL = "claims/mesotherapy/when-change-shows"
STATEMENT = (
    "Clinics say *mesotherapy shows within a season*, but no study we found fixes that time."
)
TITLE = "Position statement on how soon injections show"
TAKES = {"a changed sentence": (12, 11), "a label with a new source": (28, 13)}
"""Clicks and loads; by hand they were 16 and 11, 48 and 19 before a change was one."""


def _open(count: Count, page: Page, site: str, subject: str) -> None:
    """Find a document in its list, as somebody who knows its name, and begin a new version."""
    page.goto(f"{site}/admin/")
    kind, _, key = subject.partition("/")
    count.press(page.locator(".frame__lists").get_by_role("link", name=kind.capitalize()))
    # The list has more than one page; the box above it finds a row, as staff do.
    page.goto(f"{page.url}?q={key.partition('/')[2]}")
    count.press(page.get_by_role("link", name=key, exact=True))
    count.press(page.get_by_role("button", name="Start a new version"))


def _second_person(count: Count, page: Page, site: str, title: str) -> None:
    page.goto(f"{site}/admin/")
    count.press(page.locator("main, #content").get_by_role("link", name=title).first)
    if not page.get_by_label("Your name, as readers will see it").input_value():
        count.fill(page.get_by_label("Your name, as readers will see it"), "Dr B. Example")
    if not page.get_by_label("Your qualification").input_value():
        count.fill(page.get_by_label("Your qualification"), "Dermatologist")
    count.press(page.get_by_label("I read every word"))
    count.press(page.get_by_role("button", name="Approve these words"))
    count.press(page.get_by_role("button", name="Publish now"))
    expect(page.get_by_text("is public since")).to_be_visible()


def test_a_changed_sentence(two: tuple[Page, Page], own_site: str) -> None:
    count = Count()
    anna, ben = map(count.watch, two)
    _open(count, anna, own_site, SENTENCE)
    words = anna.locator("[name=body]").input_value()
    count.fill(
        anna.locator(".cm-content"),
        f"{words}\n\n::: guidance\nAsk how long the visit takes.\n:::\n",
    )
    title = anna.locator("[name=title]").input_value()
    count.press(anna.get_by_role("button", name="Save and go to review"))
    count.fill(anna.locator(f"[name='{SENTENCE}-note']"), "Say what to ask about the visit.")
    count.press(anna.get_by_role("button", name="Submit for review"))
    expect(anna.get_by_text("In review", exact=True)).to_be_visible()
    _second_person(count, ben, own_site, title)

    assert (count.clicks, count.loads) == TAKES["a changed sentence"]


def _new_source(count: Count, page: Page) -> None:
    """Add the source in another tab, as the form of the claim offers."""
    with page.expect_popup() as opened:
        count.press(page.get_by_role("link", name="Add a new source in another tab"))
    tab = opened.value
    count.fill(tab.locator("[name=title]"), TITLE)
    count.choose(tab.locator("[name=kind]"), "professional-body")
    count.fill(tab.locator("[name=year]"), "2025")
    count.choose(tab.locator("[name=seen]"), "full")
    count.fill(tab.locator("[name=appraisal]"), "It names no study of its own.")
    count.press(tab.locator("form.forms button[type=submit]").first)
    expect(tab.get_by_text("The draft is begun")).to_be_visible()
    tab.close()


def test_a_label_that_needs_a_new_source(two: tuple[Page, Page], own_site: str) -> None:
    count = Count()
    anna, ben = map(count.watch, two)
    _open(count, anna, own_site, LABEL)
    _new_source(count, anna)
    count.press(anna.get_by_role("button", name="Add a position"))
    row = anna.locator(".forms__position").last
    count.press(row.locator(".select2-selection"))
    anna.locator(".select2-search__field").fill("how soon injections")
    count.press(anna.locator(".select2-results__option", has_text=TITLE))
    count.choose(row.locator("[name$=-level]"), "unsupported")
    count.choose(row.locator("[name$=-finding]"), "asserts")
    count.fill(row.locator("[name$=-says]"), "Says that no time is known.")
    count.fill(anna.locator("[name=statement]"), STATEMENT)
    count.choose(anna.locator("[name=reason]"), "overstated")
    count.fill(anna.locator("[name=looked]"), "date: 2026-11-20\nfor: trials with fixed times")
    twin = anna.locator("[name=differs_because]")
    count.fill(twin, "A society speaks of this one alone.")
    count.fill(anna.locator("[name=ask]"), "Which trial counted hairs at that time?")
    count.press(anna.get_by_role("button", name="Save and go to review"))
    note = "The label follows a society that knows of no time."
    count.fill(anna.locator(f"[name='{LABEL}-note']"), note)
    count.press(anna.get_by_role("button", name="Submit for review"))
    expect(anna.get_by_text("In review", exact=True)).to_be_visible()
    _second_person(count, ben, own_site, "Clinics say mesotherapy shows")

    assert (count.clicks, count.loads) == TAKES["a label with a new source"]
    answer = anna.request.get(f"{own_site}/{LABEL}/")
    assert TITLE in answer.text()

"""A text gets its labels by the keyboard alone: proposals are taken, and each next one follows."""

from playwright.sync_api import Page, expect

from tests.browser.editor import Desk, text_of

TYPED = (
    "Ask a doctor first.\n\n"
    "Most patients notice less shedding after 3–4 sessions of mesotherapy.\n\n"
    "Hair grows in a cycle."
)
LABELLED = (
    "::: guidance\nAsk a doctor first.\n:::\n\n"
    "[](claim:mesotherapy/less-shedding-by-session-three)\n\n"
    "::: background\nHair grows in a cycle.\n:::"
)


def test_a_text_is_labelled_with_one_key_for_each_sentence(editor, violations):
    panel, line = (
        editor.locator("[data-live-proposals]"),
        editor.locator("[data-live-proposals] [data-live-count]"),
    )
    editor.fill("#id_body", TYPED)
    editor.focus("#id_body")
    editor.keyboard.press("Control+Home")
    editor.keyboard.press("Alt+p")

    expect(line).to_have_text("Sentence 1 of 3 without a label, line 1.")
    expect(panel.locator("[data-name=guidance]")).to_be_focused()
    editor.keyboard.press("Enter")

    expect(line).to_have_text("Sentence 1 of 2 without a label, line 5.")
    first = panel.locator("[data-name='claim mesotherapy/less-shedding-by-session-three']")
    expect(first).to_be_focused()
    assert first.evaluate(
        "e => document.getElementById(e.getAttribute('aria-describedby')).textContent"
    )
    editor.keyboard.press("1")

    expect(line).to_have_text("Sentence 1 of 1 without a label, line 7.")
    expect(panel.locator("[data-name=next]")).to_be_focused()
    editor.keyboard.press("b")

    expect(line).to_have_text("Every sentence has a label or a block.")
    assert text_of(editor) == LABELLED
    editor.keyboard.press("Control+z")
    assert text_of(editor) != LABELLED
    assert violations == []


def test_the_key_of_a_block_that_the_rules_refuse_shows_why(editor):
    editor.fill("#id_body", "Thank you for choosing our clinic.")
    editor.focus("#id_body")
    editor.keyboard.press("Alt+p")
    expect(editor.locator("[data-live-proposals] [data-name=next]")).to_be_focused()
    editor.keyboard.press("g")

    expect(editor.locator("[data-live-proposals] details li").first).to_be_visible()
    assert text_of(editor) == "Thank you for choosing our clinic."
    editor.keyboard.press("x")
    expect(editor.locator("[data-live-proposals]")).to_contain_text("Every sentence has a label")
    assert text_of(editor) == ""


def test_a_wording_that_goes_along_is_told_at_once_and_with_what_is_to_put_right(
    editor, violations
):
    words = "Some patients have a headache."
    problems = editor.locator("[data-live-problems]")
    along = editor.locator("[data-live-along]")
    editor.fill("#id_body", f"{words}\n\n::: guidance\nAsk about mesotherapy.\n:::")
    editor.focus("#id_body")
    editor.keyboard.press("Control+Home")
    editor.keyboard.press("Alt+p")
    panel = editor.locator("[data-live-proposals]")
    expect(panel.locator("[data-name='wording mesotherapy/common-reactions']")).to_be_visible()
    expect(panel.locator("h3")).to_contain_text("Less alike")
    editor.keyboard.press("w")

    expect(along).to_contain_text(f"“{words}” is added to mesotherapy/common-reactions")
    expect(editor.locator(".live__mark--untagged")).to_have_count(0)
    expect(problems.locator("li.staff__step")).to_contain_text("Goes along. Line 1")
    expect(problems).to_contain_text("Nothing to put right. 1 wording goes along when you save.")
    editor.focus("#id_body")
    editor.keyboard.press("Control+z")
    expect(along).to_be_hidden()
    expect(problems.locator("li.staff__step")).to_have_count(0)
    assert violations == []


def test_a_link_to_a_place_opens_the_text_there(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}?body=One.%0A%0ATwo.#line-body-3")
    expect(page.locator("[data-live-problems]")).to_contain_text("Untagged words")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.insert_text("Here. ")

    assert text_of(page) == "One.\n\nHere. Two."

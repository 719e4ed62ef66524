"""Writing in a real browser: paste, mark what is selected, walk along what is untagged."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor import preview, select, text_of

CLIPBOARDS = Path(__file__).parents[1] / "editor" / "clipboards"
PASTE = """(target, {html, plain}) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  target.dispatchEvent(event);
}"""


def paste(page: Page, html: str, plain: str = "plain words") -> None:
    page.focus("#id_body")
    page.locator("#id_body").evaluate(PASTE, {"html": html, "plain": plain})


@pytest.mark.parametrize("plain_field", [False, True])
def test_a_word_processor_s_text_comes_as_markdown_and_one_undo_takes_it_back(
    page, violations, desk, plain_field
):
    if plain_field:
        page.route("**/vendor/codemirror/*.js", lambda route: route.abort())
    page.goto(desk.address)
    expect(page.locator("[data-live-problems]")).to_contain_text("Nothing to put right.")
    paste(page, (CLIPBOARDS / "word.html").read_text())

    said = page.locator("[data-live-pasted]")
    expect(said).to_contain_text("3 colours, 1 picture, 1 tracking parameter")
    became = (CLIPBOARDS / "word.md").read_text().partition("\n\n<!--")[0]
    assert text_of(page) == became
    page.keyboard.press("Control+z")
    assert text_of(page) == ""
    assert violations == []


def test_a_paste_that_fails_is_plain_words_and_a_message(editor):
    editor.route("**/live/paste/", lambda route: route.fulfill(status=500, body="no"))
    paste(editor, "<h1>A</h1>", "A")

    expect(editor.locator("[data-live-pasted]")).to_contain_text("did not work")
    assert text_of(editor) == "A"


def test_plain_words_are_pasted_by_the_browser_itself(editor):
    asked: list[str] = []
    editor.on("request", lambda request: "paste" in request.url and asked.append(request.url))
    paste(editor, "<span style='color: red'>code</span>", "[](claim:a/b)")

    assert text_of(editor) == "[](claim:a/b)"
    assert asked == []


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("B", "One. [Two.](background:)\n\nThree."),
        ("G", "::: guidance\nOne. Two.\n:::\n\nThree."),
        ("R", "::: reported \nOne. Two.\n:::\n\nThree."),
        ("H", "## One. Two.\n\nThree."),
        ("L", "- One. Two.\n\nThree."),
        ("K", "One. [Two.](https://)\n\nThree."),
    ],
)
def test_a_key_marks_what_is_selected_and_its_button_does_the_same(editor, key, found):
    for press in (lambda: editor.keyboard.press(f"Alt+Shift+{key}"), None):
        editor.fill("#id_body", "One. Two.\n\nThree.")
        select(editor, 5, 9)
        if press:
            press()
        else:
            editor.click(f"[data-key={key}]")
        assert text_of(editor) == found

    editor.keyboard.press("Control+z")
    assert text_of(editor) == "One. Two.\n\nThree."


def test_a_block_is_changed_into_another_and_taken_away_again(editor):
    editor.fill("#id_body", "::: guidance\nAsk.\n:::")
    select(editor, 14, 14)
    editor.click("[data-live-mark=background]")
    assert text_of(editor) == "::: background\nAsk.\n:::"
    editor.click("[data-live-mark=background]")
    assert text_of(editor) == "Ask."


def test_the_words_for_a_claim_are_looked_up(editor):
    editor.fill("#id_body", "safety")
    select(editor, 0, 6)
    editor.keyboard.press("Alt+Shift+C")

    expect(editor.locator("#live-picker")).to_be_focused()
    expect(editor.locator("[role=option]").first).to_be_visible()


def test_untagged_sentences_are_underlined_counted_and_walked_along(editor):
    editor.fill("#id_summary", "So short.")
    editor.fill("#id_body", "First one. [Known.](background:)\n\nSecond **bold** one.")
    marked = editor.locator(".live__mark--untagged")
    expect(marked.first).to_have_text("First one.")
    place = editor.locator("[data-live-place]")
    expect(place).to_contain_text("3")

    editor.keyboard.press("Control+Home")
    expect(place).to_have_text("2 of 3 that belong to nothing yet.")
    editor.keyboard.press("F8")
    expect(place).to_have_text("3 of 3 that belong to nothing yet.")
    editor.keyboard.press("Alt+Shift+G")
    expect(place).to_have_text("2 sentences belong to nothing yet.")
    assert "::: guidance\nSecond **bold** one.\n:::" in text_of(editor)
    editor.keyboard.press("F8")
    expect(editor.locator("#id_summary")).to_be_focused()


def test_a_claim_says_where_it_is_written_what_it_shows(editor):
    editor.fill("#id_body", "[](claim:mesotherapy/overall-safety)")
    shown = editor.locator("[data-live-shown]")

    expect(shown).to_contain_text("goes further than any study")
    editor.hover(".live__link--claim")
    expect(editor.locator(".live__told-claim")).to_contain_text("goes further than any study")


def test_the_preview_follows_the_cursor(editor):
    rows = "\n\n".join(f"[Sentence {number} stands here.](background:)" for number in range(80))
    editor.fill("#id_body", rows)
    expect(preview(editor).locator("[data-live-body] p")).to_have_count(80)
    editor.locator(".live__frame").evaluate("frame => frame.scrollIntoView({block: 'end'})")
    editor.keyboard.press("Control+End")
    last = preview(editor).locator("p", has_text="Sentence 79 stands")
    expect(last).to_be_in_viewport()
    editor.keyboard.press("Control+Home")
    expect(last).not_to_be_in_viewport()
    expect(preview(editor).locator("p", has_text="Sentence 0 stands")).to_be_in_viewport()

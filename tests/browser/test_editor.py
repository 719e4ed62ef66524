"""The writing surface in a real browser: what is typed is shown, and nothing typed is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from tests.browser.editor import preview, select, text_of

TYPED = "Nobody knows.\n\n[](claim:mesotherapy/overall-safety)"


def test_what_is_typed_appears_as_readers_will_see_it_within_the_policy(editor, violations):
    editor.fill("#id_body", TYPED)

    label = preview(editor).locator("[data-live-body] [class^=label]")
    expect(label).to_have_text("(This promise: unsupported, goes further than any study.)")
    assert label.evaluate("e => getComputedStyle(e).display") == "block"
    assert label.evaluate("e => e.ownerDocument.compatMode") == "CSS1Compat"
    assert violations == []


def test_typing_asks_after_a_pause_and_not_at_each_key(editor):
    words, asked = "Nobody knows how long any of it lasts.", []
    editor.on("request", lambda sent: asked.append(sent.url))
    select(editor, 0, 0)
    editor.keyboard.type(words)

    expect(preview(editor).locator("[data-live-body]")).to_contain_text(words)
    for live in ("text", "proposals"):
        # One, were no machine ever slow.
        assert sum(f"/live/{live}/" in url for url in asked) <= len(words) // 10


def test_a_planted_script_in_the_preview_does_not_run(editor):
    with editor.expect_console_message(lambda said: "Content Security Policy" in said.text):
        preview(editor).locator("[data-live-body]").evaluate(
            "e => { e.innerHTML = '<img src=x onerror=\"top.planted = 1\">' }"
        )

    assert editor.evaluate("window.planted") is None


def test_a_link_in_the_preview_never_leads_the_preview_away(editor, violations):
    editor.fill("#id_body", TYPED)
    preview(editor).locator("[class^=label] a").click()

    expect(preview(editor).locator("[class^=label] a")).to_be_visible()
    assert violations == []


def test_a_problem_leads_to_its_line(editor):
    editor.fill("#id_body", TYPED)
    editor.locator("[data-live-problems] button").first.click()
    editor.keyboard.type("Here: ")

    assert text_of(editor).startswith("Here: Nobody knows.")
    expect(editor.locator("[data-live-problems]")).to_contain_text("Line 1")


def test_tab_and_the_shortcuts_of_markdownx_leave_the_text_whole(editor):
    editor.fill("#id_body", TYPED)
    for key in ("Control+d", "Control+[", "Control+]", "Tab"):
        editor.focus("#id_body")
        editor.keyboard.press(key)

    assert text_of(editor) == TYPED
    assert editor.evaluate("document.activeElement.id") != "id_body"


def test_a_claim_is_found_and_inserted_with_the_keyboard_alone(editor, violations):
    editor.fill("#id_body", "Before after")
    select(editor, 7, 7)
    editor.focus("#live-picker")
    editor.keyboard.type("overall-safety mesotherapy")
    expect(editor.locator("[role=option]")).to_have_count(1)
    editor.keyboard.press("ArrowDown")
    assert editor.get_attribute("#live-picker", "aria-activedescendant") == "live-claim-0"
    editor.keyboard.press("Enter")

    assert text_of(editor) == "Before [](claim:mesotherapy/overall-safety)after"
    editor.keyboard.press("Control+z")
    assert text_of(editor) == "Before after"
    assert violations == []


def test_a_claim_lands_in_the_text_that_was_written_in_last(editor):
    editor.fill("#id_body", "### The first day")
    editor.focus("#id_summary")
    editor.fill("#live-picker", "overall-safety")
    editor.locator("[role=option]").click()

    expect(editor.locator("#id_summary")).to_have_value("[](claim:mesotherapy/overall-safety)")
    assert text_of(editor) == "### The first day"


def test_a_claim_before_a_heading_is_a_paragraph_of_its_own(editor):
    editor.fill("#id_body", "### The first day")
    select(editor, 0, 0)
    editor.fill("#live-picker", "overall-safety")
    editor.locator("[role=option]").click()

    assert text_of(editor) == "[](claim:mesotherapy/overall-safety)\n\n### The first day"


def test_where_the_editor_does_not_load_the_plain_field_serves(page, desk):
    page.route("**/vendor/codemirror/*.js", lambda route: route.abort())
    page.goto(desk.address)
    expect(page.locator("[data-live-problems]")).to_contain_text("Nothing to put right.")
    page.fill("textarea#id_body", "Some words here")
    page.evaluate("document.querySelector('#id_body').setSelectionRange(5, 10)")
    page.fill("#live-picker", "overall-safety")
    page.locator("[role=option]").click()

    assert text_of(page) == "Some [words](claim:mesotherapy/overall-safety) here"
    page.keyboard.press("Control+z")
    assert text_of(page) == "Some words here"


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("overall-safety", "Some [words](claim:mesotherapy/overall-safety) here"),
        ("fat-cells-ruling", "Some words [](record:msc-therapy/fat-cells-ruling) here"),
    ],
)
def test_selected_words_become_a_claim_s_words_and_stay_before_a_record(editor, query, text):
    editor.fill("#id_body", "Some words here")
    select(editor, 5, 10)
    editor.fill("#live-picker", query)
    editor.locator("[role=option]").click()

    assert text_of(editor) == text


def test_escape_closes_the_list_and_enter_in_the_picker_does_not_save(editor, desk):
    editor.fill("#live-picker", "safety")
    expect(editor.locator("[role=option]").first).to_be_visible()
    editor.keyboard.press("Escape")
    expect(editor.locator("[role=listbox]")).to_be_hidden()
    editor.keyboard.press("Enter")
    expect(editor.locator("[role=listbox]")).to_be_visible()

    assert editor.url == desk.address


def test_an_overtaken_answer_is_ignored(editor):
    pending: list[Route] = []

    def hold(route: Route) -> None:
        pending.append(route)

    editor.route("**/live/text/", hold)
    for words in ("First.", "Second."):
        before = len(pending)
        editor.fill("#id_body", f"[{words}](background:)")
        while len(pending) == before:
            editor.wait_for_timeout(50)
    pending[1].continue_()
    expect(preview(editor).locator("[data-live-body]")).to_have_text("Second.")
    with editor.expect_response("**/live/text/"):
        pending[0].continue_()
    editor.wait_for_timeout(200)

    expect(preview(editor).locator("[data-live-body]")).to_have_text("Second.")


def test_a_new_claim_is_made_of_the_selection_without_leaving(editor, violations):
    editor.fill("#id_body", "A new sentence.")
    select(editor, 0, 15)
    editor.click("[data-live-new]")
    editor.click("dialog button[type=submit]")
    expect(editor.locator("dialog")).to_be_visible()
    editor.fill("#new-statement", "It is new.")
    editor.click("dialog button[type=submit]")

    expect(editor.locator("dialog")).to_be_hidden()
    assert text_of(editor) == "[](claim:mesotherapy/overall-safety)", (
        "its words were changed in the form"
    )
    assert violations == []


def test_nothing_can_be_typed_over_while_a_new_claim_is_asked_for(editor):
    pending: list[Route] = []
    editor.click("[data-live-new]")
    editor.fill("#new-statement", "It is new.")
    editor.route(
        "**/try/claim/**",
        lambda route: pending.append(route) if route.request.method == "POST" else route.fallback(),
    )
    editor.click("dialog button[type=submit]")

    expect(editor.locator("#new-statement")).to_be_disabled()
    expect(editor.locator("dialog button[type=submit]")).to_be_disabled()
    pending.pop().abort()
    expect(editor.locator("#new-statement")).to_be_enabled()
    expect(editor.locator("#new-statement")).to_have_value("It is new.")


@pytest.mark.parametrize("answer", ["json", "html"])
def test_a_refused_picture_is_a_message_and_a_taken_one_is_a_mark(editor, answer):
    refusal = {"status": 400, "json": {"message": "This is no picture."}}
    broken = {"status": 500, "body": "<h1>Error</h1>", "content_type": "text/html"}
    good = {"json": {"image_code": "![What it shows](figure:a)"}}
    file = {"name": "a.png", "mimeType": "image/png", "buffer": b"x"}
    editor.route("**/upload/**", lambda route: route.fulfill(**(refusal, broken)[answer == "html"]))
    editor.fill("#id_body", "Words.")
    editor.set_input_files(".live__file", file)
    expect(editor.locator("[data-live-upload]")).to_contain_text("a.png: ")
    assert text_of(editor) == "Words."

    editor.route("**/upload/**", lambda route: route.fulfill(**good))
    editor.set_input_files(".live__file", file)
    expect(editor.locator("[data-live-upload]")).to_be_hidden()
    assert text_of(editor) == "Words.\n\n::: background\n![What it shows](figure:a)\n:::"


def test_an_ended_session_is_said_and_mended_in_another_tab(editor, desk):
    editor.context.clear_cookies()
    editor.fill("#id_body", TYPED)
    expect(editor.locator("[data-live-ended]")).to_be_visible()
    assert text_of(editor) == TYPED

    desk.let_in(editor.context)
    editor.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(editor.locator("[data-live-ended]")).to_be_hidden()
    editor.click("text=Save")
    expect(editor.locator("body")).to_contain_text("Saved: Nobody knows.")


def test_leaving_with_unsaved_words_asks_first_and_saving_does_not(editor, desk):
    asked: list[str] = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor.reload()
    assert asked == []
    editor.locator("#id_body").press_sequentially("Words")
    editor.reload()
    assert asked == ["beforeunload"]

    editor.locator("#id_body").press_sequentially("Words")
    editor.click("text=Save")
    expect(editor.locator("body")).to_contain_text("Saved: Words")
    assert asked == ["beforeunload"]


def test_the_article_s_own_form_has_it_all_and_nothing_it_asks_for_fails(page, violations, desk):
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status > 399 else None)
    page.goto(f"{desk.site}/admin/desk/edit/articles/mesotherapy/safety/")
    page.click("form[action*='/desk/start/'] button")

    expect(preview(page).locator("h1")).to_have_text("Mesotherapy side effects: what can go wrong?")
    expect(preview(page).locator("[data-live-summary] [class^=label] a").first).to_be_visible()
    with page.expect_response("**/new/claims/**"):
        page.click("[data-live-new]")
    expect(page.locator("dialog [name=name]")).to_be_focused()
    expect(page.locator("dialog [name=statement]")).to_be_visible()
    assert failed == violations == []


@pytest.mark.parametrize(("width", "beside"), [(768, False), (1280, True)])
def test_the_preview_stands_beside_the_text_where_there_is_room(editor, width, beside):
    editor.set_viewport_size({"width": width, "height": 900})
    text, preview = (editor.locator(at).bounding_box() for at in ("#id_body", ".live__preview"))

    assert text
    assert preview
    assert (preview["x"] > text["x"] + text["width"] - 1) is beside
    assert (preview["y"] > text["y"] + text["height"] - 1) is not beside
    assert not editor.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_surface_breaks_no_accessibility_rule(editor, scheme):
    editor.emulate_media(color_scheme=scheme)
    editor.fill("#id_body", TYPED)
    expect(preview(editor).locator("[class^=label] a")).to_be_visible()
    editor.fill("#live-picker", "safety")
    expect(editor.locator("[role=option]").first).to_be_visible()

    found = Axe().run(editor, context=".live").response["violations"]

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_without_scripts_the_text_can_be_written_and_saved(browser, desk):
    with browser.new_context(java_script_enabled=False) as context:
        desk.let_in(context)
        page = context.new_page()
        page.goto(desk.address)
        page.fill("#id_body", "Words.")
        for tool in ("#live-picker", ".live__preview", "[data-live-problems]"):
            assert not page.is_visible(tool)
        page.click("text=Save")

        assert "Saved: Words." in page.content()

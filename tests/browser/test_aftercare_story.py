"""An aftercare text from a word processor is labelled, reviewed and read.

Anna writes; Ben, who wrote none of it, approves and publishes. What becomes of each sentence, and
why, stands in `aftercare/decisions.tsv`, in the order in which the desk asks: keys of the panel,
or what is typed over the sentence, or a task by its name. Counted are presses of the mouse, keys
that are commands, and page loads; typed words are not.
"""

import csv
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.counting import Count, seconds_of_servers
from tests.browser.test_editor_text import PASTE

FOLDER = Path(__file__).parent / "aftercare"
TITLE = "After your mesotherapy session"
SUBJECT = "articles/after-your-mesotherapy-session"
SUMMARY = "Soreness settles within a day or two. The scalp can get infected by the needles."
TAKES = (33, 53, 10)
"""Clicks, keys and loads; on the first edition about 250 clicks, and three rounds of mending."""
LABEL = "[class^=label--]"
SHOWN = [
    "how-soon-soreness-settles",
    "infection-rate-on-scalp",
    "how-soon-soreness-settles",
    "common-reactions",
    "forehead-swelling",
    "less-shedding-by-session-three",
    "thicker-or-denser-hair",
    "top-up-sessions",
    "biotin-by-mouth",
    "infection-rate-on-scalp",
    "pregnancy-and-breastfeeding",
    "number-of-sessions",
    "improvement-almost-universal",
]
"""The claims that a reader meets, the first two in the short answer."""
NEEDS_NONE = [
    "Can I take minoxidil?",
    "Is it safe in pregnancy?",
    "Why do I need so many sessions? Hair grows in cycles.",
]
"""Paragraphs in no block that are no claim: questions, and a fact about hair."""
HEADING = ("When will I see results?", "Will I see results?")
"""What the list of problems refuses, and what is typed instead."""
CLAIM = {
    "name": "Biotin by mouth",
    "statement": "That *taking biotin grows new hair* is often said, but the best study of biotin "
    "by mouth found no difference.",
    "says": "Found no difference between biotin by mouth and a placebo in the best study.",
    "why": "The best study of biotin by mouth, with a placebo group, found no difference.",
    "would_change": "A blind trial of biotin by mouth in people with normal biotin.",
    "ask": "Which trial of these tablets counted hairs, and can I read it?",
}
SOLD = "Sellers say *biotin by mouth grows new hair*, but the best study of it found no difference."
"""The statement as the check at its field asks for it, before the claim is made."""
CHOSEN = {
    "topic": "faq",
    "kind": "effect",
    "bearing": "promise",
    "product": "nutrients-mouth",
    "source": "biotin-pmc",
    "source_level": "unsupported",
    "finding": "no-effect",
    "reason": "no-effect-found",
}


def begin(count: Count, page: Page, site: str) -> None:
    page.goto(f"{site}/admin/")
    count.press(page.locator(".frame__lists").get_by_role("link", name="Articles"))
    count.press(page.get_by_role("link", name="New article"))
    count.fill(page.locator("[name=title]"), TITLE)
    count.choose(page.locator("[name=menu]"), "help")
    count.press(page.get_by_role("button", name="Begin the draft"))
    count.fill(page.locator("[name=summary]"), SUMMARY)


def paste(count: Count, page: Page) -> None:
    """Paste as a browser does, and read what was not taken over."""
    count.press(page.locator(".cm-content"))
    sent = {"html": (FOLDER / "clipboard.html").read_text(), "plain": "plain words"}
    count.keys += 1
    page.locator(".cm-content").evaluate(PASTE, sent)
    expect(page.locator("[data-live-pasted]")).to_contain_text("it is the page’s title")


def label(count: Count, page: Page) -> None:
    """Walk from one sentence without a label to the next, and do for each what was decided."""
    with (FOLDER / "decisions.tsv").open(encoding="utf-8", newline="") as rows:
        decisions = list(csv.DictReader(rows, delimiter="\t"))
    count.key(page, "Control+Home", "Alt+p")
    for decision in decisions:
        asked = page.locator("[data-live-proposal] blockquote")
        expect(asked).to_have_text(decision["sentence"])
        expect(page.locator("[data-live-proposal] :focus")).to_be_visible()
        _decide(count, page, decision["do"], decision["typed"].replace("\\n", "\n"))
    expect(page.locator("[data-live-proposals]")).to_contain_text("Every sentence has a label")


def _decide(count: Count, page: Page, do: str, typed: str) -> None:
    tasks = {"type": _type, "table": _type_over_table, "look up": _look_up, "n": _new_claim}
    if task := tasks.get(do):
        task(count, page, typed)
    else:
        count.key(page, do)


def _type(count: Count, page: Page, typed: str) -> None:
    count.key(page, "Escape")
    page.keyboard.insert_text(typed)
    count.key(page, "Alt+p")


def _type_over_table(count: Count, page: Page, typed: str) -> None:
    """Drag over the whole table: one press."""
    count.key(page, "Escape")
    rows = page.locator(".cm-line", has_text="|")
    first, last = rows.first.bounding_box(), rows.last.bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 1, first["y"] + 3)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 2, last["y"] + last["height"] - 3)
    page.mouse.up()
    count.clicks += 1
    page.keyboard.insert_text(typed)
    count.key(page, "Alt+p")


def _look_up(count: Count, page: Page, typed: str) -> None:
    """Type some words, and choose the claim that says the same where none that is proposed does."""
    count.key(page, "Escape", "Delete", "Alt+Shift+C")
    words, wanted = typed.split(": ")
    page.keyboard.insert_text(words)
    options = page.locator("[role=option]")
    expect(options.filter(has_text=wanted)).to_have_count(1)
    down = [wanted in one for one in options.all_inner_texts()].index(True) + 1
    count.key(page, *["ArrowDown"] * down, "Enter", "Alt+p")


def _new_claim(count: Count, page: Page, _: str) -> None:
    count.key(page, "n")
    form = page.locator("dialog form")
    expect(form.locator("[name=treatment]")).to_have_value("mesotherapy")
    for name, words in CLAIM.items():
        count.fill(form.locator(f"[name={name}]"), words)
    for name, value in CHOSEN.items():
        count.choose(form.locator(f"[name={name}]"), value)
    expect(form.locator("#new_statement_problems")).to_contain_text("whose promise this is")
    count.fill(form.locator("[name=statement]"), SOLD)
    expect(form.locator("[data-live-checked]")).to_contain_text("Nothing to put right.")
    count.press(form.get_by_role("button", name="Begin the draft"))


def mend(count: Count, page: Page) -> None:
    """Put right what the list of problems says."""
    problems = page.locator("[data-live-problems]")
    refused, open_question = HEADING
    count.press(problems.locator("li", has_text=refused).locator("button"))
    count.key(page, "Shift+End")
    page.keyboard.insert_text(f"## {open_question}")
    expect(problems).not_to_contain_text(refused)
    expect(problems).to_contain_text("1 thing to look at again.")
    count.press(page.get_by_role("button", name="Save and go to review"))


def hand_over(count: Count, page: Page) -> None:
    """Nothing of the new claim is left to mend: it is handed over with the text."""
    count.press(page.get_by_role("button", name="Submit for review"))
    expect(page.get_by_text("In review", exact=True)).to_be_visible()


def review(count: Count, page: Page, site: str) -> None:
    page.goto(f"{site}/admin/")
    count.press(page.locator("main, #content").get_by_role("link", name=TITLE).first)
    count.fill(page.get_by_label("Your name, as readers will see it"), "Dr B. Example")
    count.fill(page.get_by_label("Your qualification"), "Dermatologist")
    count.press(page.get_by_label("I read every word"))
    count.press(page.get_by_role("button", name="Approve these words"))
    count.press(page.get_by_role("button", name="Publish now"))
    expect(page.get_by_text("is public since")).to_be_visible()


def test_an_aftercare_text_is_published_with_the_labels_of_its_claims(
    two: tuple[Page, Page], browser: Browser, own_site: str
) -> None:
    count, cpu = Count(), seconds_of_servers()
    anna, ben = map(count.watch, two)
    begin(count, anna, own_site)
    paste(count, anna)
    label(count, anna)
    mend(count, anna)
    hand_over(count, anna)
    review(count, ben, own_site)

    sys.stdout.write(f"{count}; {seconds_of_servers() - cpu:.1f} s of CPU of the server\n")
    assert (count.clicks, count.keys, count.loads) == TAKES
    with browser.new_context() as stranger:
        reader = stranger.new_page()
        reader.goto(f"{own_site}/{SUBJECT.partition('/')[2]}/")
        shown = reader.locator(".short-answer, .prose").locator(LABEL).all_inner_texts()
        bare = reader.locator(".prose > p:not(.claim)").all_inner_texts()
        marks = reader.locator(".short-answer, .prose").locator(f"{LABEL} a")
        links = marks.evaluate_all(
            "them => them.map((one) => one.hash.replace('#c-mesotherapy-', ''))"
        )
        assert bare == NEEDS_NONE
        assert links == SHOWN
        assert shown == [_own_label(reader, own_site, key) for key in links]


def _own_label(page: Page, own_site: str, key: str) -> str:
    page.goto(f"{own_site}/claims/mesotherapy/{key}/")
    return page.locator(f".claim-verdict {LABEL}").inner_text()

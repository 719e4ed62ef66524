"""The field of a text asks our addresses alone, and what it is told is what publishing will say."""

import re

import pytest
from django.conf import settings
from django.urls import resolve
from lxml import html
from markdownx.widgets import MarkdownxWidget

from explainer.editor.live import examine
from explainer.editor.widgets import LiveMarkdown
from explainer.kinds import RECORD
from explainer.library import publishing
from explainer.library.rendering import explain_page
from tests.library import shelf

pytestmark = pytest.mark.django_db
HOPE = "The treatment may help some hair."


def test_the_page_is_the_one_that_readers_get(claim):
    shelf.publish(shelf.term_draft("g", term="follicle", definition="A root."))
    text = "## A heading\n\n[](claim:t/hope) [A follicle.](background:)"
    text += "\n\n::: picture hair-cycle\n[Hair rests.](background:)\n:::"
    article = shelf.article_draft(body=text)
    shelf.publish(article)

    report = examine({name: article.fields[name] for name in ("summary", "body")})

    page = explain_page(article)
    assert report.html == {"summary": str(page.summary_html), "body": str(page.body_html)}
    assert 'class="label--plausible"' in report.html["body"]
    assert "<svg" in report.html["body"]


def test_labels_are_counted_once_a_claim_and_words_without_one_are_counted(claim):
    shelf.publish(shelf.claim_draft("doubt", positions=[shelf.position("under-investigation")]))
    shelf.publish(shelf.claim_draft("harm", bearing="warning"))

    body = "[](claim:t/hope) [](claim:t/doubt) [](claim:t/harm)\n\nThree bare words."
    report = examine({"summary": "[](claim:t/hope)", "body": body})

    assert report.labels == {"Plausible": 1, "Under investigation": 1, "Plausible risk": 1}
    assert report.untagged == 3


def test_problems_name_field_line_and_weight_the_short_answer_first(claim):
    report = examine({"body": "[](claim:t/hope)\n\nBare words.", "summary": "[](claim:t/hop)"})

    found = [(p.field, p.line, str(p.severity)) for p in report.problems]
    assert found[0] == ("summary", 1, "error")
    assert "Did you mean 't/hope'" in report.problems[0].message
    assert found[-1] == ("body", 3, "error")


def test_every_sign_that_nobody_sees_is_told_while_typing_and_empties_no_preview(claim):
    report = examine({"body": "A fol\u00adlicle.\n\n\u2022\tvitamins\n\nOne\u2028line."})

    told = [(p.field, p.line, p.code) for p in report.problems if p.code != "untagged-words"]
    signs = [(1, "invisible-character"), (3, "tab"), (5, "invisible-character")]
    assert told == [("body", line, code) for line, code in signs]
    assert report.untagged == 5
    assert "A follicle." in report.html["body"]


def test_a_short_answer_that_is_long_is_a_problem(claim):
    report = examine({"summary": f"[{'word ' * 61}.](background:)"})

    assert any("short answer has 61 words" in problem.message for problem in report.problems)


def test_the_comparison_is_held_to_its_own_rules(claim):
    def messages(article):
        report = examine({"body": "## What is it?\n\n[](claim:t/hope)"}, article=article)
        return {problem.message for problem in report.problems}

    assert messages("compare") > messages("t/safety")


def test_a_claim_that_is_still_a_draft_has_its_label_and_a_warning(claim):
    shelf.claim_draft("new", statement="The treatment is new.")

    report = examine({"body": "[](claim:t/hope)\n\n[](claim:t/new)"})

    assert "The treatment is new." in report.html["body"]
    (problem,) = report.problems
    assert (problem.field, problem.line, str(problem.severity)) == ("body", 3, "warning")
    assert problem.message == "The claim 't/new' is still a draft. Publish it first, or with this."


def test_a_record_that_is_still_a_draft_is_shown_with_a_warning(claim):
    shelf.publish(shelf.source_draft("regulator-2020", kind="regulator", publisher="DO"))
    shelf.draft(RECORD, "t/warning", **shelf.RECORD_FIELDS)
    shelf.draft(RECORD, "t/open", **{**shelf.RECORD_FIELDS, "source": "clinic-b"})

    report = examine({"body": "[](record:t/warning)\n\n[](record:t/open)"})

    assert "On record: DO, 2020</a>" in report.html["body"]
    assert [(p.code, p.line, str(p.severity)) for p in report.problems] == [
        ("record-is-draft", 1, "warning"),
        ("record-unfinished", 3, "error"),
    ]
    assert "The draft of the record 't/open' is not finished" in report.problems[1].message


def test_words_that_wait_for_a_claims_draft_are_a_warning(claim):
    words = "Some hair might be helped."
    shelf.claim_draft(wordings=[words])

    (problem,) = examine({"body": f"[{words}](claim:t/hope)"}).problems

    assert (problem.code, str(problem.severity)) == ("wording-in-draft", "warning")


def test_an_open_version_does_not_stand_in_for_the_public_one(claim):
    shelf.claim_draft(statement="Other words.")

    report = examine({"body": "[](claim:t/hope)"})

    assert HOPE in report.html["body"]
    assert report.problems == ()


def test_a_draft_that_cannot_be_judged_yet_is_no_claim_yet(claim):
    shelf.claim_draft("open", positions=[shelf.position("unsupported")])

    report = examine({"body": "[](claim:t/open)"})

    assert "Evidence not available" in report.html["body"]
    (problem,) = report.problems
    assert "The draft of the claim 't/open' is not finished" in problem.message


def test_a_withdrawn_claim_is_counted_as_such(claim):
    publishing.withdraw(document=claim, actor=None, reason="Wrong.", now=shelf.NOON)

    assert examine({"body": "[](claim:t/hope)"}).labels == {"Withdrawn": 1}


def test_reading_ease_names_what_drives_it(claim):
    long = " ".join(["[Administration of", *["regenerative"] * 26, "things.](background:)"])
    report = examine({"summary": "[Short.](background:)", "body": f"[](claim:t/hope)\n\n{long}"})

    reading = report.readability
    (sentence,) = reading["longest"]
    assert (sentence["field"], sentence["line"], sentence["words"]) == ("body", 3, 29)
    assert reading["hardest"][:2] == ("regenerative", "administration")
    assert reading["measured"] is False
    assert reading["words"] == 36


def test_the_longest_sentence_is_named_when_none_is_too_long(claim):
    report = examine({"body": "[One. Two words here.](background:)"})

    assert [sentence["text"] for sentence in report.readability["longest"]] == ["Two words here."]


def test_medical_words_that_no_entry_explains_are_named(claim):
    shelf.publish(shelf.term_draft("g", term="fibrosis", definition="Scars."))

    report = examine({"body": "[Fibrosis and dermatitis.](background:)"})

    assert report.readability["undefined"] == ("dermatitis",)


def test_an_empty_text_has_nothing_to_say_and_nothing_to_put_right(claim):
    report = examine({"summary": "", "body": ""})

    assert report.html == {"summary": "", "body": ""}
    assert report.problems == ()
    assert report.readability["longest"] == []


def test_it_takes_as_many_queries_for_many_claims_as_for_one(claim, django_assert_max_num_queries):
    for number in range(10):
        shelf.publish(shelf.claim_draft(f"c{number}"))
    text = " ".join(f"[](claim:t/c{number})" for number in range(10))

    with django_assert_max_num_queries(9):
        examine({"body": text})


SCRIPTS = sorted((settings.BASE_DIR / "static" / "js" / "editor").glob("*.js"))


def rendered(value: str = "", **attrs: str) -> html.HtmlElement:
    return html.fromstring(LiveMarkdown(attrs=attrs).render("body", value, {"id": "id_body"}))


def test_it_is_markdownx_s_widget_asking_our_own_addresses():
    (field,) = rendered().xpath("//textarea")

    assert issubclass(LiveMarkdown, MarkdownxWidget)
    assert "markdownx-editor" in field.get("class")
    names = ("data-markdownx-urls-path", "data-claims-url", "data-token-url", "data-paste-url")
    asked = [resolve(field.get(name)).url_name for name in names]
    assert asked == ["live-text", "live-claims", "live-token", "live-paste"]


def test_what_the_form_adds_reaches_the_scripts():
    (field,) = rendered(**{"data-upload-url": "/here/", "data-article": "t/a"}).xpath("//textarea")

    assert field.get("data-markdownx-upload-urls-path") == "/here/"
    assert field.get("data-article") == "t/a"


def test_markdownx_s_script_and_its_views_are_nowhere():
    assert "markdownx" not in str(LiveMarkdown().media)
    for address in ("/markdownx/markdownify/", "/markdownx/upload/"):
        assert resolve(address).func.__module__.startswith("explainer.public.")


@pytest.mark.parametrize("typed", ["</textarea><script>", "\nA line", '"&amp;<b>'])
def test_what_was_typed_stays_as_it_was_and_is_only_text(typed):
    page = rendered(typed)

    assert page.xpath("//script") == []
    # A browser drops the first line end after the tag; lxml keeps it.
    assert page.xpath("string(//textarea)").removeprefix("\n") == typed


def test_without_scripts_only_the_text_is_shown():
    tools = rendered().xpath(
        "//*[@data-live-tools or @data-live-problems or @data-live-preview or @data-live-reading]"
    )

    assert len(tools) == 4
    assert all("hidden" in tool.attrib for tool in tools)


def test_no_field_of_the_tools_is_sent_with_the_form():
    named = rendered().xpath("//input[@name] | //select[@name] | //textarea[@name]")

    assert [field.get("name") for field in named] == ["body"]


def test_every_script_of_the_editor_is_looked_at():
    assert len(SCRIPTS) == 25


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_says_what_it_is_for_and_keeps_to_the_policy(path):
    text = path.read_text()

    assert text.startswith("/* ")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\beval\b|new Function|https?:|\.style\b|localStorage", text)

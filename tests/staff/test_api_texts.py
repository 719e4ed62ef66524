"""What a writer is told is what publishing will say, field by field and line by line."""

import pytest

from explainer.library import publishing
from explainer.library.rendering import explain_page
from explainer.staff.live import examine
from tests.library import shelf

pytestmark = pytest.mark.django_db
HOPE = "The treatment may help some hair."


@pytest.fixture(autouse=True)
def claim():
    shelf.treatment()
    revision = shelf.claim_draft()
    shelf.publish(revision)
    return revision


def test_the_page_is_the_one_that_readers_get():
    shelf.publish(shelf.term_draft("g", term="follicle", definition="A root."))
    article = shelf.article_draft(
        body="## A heading\n\n[](claim:t/hope) [A follicle.](background:)"
    )
    shelf.publish(article)

    report = examine({name: article.fields[name] for name in ("summary", "body")})

    page = explain_page(article)
    assert report.html == {"summary": str(page.summary_html), "body": str(page.body_html)}
    assert 'class="label label--plausible"' in report.html["body"]


def test_labels_are_counted_once_a_claim_and_words_without_one_are_counted():
    shelf.publish(shelf.claim_draft("doubt", positions=[shelf.position("under-investigation")]))
    shelf.publish(shelf.claim_draft("harm", bearing="warning"))

    report = examine(
        {
            "summary": "[](claim:t/hope)",
            "body": "[](claim:t/hope) [](claim:t/doubt) [](claim:t/harm)\n\nThree bare words.",
        }
    )

    assert report.labels == {"Plausible": 1, "Under investigation": 1, "Warning: plausible": 1}
    assert report.untagged == 3


def test_problems_name_field_line_and_weight_the_short_answer_first():
    report = examine({"body": "[](claim:t/hope)\n\nBare words.", "summary": "[](claim:t/hop)"})

    found = [(p.field, p.line, str(p.severity)) for p in report.problems]
    assert found[0] == ("summary", 1, "error")
    assert "Did you mean 't/hope'" in report.problems[0].message
    assert found[-1] == ("body", 3, "error")


def test_a_short_answer_that_is_long_is_a_problem():
    report = examine({"summary": f"[{'word ' * 61}.](background:)"})

    assert any("short answer has 61 words" in problem.message for problem in report.problems)


def test_the_comparison_is_held_to_its_own_rules():
    def messages(article):
        report = examine({"body": "## What is it?\n\n[](claim:t/hope)"}, article=article)
        return {problem.message for problem in report.problems}

    assert messages("compare") > messages("t/safety")


def test_a_claim_that_is_still_a_draft_has_its_label_and_a_warning():
    shelf.claim_draft("new", statement="The treatment is new.")

    report = examine({"body": "[](claim:t/hope)\n\n[](claim:t/new)"})

    assert "The treatment is new." in report.html["body"]
    (problem,) = report.problems
    assert (problem.field, problem.line, str(problem.severity)) == ("body", 3, "warning")
    assert problem.message == "The claim 't/new' is still a draft. Publish it first, or with this."


def test_an_open_version_does_not_stand_in_for_the_public_one(claim):
    shelf.claim_draft(statement="Other words.")

    report = examine({"body": "[](claim:t/hope)"})

    assert HOPE in report.html["body"]
    assert report.problems == ()


def test_a_draft_that_cannot_be_judged_yet_is_no_claim_yet():
    shelf.claim_draft("open", positions=[shelf.position("unsupported")])

    report = examine({"body": "[](claim:t/open)"})

    assert "Evidence not available" in report.html["body"]
    (problem,) = report.problems
    assert "The draft of the claim 't/open' is not finished" in problem.message


def test_a_withdrawn_claim_is_counted_as_such(claim):
    hope = claim.document
    publishing.withdraw(document=hope, actor=None, reason="Wrong.", now=shelf.NOON)

    assert examine({"body": "[](claim:t/hope)"}).labels == {"Withdrawn": 1}


def test_reading_ease_names_what_drives_it():
    long = " ".join(["[Administration of", *["regenerative"] * 26, "things.](background:)"])
    report = examine({"summary": "[Short.](background:)", "body": f"[](claim:t/hope)\n\n{long}"})

    reading = report.readability
    (sentence,) = reading["longest"]
    assert (sentence["field"], sentence["line"], sentence["words"]) == ("body", 3, 29)
    assert reading["hardest"][:2] == ("regenerative", "administration")
    assert reading["measured"] is False
    assert reading["words"] == 36


def test_the_longest_sentence_is_named_when_none_is_too_long():
    report = examine({"body": "[One. Two words here.](background:)"})

    assert [sentence["text"] for sentence in report.readability["longest"]] == ["Two words here."]


def test_medical_words_that_no_entry_explains_are_named():
    shelf.publish(shelf.term_draft("g", term="fibrosis", definition="Scars."))

    report = examine({"body": "[Fibrosis and dermatitis.](background:)"})

    assert report.readability["undefined"] == ("dermatitis",)


def test_an_empty_text_has_nothing_to_say_and_nothing_to_put_right():
    report = examine({"summary": "", "body": ""})

    assert report.html == {"summary": "", "body": ""}
    assert report.problems == ()
    assert report.readability["longest"] == []


def test_it_takes_as_many_queries_for_many_claims_as_for_one(django_assert_max_num_queries):
    for number in range(10):
        shelf.publish(shelf.claim_draft(f"c{number}"))
    text = " ".join(f"[](claim:t/c{number})" for number in range(10))

    with django_assert_max_num_queries(9):
        examine({"body": text})

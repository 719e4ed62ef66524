"""Wording is asked of the right words: own words of a claim, headings, questions to ask."""

import pytest

from explainer.evidence.levels import Level
from explainer.evidence.lint.run import lint_claim, lint_text
from tests.evidence.invented import CONTEXT, claim

LONG = "What is said about the treatment in the many papers that we have read so far and since"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[It may sting. It may help.](claim:t/hope)", "nor one of its wordings"),
        ("[It helps.](claim:t/hope)[](claim:t/hope)", "add the words to the claim as a wording"),
        (f"## {LONG}", "of 18 words; at most 16"),
        (f"| {LONG} |\n|---|\n| [](claim:t/hope) |", "of 18 words; at most 16"),
        ("re&shy;grows", r"U+00AD"),
        ("&#x202e;spleh", "U+202E"),
        ("`a&#8203;b` \u00a0", ""),
    ],
)
def test_an_author_is_told(text: str, message: str) -> None:
    problems = [problem.message for problem in lint_text(text, CONTEXT).problems]

    assert any(message in problem for problem in problems)


@pytest.mark.parametrize("mark", ["claim:t/hope", "record:t/warning"])
def test_what_only_a_page_can_show_is_an_error_in_a_claims_why(mark: str) -> None:
    (problem,) = lint_claim(claim("hope"), f"Because.\n\n[]({mark})", CONTEXT)

    assert (problem.line, problem.is_error) == (3, True)
    assert f"Take out '{mark}'." in problem.message


def test_an_unsupported_promise_needs_a_question_to_ask() -> None:
    told = lint_claim(claim("boast", Level.UNSUPPORTED), "Because.", CONTEXT)

    assert any(problem.field == "ask" for problem in told)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ("Ask them.", "is not a question"),
        ("How soon does hair grow back?", "takes an effect as given"),
    ],
)
def test_a_question_to_ask_is_a_question_that_assumes_nothing(ask: str, message: str) -> None:
    told = lint_claim(claim("hope", ask=ask), "Because.", CONTEXT)

    assert any(message in problem.message for problem in told if problem.field == "ask")


def test_a_key_that_does_not_exist_is_told_in_a_why_too() -> None:
    told = lint_claim(claim("hope"), "See [](term:nothing).", CONTEXT)

    assert any("no term with the key 'nothing'" in problem.message for problem in told)


@pytest.mark.parametrize(
    "head",
    [
        "Safe in pregnancy",
        "Good for women",
        "Not dangerous",
        "Very rare",
        "Risk: zero",
        "Side effects: none",
        "It causes cancer",
        "Is it safe? Very",
        "For life",
        "Most people are happy",
        "Money back if no hair",
        "Trials show growth",
        "Buy now",
    ],
)
def test_a_heading_or_head_of_a_table_names_a_matter_and_judges_nothing(head: str) -> None:
    row = f"| What | How sure |\n|---|---|\n| {head} | [](claim:t/hope) |"
    column = f"| {head} |\n|---|\n| [](claim:t/hope) |"

    for text, line in ((row, 3), (column, 1), (f"## {head}", 1)):
        (problem,) = lint_text(text, CONTEXT).problems
        assert (problem.code, problem.line, problem.is_error) == ("heading-judges", line, True)


@pytest.mark.parametrize(
    "head", ["Cancer risk", "If it is stopped", "It means", "Does it hurt?", "No hair loss yet"]
)
def test_a_head_that_names_what_its_row_is_about_passes(head: str) -> None:
    row = f"| What | How sure |\n|---|---|\n| {head} | [](claim:t/hope) |"

    assert lint_text(row, CONTEXT).problems == ()

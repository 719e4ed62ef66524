"""A claim's brackets hold its statement or one of its wordings, which add nothing to it."""

import pytest

from explainer.evidence.levels import Level
from explainer.evidence.lint.run import lint_claim
from explainer.evidence.lint.wordings import check_brackets, check_marks, figures
from tests.evidence.invented import CONTEXT, claim

STATEMENT = "In 2021, 1,480 firms sold it, and it might help about a third of people."
WORDING = "It might help some people."
CLAIM = claim("firms", statement=STATEMENT, wordings=(WORDING,))


@pytest.mark.parametrize(
    "text",
    [STATEMENT, WORDING, "it might help some people", "In 2021, 1,480 \ufb01rms sold it, and it "
     "might help about a third of people"],
)  # fmt: skip
def test_the_statement_and_a_wording_may_stand_in_the_brackets(text):
    assert not [*check_brackets(text, CLAIM)]


@pytest.mark.parametrize(
    "text",
    [
        "It might help most people.",
        "It might help some people. It works.",
        "Nine in ten people who wait can lose it all.",
        "It might help \u2079\u2070% of people.",
    ],
)
def test_any_other_words_in_the_brackets_are_an_error_that_offers_a_wording(text):
    (problem,) = check_brackets(text, CLAIM, line=3)

    assert (problem.code, problem.line, problem.is_error) == ("wording-unknown", 3, True)
    assert "add the words to the claim as a wording" in problem.message


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("It works.", "hedge-missing"),
        ("It might help. It might not.", "wording-not-one-sentence"),
        ("It might help ninety in a hundred people.", "wording-adds-figures"),
        ("It might help \u00bd of all people.", "wording-adds-figures"),
        ("It might be a miracle.", "refused-word"),
    ],
)
def test_a_wording_passes_every_check_of_a_statement(wording, code):
    told = lint_claim(claim("firms", statement=STATEMENT, wordings=(wording,)), "So.", CONTEXT)

    assert code in {problem.code for problem in told if problem.field == "wordings.0"}


def test_a_changed_label_leaves_its_wordings_behind_and_says_so():
    doubted = claim("firms", Level.UNSUPPORTED, statement=STATEMENT, wordings=(WORDING,))

    told = lint_claim(doubted, "So.", CONTEXT)

    assert "owner-missing" in {problem.code for problem in told if problem.field == "wordings.0"}


def test_the_same_figure_written_otherwise_is_the_same():
    assert figures("1,480 firms, ninety of them") == figures("1480 firms, 90 of them")
    assert figures("a third, 50\uff05") == figures("one third, 50%") == {"third", "50", "%"}


@pytest.mark.parametrize(
    ("wording", "statement", "warned"),
    [
        (
            "Clinics say it regrows hair, untested.",
            "Clinics say *it regrows hair*, untested.",
            True,
        ),
        ("Clinics say *it regrows hair*, untested.", "Clinics say *it regrows*, untested.", False),
        ("It may help.", "It may help some hair.", False),
    ],
)
def test_a_wording_is_warned_of_that_leaves_out_the_marks_of_its_statement(
    wording, statement, warned
):
    assert [found.is_error for found in check_marks(wording, statement)] == [False] * warned

"""The comparison: cut without losing a word, the same rows for each option, in balance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.evidence.pipeline import explain
from explainer.kinds.comparison import LEAST, MOST, Comparison, read
from tests.evidence.invented import CONTEXT


def words(number: int) -> str:
    """Write a cell of so many words."""
    return f"[{'Hair ' * (number - 1)}grows.](background:)"


def text(*rows: dict[str, str], opening: str = "") -> str:
    """Write a comparison: for each question the cell of each option."""
    parts = [opening]
    for number, row in enumerate(rows, start=1):
        parts.append(f"## Question {number}?")
        parts += [f"### {option}\n\n{cell}" for option, cell in row.items()]
    return "\n\n".join(parts)


def cut(written: str) -> Comparison:
    return read(explain(written, CONTEXT))


def messages(written: str) -> list[str]:
    return [problem.message for problem in cut(written).problems]


PAIR = {"A needle": words(9), "Nothing": words(10)}


def test_a_text_becomes_rows_of_the_same_options() -> None:
    comparison = cut(text(PAIR, PAIR, opening=words(3)))

    assert comparison.problems == ()
    assert comparison.options == ("A needle", "Nothing")
    assert [(row.id, row.question) for row in comparison.rows] == [
        ("question-1", "Question 1?"),
        ("question-2", "Question 2?"),
    ]
    assert comparison.html.strip() == "<p>Hair Hair grows.</p>"
    assert dict(comparison.words) == {"A needle": 18, "Nothing": 20}


def test_labels_titles_of_boxes_and_sources_are_not_the_authors_words() -> None:
    boxed = "::: reported clinic-a\nThe skin is pricked.\n:::"
    comparison = cut(text({"A": "[](claim:t/hope)", "B": boxed}))

    assert [cell.words for cell in comparison.rows[0].cells] == [6, 4]
    assert "label--plausible" in comparison.rows[0].cells[0].html
    assert "Reported by" in comparison.rows[0].cells[1].html


def test_words_in_tables_lists_and_code_count_where_they_stand() -> None:
    table = "| a b | c |\n|---|---|\n| d | e f |"
    comparison = cut(text({"A": f"{table}\n\n- g\n- h", "B": "```\ni j\n```"}))

    assert dict(comparison.words) == {"A": 8, "B": 2}


def test_a_last_heading_with_words_and_no_options_stands_below_the_table() -> None:
    comparison = cut(f"{text(PAIR, PAIR)}\n\n## What now?\n\n{words(4)}")

    assert comparison.problems == ()
    assert len(comparison.rows) == 2
    assert comparison.closing is not None
    assert comparison.closing.html.startswith('<h2 id="what-now">What now?</h2>')
    assert dict(comparison.words) == {"A needle": 18, "Nothing": 20}


def test_a_box_may_not_go_on_over_the_heading_below_the_table() -> None:
    comparison = cut(f"{text(PAIR)}\n\n::: guidance\nAsk.\n\n## What now?\n\nAsk again.\n:::")

    assert [problem.code for problem in comparison.problems] == ["box-over-heading"]
    assert comparison.rows == ()


def test_a_problem_of_shape_names_its_line() -> None:
    broken = text(PAIR, {"A needle": words(9)})

    assert [problem.line for problem in cut(broken).problems] == [13]


def test_a_column_out_of_balance_is_named_with_its_words_the_mean_and_the_cure() -> None:
    comparison = cut(text({"A": words(30), "B": words(10)}))

    assert [problem.message for problem in comparison.problems] == [
        "The column 'A' has 30 words; the mean is 20, so 16 to 25 is even. Say less there, "
        "or change the others.",
        "The column 'B' has 10 words; the mean is 20, so 16 to 25 is even. Say more there, "
        "or change the others.",
    ]
    assert all(problem.is_error for problem in comparison.problems)
    assert comparison.rows, "an uneven table is still a table"


@pytest.mark.parametrize(("short", "long", "even"), [(80, 120, True), (75, 125, False)])
def test_the_limits_of_balance_themselves_are_even(short: int, long: int, even: bool) -> None:
    assert (messages(text({"A": words(short), "B": words(long)})) == []) is even


@given(st.lists(st.integers(1, 60), min_size=2, max_size=5))
def test_a_column_is_a_problem_exactly_if_it_is_outside_the_limits(numbers: list[int]) -> None:
    mean = sum(numbers) / len(numbers)
    row = {f"Option {place}": words(number) for place, number in enumerate(numbers)}

    found = messages(text(row))

    assert len(found) == sum(not LEAST * mean <= number <= MOST * mean for number in numbers)


BROKEN = {
    "no question at all": (words(3), "does not begin with a question"),
    "an option before the first question": (
        f"### A needle\n\n{words(3)}\n\n{text(PAIR)}",
        "does not begin with a question",
    ),
    "one option alone": (text({"A needle": words(9)}), "compares ['A needle']. Name 2 options"),
    "an option twice": (
        f"{text(PAIR)}\n\n### Nothing\n\n{words(3)}",
        "compares ['A needle', 'Nothing', 'Nothing']. Name 2 options or more, once.",
    ),
    "a missing option": (
        text(PAIR, {"A needle": words(9)}),
        "The question 'Question 2?' lacks the option 'Nothing'. Add '### Nothing'",
    ),
    "another order": (
        text(PAIR, dict(reversed(PAIR.items()))),
        "The question 'Question 2?' has the options ['Nothing', 'A needle'], the first one",
    ),
    "one option more": (
        text(PAIR, {**PAIR, "A cap": words(9)}),
        "has the options ['A needle', 'Nothing', 'A cap'], the first one",
    ),
    "an empty cell": (
        text(PAIR, {**PAIR, "Nothing": ""}),
        "'Nothing' says nothing to 'Question 2?'. Say what is known, or that nothing is.",
    ),
    "words of no column": (
        text(PAIR).replace("### A needle", f"{words(3)}\n\n### A needle"),
        "Words stand between the question 'Question 1?' and its first option.",
    ),
    "a heading in a cell": (
        text({**PAIR, "Nothing": f"{words(5)}\n\n#### More?\n\n{words(5)}"}),
        "The heading 'More?' stands inside a cell. Write it as a sentence.",
    ),
    "a box over two cells": (
        text(PAIR).replace("### Nothing", "::: guidance\nAsk.\n\n### Nothing") + "\n:::",
        "A box or list under 'A needle' goes on over the next heading.",
    ),
    "a list over a question": (
        text(PAIR, opening="- [Hair grows.](background:)").replace("## ", "  ## "),
        "The first heading stands inside a box or a list.",
    ),
}


@pytest.mark.parametrize(("written", "message"), BROKEN.values(), ids=BROKEN)
def test_a_text_that_is_no_table_says_why_and_stays_a_whole_text(
    written: str, message: str
) -> None:
    comparison = cut(written)

    assert any(message in problem.message for problem in comparison.problems), comparison.problems
    assert comparison.rows == ()
    assert comparison.html == explain(written, CONTEXT).html

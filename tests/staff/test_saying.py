"""Problems are worded for the forms, at the field they are about."""

import pytest
from explainer.staff.saying import in_words_of_the_form

from explainer.evidence.problems import Problem
from explainer.files.frontmatter import parse
from explainer.library.schema import Part, read_fields


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (
            Problem("field-unreadable", "'url': 'x' is none.", params={"cure": "'x' is none."}),
            "'x' is none.",
        ),
        (Problem("text-missing", "There is no text.", params={"cure": "Write."}), "Empty. Write."),
        (Problem("too-long", "The sentence 'says' much."), "The sentence 'says' much."),
    ],
)
def test_a_problem_names_no_field_of_a_file(problem, message):
    assert in_words_of_the_form(problem).message == message


@pytest.mark.parametrize(
    ("within", "field"), [("", "seen"), ("body", "seen"), ("positions.2", "positions.2.seen")]
)
def test_an_empty_field_is_named_itself(within, field):
    problem = Problem("field-missing", "It is missing.", field=within, params={"name": "seen"})

    said = in_words_of_the_form(problem)

    assert (said.field, said.message) == (field, "This is empty. Fill it in.")


def test_problems_of_reading_are_worded_for_the_form():
    document = parse(b"---\nstatement: It works.\ntopic: sorcery\n---\n")

    said = [in_words_of_the_form(found) for found in read_fields(Part.CLAIMS, document)[1]]

    worded = {problem.field: problem.message for problem in said}
    assert worded["positions"] == "No source speaks to it yet. Add a position."
    assert worded["bearing"] == "This is empty. Fill it in."
    assert worded["topic"].startswith("'sorcery' is not one of")
    assert worded["body"].startswith("Empty. ")

"""Problems are told in the words of the forms, at the field they are about."""

import pytest

from explainer.evidence.problems import Problem
from explainer.staff.saying import in_words_of_the_form


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("'url': 'x' is not a web address. Begin anew.", "'x' is not a web address. Begin anew."),
        ("There is no text after the front matter. Write it.", "Empty. Write it."),
        ("The sentence 'says' a lot: too much.", "The sentence 'says' a lot: too much."),
    ],
)
def test_a_problem_names_no_field_of_a_file(message, told):
    said = in_words_of_the_form(Problem(message, field="url"))

    assert (said.message, said.field) == (told, "url")


@pytest.mark.parametrize(
    ("given", "field"), [("", "seen"), ("body", "seen"), ("positions.2", "positions.2.seen")]
)
def test_an_empty_field_is_told_at_itself(given, field):
    problem = Problem("The field 'seen' is missing. Add it.", field=given)

    said = in_words_of_the_form(problem)

    assert (said.field, said.message) == (field, "This is empty. Fill it in.")


def test_a_claim_without_a_position_is_told_so():
    said = in_words_of_the_form(Problem("The field 'positions' is missing. Add it.", field="why"))

    assert said.field == "positions"
    assert "Add a position" in said.message


def test_a_text_that_is_empty_is_told_at_the_text():
    said = in_words_of_the_form(
        Problem("There is no text after the front matter. Write the overview.")
    )

    assert (said.field, said.message) == ("body", "Empty. Write the overview.")

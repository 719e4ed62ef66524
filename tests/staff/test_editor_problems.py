"""Problems are worded for forms by their code, each at the field and line that it is about."""

import pytest

from explainer.evidence.problems import Problem, Refused
from explainer.kinds import CLAIM, SOURCE
from explainer.library.context import public_context
from explainer.library.validation import problems_of
from explainer.staff.editor.forms import form_for
from explainer.staff.editor.problems import worded
from tests.library import shelf
from tests.staff.rows import at, draft, posted

HIDDEN = "\u2028"
SOFT = "\u00ad"


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (Problem("missing", "The field 'seen' is missing.", field="seen"), "This is empty. Fill"),
        (Problem("missing", "It is missing.", field="appraisal"), "Empty. Write our appraisal"),
        (Problem("no-year", "'year': 'x' is none.", params={"cure": "'x' is none."}), "'x' is no"),
        (Problem("too-long", "'says': the text.", params={"cure": "the text."}), "The text."),
        (Problem("sentence-too-long", "The sentence 'says' much."), "The sentence 'says' much."),
        (Refused("reason", "'reason' is needed.", "reason-needed"), "The label is Unsupported:"),
    ],
)
def test_a_problem_names_no_field_of_a_file(problem, message):
    assert worded(problem, SOURCE).startswith(message)


def test_no_position_is_told_as_such_whoever_found_it():
    read = Problem("missing", "The field is missing.", field="positions")
    refused = Refused("positions", "No source.", "positions-missing")

    assert worded(read, CLAIM) == worded(refused) == "No source speaks to it yet. Add a position."


@pytest.fixture
def revision(claim, ana):
    return draft(claim, ana)


@pytest.mark.django_db
def test_each_problem_leads_to_the_input_that_holds_it(revision):
    form = form_for(revision.document)
    paths = ["why", "positions", "positions.0.says", "positions.0", "note", "", "nothing"]

    form.show([(CLAIM, Problem("x", "X.", field=path)) for path in paths])

    assert [(problem.id, problem.label) for problem in form.problems] == [
        ("id_why", "Why it has this label"),
        ("positions", "Who says what"),
        ("id_positions-0-says", "Position 1: What it says, in one sentence of ours"),
        ("id_positions-0-source", "Position 1: Source"),
        ("id_note", "What changed and why"),
        ("", ""),
        ("", ""),
    ]


@pytest.mark.django_db
def test_a_position_after_an_empty_row_has_its_problem_in_its_own_row(desk_of_ana, revision):
    again = {
        "positions__TOTAL_FORMS": 3,
        "positions__2__source": "clinic-a",
        "positions__2__product": "mix",
        "positions__2__level": "plausible",
    }

    response = desk_of_ana.post(at("edit"), posted(revision, preview="1", **again))

    places = [found.id for found in response.context["problems"]]
    assert "id_positions-2-says" in places


@pytest.mark.django_db
def test_signs_that_nobody_sees_are_all_named_and_hide_no_other_problem(revision):
    revision.note = "New."
    revision.fields |= {
        "statement": f"The treatment{SOFT} cures all hair.",
        "why": f"One.\n\nTwo\t.{HIDDEN}",
        "positions": [shelf.position(says=f"Says{SOFT} so.")],
    }

    found = problems_of(revision, public_context(), {})

    places = {(problem.field, problem.line, problem.code) for problem in found}
    assert places >= {
        ("statement", 1, "invisible-character"),
        ("why", 3, "tab"),
        ("why", 3, "invisible-character"),
        ("positions.0.says", 1, "invisible-character"),
    }
    assert any("cure" in problem.message for problem in found)

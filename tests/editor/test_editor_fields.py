"""Fields store words of every kind as they were typed; problems stand at them in their words."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from explainer.editor.fields import LinesField, PairsField, TextField, YearField, worded
from explainer.editor.forms import form_for
from explainer.kinds import CLAIM, SOURCE
from explainer.library import drafts
from explainer.library.context import public_context
from explainer.library.models import Revision
from explainer.library.validation import problems_of
from explainer.staff.documents import get_document
from explainer.text.problems import Problem, Refused
from tests.library import shelf
from tests.staff.rows import ARTICLE, NEWS, at, draft, of_every_kind, position, posted

pytestmark = pytest.mark.django_db
HIDDEN = "\u2028"
SOFT = "\u00ad"


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (TextField(), "a\ud800b", "half a character"),
        (TextField(is_dialect=True), "\udfff", "half a character"),
        (LinesField(), "a\ud800", "half a character"),
        (PairsField(), "mix", "“mix” is not a key and a name"),
        (PairsField(), "mix: A\nmix: B", "stands there twice"),
        (YearField(), "last year", "“last year” is not a year"),
        (YearField(), "20233", "“20233” is not a year"),
    ],
)
def test_a_field_says_what_cannot_be_stored_and_why(field, typed, message):
    with pytest.raises(ValidationError, match=message):
        field.clean(typed)


def test_spaces_that_have_a_meaning_stay():
    assert TextField(is_dialect=True).clean("\r\n    code\r\n\r\n") == "    code"
    assert TextField().clean("  words \r\n more  ") == "words \n more"


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


def test_each_problem_leads_to_the_input_that_holds_it(revision):
    form = form_for(revision.document)
    paths = ["why", "positions", "positions.0.says", "positions.0", "note", "", "nothing"]

    form.show([Problem("x", "X.", field=path) for path in paths])

    assert [(problem.id, problem.label) for problem in form.problems] == [
        ("id_why", "Why it has this label"),
        ("id_positions", "Who says what"),
        ("id_positions-0-says", "Position 1: What it says, in one sentence of ours"),
        ("id_positions-0-source", "Position 1: Source"),
        ("id_note", "What changed and why"),
        ("", ""),
        ("", ""),
    ]


def test_a_position_after_an_empty_row_has_its_problem_in_its_own_row(desk_of_ana, revision):
    again = position(2, source="clinic-a", product="mix", level="plausible")
    again |= {"positions__TOTAL_FORMS": 3, "preview": "1"}

    response = desk_of_ana.post(at("edit"), posted(revision, **again))

    places = [found.id for found in response.context["problems"]]
    assert "id_positions-2-says" in places


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


def stored(revision):
    return Revision.objects.get(pk=revision.pk).fields


@pytest.mark.parametrize("subject", [ARTICLE, "treatments/t"])
def test_a_text_is_saved_with_the_line_ends_of_files(desk_of_ana, article, ana, subject):
    revision = draft(shelf.document(subject), ana)

    desk_of_ana.post(at("edit", subject), posted(revision, body="One.\r\n\r\nTwo.\r\n"))

    assert stored(revision) == {**revision.fields, "body": "One.\n\nTwo."}


def test_the_article_form_names_the_addresses_its_editor_needs(desk_of_ana, article, ana):
    draft(article, ana)

    response = desk_of_ana.get(at("edit", ARTICLE)).text

    assert (
        'data-new-claim-url="/admin/desk/new/claims/?treatment=t&amp;topic=safety&amp;product="'
        in response
    )


@pytest.mark.parametrize(
    ("subject", "changed", "words"),
    [
        ("sources/clinic-a", {"year": "2023"}, {"year": 2023, "sells_treatment": False}),
        ("glossary/graft", {"also": "grafts\n\n the graft "}, {"also": ["grafts", "the graft"]}),
        (
            "treatments/t",
            {"products": "mix: A mix\nany: In general: all"},
            {"products": [["mix", "A mix"], ["any", "In general: all"]]},
        ),
    ],
)
def test_what_is_no_text_is_saved_as_its_type(desk_of_ana, claim, ana, subject, changed, words):
    shelf.publish(shelf.term_draft("graft", term="graft"))
    revision = draft(shelf.document(subject), ana)

    response = desk_of_ana.post(at("edit", subject), posted(revision, note="New.", **changed))

    assert response.status_code == 302
    assert stored(revision) == {**revision.fields, **words}


@of_every_kind
def test_saving_unchanged_words_changes_none(document):
    document = get_document(document.subject)
    data = QueryDict(mutable=True)
    data.update(posted(document.newest))
    form = form_for(document, data)

    assert form.is_valid(), form.refusals
    assert form.document_fields == drafts.saved_fields(document.newest)
    assert set(NEWS[document.subject]) <= set(form.document_fields)

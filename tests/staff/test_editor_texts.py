"""Articles, sources, glossary terms and treatments are saved as they were typed."""

import pytest
from django.http import QueryDict

from explainer.library import drafts
from explainer.library.models import Revision
from explainer.staff.documents import get_document
from explainer.staff.editor.forms import form_for
from tests.library import shelf
from tests.staff.rows import ARTICLE, NEWS, at, draft, of_every_kind, posted

pytestmark = pytest.mark.django_db


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

    assert 'data-new-claim-url="/admin/desk/new/claims/?treatment=t&amp;topic=safety"' in response


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

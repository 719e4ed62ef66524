"""Articles, sources, glossary terms and treatments are saved as they were typed."""

import pytest
from django.http import QueryDict
from explainer.staff.editor.form_factory import find, form_of

from explainer.library import beginning, publishing, words
from explainer.library.models import Article, ArticleVersion, GlossaryTerm, ReferenceVersion
from tests.library import shelf
from tests.staff.rows import ARTICLE, CLAIM, at, draft, posted

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_an_article_is_saved_and_an_overview_has_no_title_of_its_own(
    desk_of_ana, article, ana
) -> None:
    revision = draft(article, ana)
    overview = Article.objects.create(key="t", treatment=article.treatment)
    ArticleVersion.objects.create(
        article=overview, number=1, created_now=shelf.NOON, title="The treatment", summary="-"
    )

    given = posted(revision, title="Harms", body="One.\r\n\r\nTwo.\r\n")
    desk_of_ana.post(at("edit", ARTICLE), given)
    forged = posted(overview.versions.get(), title="Another name", summary="Short.")
    desk_of_ana.post(at("edit", "articles/t"), forged)

    saved = ArticleVersion.objects.get(pk=revision.pk)
    assert (saved.title, saved.body) == ("Harms", "One.\n\nTwo.")
    assert (overview.versions.get().title, overview.versions.get().summary) == (
        "The treatment",
        "Short.",
    )


def test_the_article_form_names_the_addresses_its_editor_needs(desk_of_ana, article, ana) -> None:
    draft(article, ana)

    response = text(desk_of_ana.get(at("edit", ARTICLE)))

    assert 'data-new-claim-url="/admin/desk/new/claims/?treatment=t&amp;topic=safety"' in response
    assert f'data-presence-url="{at("presence", ARTICLE)}"' in response


@pytest.mark.parametrize(
    ("subject", "changed", "stored"),
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
def test_a_reference_row_is_saved(desk_of_ana, claim, ana, subject, changed, stored) -> None:
    term = GlossaryTerm(key="graft", term="graft", definition="A piece of skin.")
    publishing.revise(rows=[term], by=None, reason="A test", now=shelf.NOON)
    revision = beginning.start(identity=subject, actor=ana, now=shelf.NOON)

    response = desk_of_ana.post(at("edit", subject), posted(revision, note="New.", **changed))

    saved = ReferenceVersion.objects.get(pk=revision.pk).words
    assert response.status_code == 302
    assert {name: saved[name] for name in stored} == stored
    assert set(saved) == set(revision.words)


def test_opening_and_saving_unchanged_words_changes_none(claim, article, ana) -> None:
    for subject in (CLAIM, ARTICLE, "sources/clinic-a", "treatments/t"):
        revision = find(subject).newest
        form = form_of(revision, _querydict(posted(revision)))

        assert form.is_valid(), form.refusals
        assert form.words() == {**words.saved_fields(revision)}


def _querydict(fields):
    given = QueryDict(mutable=True)
    given.update(fields)
    return given

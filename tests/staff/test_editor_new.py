"""Something new is begun with an address that fits, and nothing typed is lost on the way."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from explainer.library import beginning
from explainer.library.models import Article, Claim, ClaimVersion, ReferenceVersion
from explainer.library.words import words_of
from explainer.staff.editor.create_forms import suggested
from tests.library import shelf
from tests.staff.rows import ROW, at, staff

pytestmark = pytest.mark.django_db
CLAIM = {
    "statement": "The treatment may calm the scalp.", "treatment": "t", "topic": "faq",
    "kind": "effect", "bearing": "promise", "source": "clinic-a", "source_level": "plausible",
    "says": "Says so.", "note": "First version.",
}  # fmt: skip


@pytest.fixture
def desk_of_ana(client):
    client.force_login(staff("ana", "author"))
    shelf.treatment()
    return client


def new(part: str) -> str:
    return reverse("staff-new", args=[part])


def text(answer) -> str:
    return answer.content.decode()


def test_a_claim_is_begun_with_a_key_made_from_its_statement(desk_of_ana) -> None:
    answer = desk_of_ana.post(new("claims"), CLAIM)

    version = ClaimVersion.objects.get()
    assert answer.url == at("edit", "claims/t/the-treatment-may-calm-the-scalp")
    assert (version.level, version.note) == ("plausible", "First version.")
    assert words_of(version)["positions"] == [
        {"source": "clinic-a", "level": "plausible", "product": "", "says": "Says so."}
    ]


def test_a_begun_claim_opens_as_a_form_that_saves(desk_of_ana) -> None:
    opened = desk_of_ana.post(new("claims"), {**CLAIM, "key": "calm"}, follow=True)

    assert opened.redirect_chain[-1][0] == at("edit", "claims/t/calm")
    assert 'name="would_change"' in text(opened)
    assert "not public yet" in text(opened)


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"key": "Not A Key"}, "key", "cannot be a key"),
        ({"key": "2017"}, "key", "figures alone"),
        ({"key": "x" * 121}, "key", "at most 120"),
        ({"statement": "", "key": ""}, "key", "no words to make a key from"),
        ({"treatment": ""}, "treatment", "Which treatment"),
        ({"treatment": "gold"}, "treatment", "not one of the choices"),
        ({"source": ""}, "source", "Whose position"),
        ({"topic": "sports"}, "topic", "not one of the choices"),
    ],
)
def test_a_claim_that_cannot_be_begun_says_why_and_keeps_the_words(
    desk_of_ana, changed, field, told
) -> None:
    answer = desk_of_ana.post(new("claims"), {**CLAIM, "says": "Typed once.", **changed})

    assert told in answer.context["form"].errors[field][0]
    assert "Typed once." in text(answer)
    assert not Claim.objects.exists()


def test_a_key_in_use_is_told_at_the_key(desk_of_ana) -> None:
    desk_of_ana.post(new("claims"), {**CLAIM, "key": "calm"})

    answer = desk_of_ana.post(new("claims"), {**CLAIM, "key": "calm"})

    assert "exists already" in answer.context["form"].errors["key"][0]
    assert Claim.objects.count() == 1


def test_the_dialog_gets_the_form_alone_with_the_sentence_filled_in(desk_of_ana) -> None:
    asked = {"fragment": "1", "statement": 'A "<b>" sentence', "treatment": "t"}

    answer = desk_of_ana.get(new("claims"), asked)

    assert "<html" not in text(answer)
    assert "A &quot;&lt;b&gt;&quot; sentence</textarea>" in text(answer)
    assert '<option value="t" selected>' in text(answer)
    assert 'action="/admin/desk/new/claims/?fragment=1"' in text(answer)
    assert "csrfmiddlewaretoken" in text(answer)
    assert 'name="key" value="a-b-sentence"' in text(answer)
    assert 'id="id_' not in text(answer)


def test_the_dialog_gets_the_key_or_each_error_as_json(desk_of_ana) -> None:
    address = f"{new('claims')}?fragment=1"

    made = desk_of_ana.post(address, CLAIM)
    again = desk_of_ana.post(address, {**CLAIM, "topic": "sports"})

    assert (made.status_code, made.json()) == (
        201,
        {"key": "t/the-treatment-may-calm-the-scalp"},
    )
    assert again.status_code == 400
    assert list(again.json()["errors"]) == ["topic"]
    assert "Topic: “sports” is not" in again.json()["message"]


@pytest.mark.parametrize(
    ("typed", "key", "title"),
    [
        ({"page": "t/safety"}, "t/safety", "The treatment: Safety and harms"),
        ({"page": "t"}, "t", "The treatment"),
        ({"key": "our-team", "title": "Who we are"}, "our-team", "Who we are"),
        ({"title": "Who pays us"}, "who-pays-us", "Who pays us"),
    ],
)
def test_an_article_is_begun_where_one_is_missing(desk_of_ana, typed, key, title) -> None:
    answer = desk_of_ana.post(new("articles"), typed)

    article = Article.objects.get()
    assert answer.url == at("edit", f"articles/{key}")
    assert (article.key, article.versions.get().title) == (key, title)
    assert article.topic == key.partition("/")[2]


def test_a_topic_that_exists_is_not_offered_again(desk_of_ana) -> None:
    shelf.article_draft("t/safety")

    answer = desk_of_ana.post(new("articles"), {"page": "t/safety"})

    assert "is not one of the choices" in text(answer)
    assert 'value="t/faq"' in text(answer)


@pytest.mark.parametrize("key", ["glossary", "claims", "sources", "changes", "admin", "t"])
def test_an_address_of_the_site_itself_is_no_page(desk_of_ana, key) -> None:
    answer = desk_of_ana.post(new("articles"), {"key": key, "title": "Mine"})

    assert "taken" in answer.context["form"].errors["key"][0]
    assert not Article.objects.exists()


def test_a_treatment_takes_no_address_of_a_page(desk_of_ana) -> None:
    Article.objects.create(key="our-team")

    answer = desk_of_ana.post(new("treatments"), {"name": "Our team"})

    assert "taken" in answer.context["form"].errors["key"][0]


@pytest.mark.parametrize(
    ("part", "typed", "subject"),
    [
        ("sources", {**ROW, "title": "A trial", "year": "2020"}, "sources/a-trial-2020"),
        ("glossary", {"term": "Graft", "definition": "Skin."}, "glossary/graft"),
        ("treatments", {"name": "Red light", "role": "explained"}, "treatments/red-light"),
    ],
)
def test_a_reference_row_is_begun_and_readers_see_nothing_of_it(
    desk_of_ana, part, typed, subject
) -> None:
    given = {name: value for name, value in typed.items() if value not in (None, False)}

    answer = desk_of_ana.post(new(part), given, follow=True)

    assert answer.redirect_chain[-1][0] == at("edit", subject)
    assert answer.status_code == 200
    assert ReferenceVersion.objects.get(what=subject).state == "draft"


def test_a_page_for_an_unknown_kind_is_not_there(desk_of_ana) -> None:
    assert desk_of_ana.get(new("users")).status_code == 404


@pytest.mark.parametrize("part", ["claims", "articles", "sources", "glossary", "treatments"])
def test_every_field_of_a_new_form_has_a_label(desk_of_ana, part) -> None:
    answer = desk_of_ana.get(new(part))

    form = answer.context["form"]
    assert len(form.fields) > 3
    for bound in form:
        assert f'for="{bound.id_for_label}"' in text(answer), bound.name


def test_a_locked_database_keeps_what_was_typed(desk_of_ana, monkeypatch) -> None:
    def locked(**_given):
        raise OperationalError("database is locked")

    monkeypatch.setattr(beginning, "begin_claim", locked)

    answer = desk_of_ana.post(new("claims"), CLAIM)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert CLAIM["statement"] in text(answer)


def test_a_suggested_key_is_cut_between_words() -> None:
    assert (
        suggested("It may help. " * 9)
        == "it-may-help-it-may-help-it-may-help-it-may-help-it-may-help"
    )
    assert suggested("Wäscht_Haare -- 2") == "wascht-haare-2"
    assert suggested("x" * 80) == "x" * 60

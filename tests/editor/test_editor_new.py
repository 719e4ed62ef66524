"""Something new is begun with an address that fits, and nothing typed is lost on the way."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from lxml import html

from explainer.editor.create import suggested
from explainer.kinds import ARTICLE, SOURCE, TREATMENT
from explainer.kinds import CLAIM as CLAIM_KIND
from explainer.library import drafts
from explainer.library.models import Document
from tests.library import shelf
from tests.staff.rows import ROW, at

pytestmark = pytest.mark.django_db
CLAIM = {
    "name": "A calmer scalp", "statement": "The treatment may calm the scalp.",
    "treatment": "t", "topic": "faq",
    "kind": "effect", "bearing": "promise", "source": "clinic-a", "source_level": "plausible",
    "finding": "asserts",
    "says": "Says so.", "note": "First revision.",
}  # fmt: skip
UNSAID = {"source": "", "source_level": "", "finding": "", "says": ""}


@pytest.fixture(autouse=True)
def _treatment(db):
    shelf.treatment()


def new(part: str) -> str:
    return reverse("staff-new", args=[part])


def test_a_claim_is_begun_with_a_key_made_from_its_name(desk_of_ana):
    response = desk_of_ana.post(new("claims"), CLAIM)

    revision = shelf.document("claims/t/a-calmer-scalp").newest
    assert response.url == at("edit", "claims/t/a-calmer-scalp")
    assert (revision.label.line, revision.note) == ("Plausible, in theory only.", "First revision.")
    assert revision.fields["positions"] == [shelf.position()]


def test_a_begun_claim_opens_as_a_form_that_saves(desk_of_ana):
    opened = desk_of_ana.post(new("claims"), {**CLAIM, "key": "calm"}, follow=True)

    assert opened.redirect_chain[-1][0] == at("edit", "claims/t/calm")
    assert 'name="would_change"' in opened.text
    assert "not public yet" in opened.text


@pytest.mark.parametrize(
    ("part", "changed", "field", "message"),
    [
        ("claims", {"key": "Not A Key"}, "key", "cannot be a key"),
        ("claims", {"key": "2017"}, "key", "figures alone"),
        ("claims", {"key": "x" * 121}, "key", "at most 120"),
        ("claims", {"key": "calm"}, "key", "exists already"),
        ("claims", {"name": "", "key": ""}, "key", "no words to make a key from"),
        ("claims", {"treatment": ""}, "treatment", "Which treatment"),
        ("claims", {"treatment": "gold"}, "treatment", "not one of the choices"),
        ("claims", {"source": ""}, "source", "Whose position"),
        ("claims", {**UNSAID, "finding": "supports"}, "source", "Whose position"),
        ("claims", {"topic": "sports"}, "topic", "not one of the choices"),
        ("articles", {"title": "Mine", "key": "mine"}, "menu", "Where do readers find it?"),
        ("articles", {"page": "t/safety"}, "page", "is not one of the choices"),
        *(
            ("articles", {"key": key, "title": "Mine", "menu": "none"}, "key", f"/{key}/")
            for key in ("glossary", "claims", "sources", "changes", "admin", "t")
        ),
        ("treatments", {"name": "Our team"}, "key", "taken"),
    ],
)
def test_what_cannot_be_begun_says_why_and_keeps_the_words(
    desk_of_ana, part, changed, field, message
):
    shelf.claim_draft("calm")
    shelf.article_draft("t/safety")
    shelf.article_draft("our-team", body="")
    before = Document.objects.count()
    typed = {**(CLAIM if part == "claims" else {}), "note": "Typed once.", **changed}

    response = desk_of_ana.post(new(part), typed)

    assert message in response.context["form"].errors[field][0]
    assert "Typed once." in response.text
    assert Document.objects.count() == before


def test_the_dialog_gets_the_form_alone_with_the_sentence_filled_in(desk_of_ana):
    asked = {"fragment": "1", "statement": 'A "<b>" sentence', "treatment": "t"}

    response = desk_of_ana.get(new("claims"), asked)

    assert "<html" not in response.text
    assert "A &quot;&lt;b&gt;&quot; sentence</textarea>" in response.text
    assert '<option value="t" selected>' in response.text
    assert 'action="/admin/desk/new/claims/?fragment=1"' in response.text
    assert "csrfmiddlewaretoken" in response.text
    assert 'name="name" value="B sentence"' in response.text
    assert html.fromstring(response.text).forms[0].fields["key"] is None
    assert 'id="id_' not in response.text


def test_a_name_that_is_given_has_its_key_filled_in(desk_of_ana):
    page = desk_of_ana.get(new("claims"), {"name": "Hair in spring", "statement": "Hair grows."})

    assert 'name="name" value="Hair in spring"' in page.text
    assert 'name="key" value="hair-in-spring"' in page.text


def test_what_the_dialog_proposes_is_a_claim_in_one_step(desk_of_ana):
    sentence = "Clinics say that *it thickens thin hair*, but no study we found shows it."
    asked = {"fragment": "1", "statement": sentence, "treatment": "t"}
    form = html.fromstring(desk_of_ana.get(new("claims"), asked).text).forms[0]

    made = desk_of_ana.post(form.action, dict(form.form_values()))

    assert (made.status_code, made.json()) == (201, {"key": "t/thickens-thin-hair"})
    fields = shelf.document("claims/t/thickens-thin-hair").newest.fields
    assert (fields["name"], fields["statement"]) == ("Thickens thin hair", sentence)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (
            "Clinics say *biotin makes hair strong*, but no study did.",
            "Biotin makes hair strong",
        ),
        ("Some clinics promise that the mix works for years.", "Mix works for years"),
        ("The needles can leave small bruises, which fade.", "Needles leave small bruises"),
        ("In 40 out of 100 people hair fell out again.", "In 40 out of 100"),
        ("A * alone", "Alone"),
        ("", ""),
    ],
)
def test_a_name_is_proposed_from_what_is_said(statement, name):
    assert CLAIM_KIND.proposed({"statement": statement}) == {"name": name}


def test_the_dialog_gets_the_key_or_each_error_as_json(desk_of_ana):
    address = f"{new('claims')}?fragment=1"

    made = desk_of_ana.post(address, CLAIM)
    again = desk_of_ana.post(address, {**CLAIM, "topic": "sports"})

    assert (made.status_code, made.json()) == (201, {"key": "t/a-calmer-scalp"})
    assert again.status_code == 400
    assert list(again.json()["errors"]) == ["topic"]
    assert "Topic: “sports” is not" in again.json()["message"]


@pytest.mark.parametrize(
    ("typed", "key", "title"),
    [
        ({"page": "t/safety"}, "t/safety", "The treatment: Safety and harms"),
        ({"key": "our-team", "title": "Who we are", "menu": "none"}, "our-team", "Who we are"),
        ({"title": "Who pays us", "menu": "help"}, "who-pays-us", "Who pays us"),
    ],
)
def test_an_article_is_begun_where_one_is_missing(desk_of_ana, typed, key, title):
    response = desk_of_ana.post(new("articles"), typed)

    article = Document.objects.get(kind=ARTICLE)
    assert response.url == at("edit", f"articles/{key}")
    assert (article.key, article.newest.fields["title"]) == (key, title)
    assert article.topic == key.partition("/")[2]
    # A treatment's page is listed with it, so nobody is asked.
    assert article.newest.fields["menu"] == typed.get("menu", "footer")


@pytest.mark.parametrize(
    ("key", "menu", "way"),
    [
        ("our-team", "none", "Nowhere: only where a text links it."),
        ("our-team", "footer", "In the footer."),
        ("t/safety", "footer", "Among the pages of its treatment."),
        ("t/safety", "none", "Nowhere: only where a text links it."),
    ],
)
def test_form_and_review_say_where_readers_will_find_a_page(desk_of_ana, key, menu, way):
    words = {"title": "Mine", "menu": menu}
    author = User.objects.get(username="ana")
    drafts.create(kind=ARTICLE, key=key, fields=words, actor=author, now=timezone.now())

    form, review = (desk_of_ana.get(at(to, f"articles/{key}")).text for to in ("edit", "review"))

    assert f"Where readers will find it, as this version says: {way}" in form
    assert f"Where readers will find it: {way}" in review


def test_nothing_is_chosen_for_who_begins_a_page(desk_of_ana):
    form = html.fromstring(desk_of_ana.get(new("articles")).text)

    chosen = form.xpath("//select[@name='menu']/option[@selected]")
    assert [option.get("value") for option in chosen] in ([], [""])
    assert "In none, readers find it only where a text links it" in form.text_content()


def test_a_topic_that_exists_is_not_offered_again(desk_of_ana):
    shelf.article_draft("t/safety")

    page = desk_of_ana.get(new("articles")).text

    assert ('value="t/safety"' in page, 'value="t/faq"' in page) == (False, True)


@pytest.mark.parametrize(
    ("part", "typed", "subject"),
    [
        ("sources", {**ROW, "title": "A trial", "year": "2020"}, "sources/a-trial-2020"),
        ("glossary", {"term": "Graft", "definition": "Skin."}, "glossary/graft"),
        ("treatments", {"name": "Red light", "role": "explained"}, "treatments/red-light"),
    ],
)
def test_a_document_is_begun_and_readers_see_nothing_of_it(desk_of_ana, part, typed, subject):
    fields = {name: value for name, value in typed.items() if value not in (None, False)}

    response = desk_of_ana.post(new(part), fields, follow=True)

    assert response.redirect_chain[-1][0] == at("edit", subject)
    assert response.status_code == 200
    assert shelf.document(subject).newest.state == "draft"
    assert shelf.document(subject).live is None


def test_a_page_for_an_unknown_kind_is_not_there(desk_of_ana):
    assert desk_of_ana.get(new("users")).status_code == 404


@pytest.mark.parametrize("part", ["claims", "articles", "sources", "glossary", "treatments"])
def test_every_field_of_a_new_form_has_a_label(desk_of_ana, part):
    response = desk_of_ana.get(new(part))

    form = response.context["form"]
    assert len(form.fields) > 3
    for bound in form:
        assert f'for="{bound.id_for_label}"' in response.text, bound.name


def test_a_suggested_key_is_cut_between_words():
    words = {
        "It may help. " * 9: "it-may-help-it-may-help-it-may-help-it-may-help-it-may-help",
        "Wäscht_Haare -- 2": "wascht-haare-2",
        "x" * 80: "x" * 60,
    }

    assert [suggested(SOURCE, {"title": title}) for title in words] == list(words.values())


def check(client, **typed):
    return client.post(reverse("live-new-claim"), {**CLAIM, **typed}).json()


def test_a_claim_that_is_not_made_yet_is_checked_as_saving_checks_it(desk_of_ana):
    found = check(desk_of_ana, statement="The treatment calms the scalp.")

    (problem,) = found["problems"]
    assert problem["id"] == "new_statement"
    assert "does not say that this is plausible" in problem["message"]
    assert found["open"] == ["What would change the label", "Why it has this label"]
    assert check(desk_of_ana)["problems"] == []
    assert not Document.objects.filter(key__startswith="t/").exists()


def test_what_is_wrong_with_the_first_position_stands_at_its_fields(desk_of_ana):
    found = check(desk_of_ana, source_level="grounded")

    assert {it["id"] for it in found["problems"]} <= {"new_source_level", "new_finding"}
    assert found["problems"]


def test_a_statement_waits_for_what_decides_its_label(desk_of_ana):
    found = check(desk_of_ana, **UNSAID)

    assert (found["waits"], found["problems"]) == (True, [])
    assert check(desk_of_ana)["waits"] is False


def test_what_cannot_be_begun_is_told_before_it_is(desk_of_ana):
    (found,) = check(desk_of_ana, source="")["problems"]

    assert (found["id"], found["message"]) == (
        "new_source",
        "Whose position is this? Choose the source.",
    )


@pytest.mark.parametrize(
    ("asked", "product"),
    [
        ({"statement": "It helps."}, "any"),
        ({"statement": "It helps.", "product": "biotin"}, "biotin"),
        ({"statement": "Biotin by needle helps.", "product": "prp"}, "biotin"),
        ({"statement": "PRP and biotin by needle help."}, "any"),
    ],
)
def test_the_product_is_the_one_that_the_sentence_names_or_its_article(desk_of_ana, asked, product):
    products = [["prp", "Blood"], ["biotin", "Biotin by needle, a vitamin"], ["any", "All of it"]]
    offers = shelf.draft(TREATMENT, "s", **{**shelf.TREATMENT_FIELDS, "products": products})
    shelf.publish(offers)

    page = desk_of_ana.get(new("claims"), {"fragment": "1", "treatment": "s", **asked})

    assert html.fromstring(page.text).forms[0].fields["product"] == product


def test_before_a_treatment_is_chosen_the_products_of_all_are_offered(desk_of_ana):
    page = html.fromstring(desk_of_ana.get(new("claims"), {"fragment": "1"}).text)

    assert page.forms[0].fields["product"] == "any"
    assert page.xpath("//select[@name='product']/optgroup/@label")

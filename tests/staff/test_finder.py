"""The desk's search box: a public page's address opens its editor, words find documents."""

import pytest
from django.urls import reverse

from explainer.kinds import ARTICLE, BY_PATH, KINDS
from explainer.library.models import Document
from explainer.staff.finder import editor_of
from tests.library import people, shelf
from tests.staff.rows import at, of_each_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    of_each_kind()


@pytest.fixture
def find(site, desk_of_ana):
    return lambda typed: desk_of_ana.get(reverse("staff-find"), {"q": typed})


def list_of(model):
    return reverse(f"admin:library_{model}_changelist")


def test_the_address_of_every_document_opens_its_editor(site):
    there = {d.get_absolute_url(): d.subject for d in Document.objects.all()}

    assert len({d.kind for d in Document.objects.all()}) == len(KINDS) - 1  # no record is public
    assert {one: editor_of(one) for one in there} == {
        one: at("edit", subject) for one, subject in there.items()
    }


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("/t/safety/#some-heading", "articles/t/safety"),
        ("/t/safety", "articles/t/safety"),
        ("/t/safety.md", "articles/t/safety"),
        ("/claims/t/hope.json", "claims/t/hope"),
        ("/past/2026-01-02/claims/t/hope/", "claims/t/hope"),
        ("/questions/t/", "treatments/t"),
    ],
)
def test_other_forms_of_a_page_open_the_same_editor(site, address, subject):
    assert editor_of(address) == at("edit", subject)


def test_the_first_page_has_an_editor(db):
    home = Document.objects.create(kind=ARTICLE, key="home")

    assert editor_of("/") == editor_of("/index.md") == at("edit", home.subject)


@pytest.mark.parametrize(
    ("address", "model"),
    [
        ("/claims/", "claim"),
        ("/claims/map/", "claim"),
        ("/claims.json", "claim"),
        ("/sources/", "source"),
        ("/glossary/", "glossaryterm"),
        ("/records/", "record"),
    ],
)
def test_a_list_of_readers_opens_the_list_of_staff(db, address, model):
    assert editor_of(address) == list_of(model)


@pytest.mark.parametrize(
    "typed",
    [
        "/claims/t/hope/",
        "http://testserver/claims/t/hope/?from=mail",
        "testserver/claims/t/hope/",
        "https://hair.example/claims/t/hope/",
        "  /claims/t/hope/  ",
    ],
)
def test_an_address_of_this_site_is_known_however_it_is_pasted(find, settings, typed):
    settings.SITE_URL = "https://hair.example"

    assert find(typed)["Location"] == at("edit", "claims/t/hope")


@pytest.mark.parametrize(
    "typed",
    ["https://elsewhere.example/claims/t/hope/", "//elsewhere.example/claims/t/hope/", "http://["],
)
def test_an_address_of_another_site_opens_nothing(find, typed):
    assert find(typed).status_code == 200


@pytest.mark.parametrize("typed", ["/search/", "/claims/t/none/", "/%00/", "/images/zz.png"])
def test_an_address_with_no_document_says_so(find, typed):
    assert "No document stands behind" in find(typed).text


def test_words_find_what_is_public_and_what_is_not(find, ana):
    hidden = people.drafted(shelf.document("claims/t/hope"), ana, name="Hope of growth")

    page = find("hope GROWTH").text

    assert at("edit", hidden.subject) in page
    assert "claims/t/hope" not in find("nothing-has-this").text


def test_what_adverts_say_finds_a_claim(find, ana):
    people.drafted(shelf.document("claims/t/hope"), ana, heard=["no time off work"])

    assert at("edit", "claims/t/hope") in find("time off").text


def test_the_box_stands_on_the_first_page_and_where_nothing_is(find, desk_of_ana):
    box = f'action="{reverse("staff-find")}"'

    assert box in desk_of_ana.get(reverse("admin:index")).text
    assert box in desk_of_ana.get("/admin/nothing-here/").text


def test_every_kind_has_a_list_that_its_path_opens(db):
    assert all(editor_of(f"/{path}/") for path in BY_PATH)


def found_places(find, typed):
    return {one["subject"]: one["comment"] for one in find(typed).context["found"]["lines"]}


def test_part_of_a_sentence_finds_the_page_that_has_it_and_says_where(find, ana) -> None:
    body = "[](claim:t/hope)\n\n[Though some say *pebbles roll*, none of ours did.](background:)"
    people.drafted(shelf.document("articles/t/safety"), ana, body=body)

    places = found_places(find, "pebbles roll, none of")

    assert places == {"articles/t/safety": "Text: Though some say pebbles roll, none of ours did."}
    assert "pebbles roll, none of ours" in find("pebbles ROLL, none").text


def test_of_a_long_paragraph_the_words_that_were_typed_are_shown(find, ana) -> None:
    body = f"[{'Pebbles roll down a hill. ' * 9}Pebbles rest at sea.](background:)"
    people.drafted(shelf.document("articles/t/safety"), ana, body=body)

    place = found_places(find, "pebbles rest")["articles/t/safety"]

    assert "Pebbles rest at sea." in place
    assert place.startswith("Text: … ")


def test_the_words_that_readers_see_are_found_though_a_draft_has_others(find, ana) -> None:
    people.drafted(shelf.document("articles/t/safety"), ana, title="Pebbles in a draft")

    public, draft = found_places(find, "a title"), found_places(find, "pebbles in")

    assert public["articles/t/safety"] == "Title, as readers see it now: A title"
    assert draft["articles/t/safety"] == "Title: Pebbles in a draft"


def test_words_in_one_piece_come_before_the_same_words_apart(find, ana) -> None:
    apart = "[Stones that roll are pebbles.](background:)"
    people.drafted(shelf.document("articles/t/safety"), ana, body=apart)
    people.drafted(shelf.document("claims/t/hope"), ana, why="[Here pebbles roll.](background:)")

    assert [*found_places(find, "pebbles roll")] == ["claims/t/hope", "articles/t/safety"]


def test_a_sentence_of_a_claim_says_which_pages_show_it(find) -> None:
    title = shelf.document("articles/t/safety").title
    words = shelf.document("claims/t/hope").live.fields["statement"].replace("*", "")

    assert f"shown on: {title}" in found_places(find, f'"{words}"')["claims/t/hope"]


def test_a_page_is_found_by_its_name_in_the_menus(find) -> None:
    places = found_places(find, "Safety and harms")

    assert places["articles/t/safety"].startswith("Name in the menus: ")
    assert places["articles/t/safety"].endswith(": Safety and harms")


def test_finding_words_takes_a_few_statements(find, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(10):
        find("the treatment may")

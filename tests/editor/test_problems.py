"""One list says what to put right: the same while an article is typed and once it is saved."""

from dataclasses import asdict

import pytest
from django.core.cache import cache
from django.urls import reverse

from explainer.kinds import ARTICLE as ARTICLE_KIND
from explainer.kinds import KINDS
from explainer.kinds.schema import Text
from explainer.library.validation import all_problems
from tests.library import shelf
from tests.staff.rows import ARTICLE, at, draft, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(article, ana, desk_of_ana):
    cache.clear()
    revision = draft(article, ana)

    def told(**changed) -> tuple[list[dict], list[dict]]:
        """Give what is told of the article's form before it is saved, and after."""
        fields = {"subject": ARTICLE, **posted(revision, **changed)}
        live = desk_of_ana.post(reverse("live-text"), fields, headers={"X-Background": "1"})
        desk_of_ana.post(at("edit", ARTICLE), posted(revision, **changed))
        saved = desk_of_ana.get(at("edit", ARTICLE)).context["problems"]
        return live.json()["problems"], [asdict(found) for found in saved]

    return told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"body": "[](claim:t/hope)\n\nBare words."}, ["id_body"]),
        ({"summary": "[](claim:t/hop)"}, ["id_summary"]),
        ({"title": "", "body": "Bare words."}, ["id_body", "id_title"]),
        ({"summary": "", "body": "More words."}, ["id_body", "id_summary"]),
        ({"body": "[](claim:t/new)"}, ["id_body"]),
        ({"body": "[](claim:t/open)"}, ["id_body"]),
    ],
    ids=["bare words", "unknown claim", "no title", "two fields", "a draft", "unfinished"],
)
def test_the_list_while_typing_is_the_list_after_saving(ask, changed, told):
    shelf.claim_draft("new")
    shelf.claim_draft("open", positions=[shelf.position("unsupported")])

    live, saved = ask(note="Why.", **changed)

    assert live == saved
    assert sorted({found["id"] for found in live} - {""}) == told


def test_what_cannot_be_stored_is_told_at_its_field(ask):
    live, _ = ask(note="x" * 501)

    assert [found["id"] for found in live] == ["id_note"]


def test_a_claim_that_is_a_draft_and_one_that_is_unfinished_are_told_apart(ask):
    shelf.claim_draft("new")
    shelf.claim_draft("open", positions=[shelf.position("unsupported")])

    _, saved = ask(note="Why.", body="[](claim:t/new)\n\n[](claim:t/open)")

    told = {found["line"]: (found["severity"], found["message"]) for found in saved}
    draft_of_new = "The claim 't/new' is still a draft. Publish it first, or with this."
    assert told[1] == ("warning", draft_of_new)
    assert told[3][0] == "error"
    assert "The draft of the claim 't/open' is not finished" in told[3][1]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.texts], ids=lambda kind: kind.name)
def test_words_that_a_page_lacks_are_told_with_all_else(claim, kind):
    page = shelf.article_draft() if kind is ARTICLE_KIND else shelf.document("treatments/t").live
    names = [field.name for field in kind.schema if field.required and isinstance(field.type, Text)]
    assert len(names) > len(kind.texts)
    for name in names:
        page.fields = {**page.entry.fields, kind.texts[-1]: "Bare words.", name: ""}

        found = {(problem.code, problem.field) for _, problem in all_problems([page])}

        assert ("missing", name) in found
        assert name == kind.texts[-1] or ("untagged-words", kind.texts[-1]) in found

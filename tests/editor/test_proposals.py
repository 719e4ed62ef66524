"""Sentences without a label: what is proposed live and on the page, and what a button does."""

import pytest
from django.urls import reverse
from lxml import html

from explainer.library.models import Revision
from tests.library import shelf
from tests.staff.rows import ARTICLE, CLAIM, at, draft, posted

pytestmark = pytest.mark.django_db
WALK = reverse("staff-proposals", args=[ARTICLE])


@pytest.fixture
def revision(article, ana):
    return draft(article, ana)


def saved(revision, body):
    Revision.objects.filter(pk=revision.pk).update(
        fields={**Revision.objects.get(pk=revision.pk).fields, "body": body}
    )


def body_of(revision):
    return Revision.objects.get(pk=revision.pk).fields["body"]


def press(client, revision, do, **more):
    row = Revision.objects.get(pk=revision.pk)
    form = {"number": row.number, "base": row.lock_version, "field": "body", "start": 0, "do": do}
    return client.post(WALK, {**form, **more}, follow=True)


def ask(client, **sent):
    return client.post(reverse("live-proposals"), {"article": "t/safety", **sent}).json()


def test_the_statement_of_a_claim_is_proposed_as_the_same_words(desk_of_ana, revision):
    said = shelf.document(CLAIM).live.fields["statement"].replace("*", "")

    told = ask(desk_of_ana, body=f"A.\n\n{said}", field="body", at="3")

    assert (told["best"], told["treatment"]) == ("same t/hope", "t")
    edit = told["choices"][0]["actions"][0]["edit"]
    assert (edit["was"], edit["words"]) == (said, "[](claim:t/hope)")


def test_places_are_counted_as_javascript_counts_them(desk_of_ana, claim):
    before = "[\U0001f600 Hair grows.](background:) "

    told = ask(desk_of_ana, body=f"{before}Ask a doctor.", field="body", at="0")

    assert told["start"] == len(before) + 1


def test_the_walk_goes_on_goes_back_and_begins_anew(desk_of_ana, claim):
    texts = {"summary": "One thing.", "body": "Ask a doctor. Wash your hair."}

    def told(field, place, **more):
        return ask(desk_of_ana, **texts, field=field, at=str(place), **more)["words"]

    assert told("summary", 0) == "One thing."
    assert told("summary", 10) == "Ask a doctor."
    assert told("body", 13) == "Wash your hair."
    assert told("body", 99) == "One thing."
    assert told("body", 14, back="1") == "Ask a doctor."


def test_a_text_with_nothing_untagged_has_no_proposal(desk_of_ana, claim):
    assert ask(desk_of_ana, body="[](claim:t/hope)") == {"total": 0}


@pytest.mark.parametrize("place", ["", "-1", "x", "9" * 20])
def test_a_crafted_place_is_answered(desk_of_ana, claim, place):
    assert (
        ask(desk_of_ana, body="Ask a doctor.", field="\x00", at=place)["words"] == "Ask a doctor."
    )


def test_the_page_works_without_a_script(desk_of_ana, revision):
    saved(revision, "Ask a doctor first.\n\n[](claim:t/hope)")

    page = html.fromstring(desk_of_ana.get(WALK).text)

    assert page.xpath("//blockquote/text()") == ["Ask a doctor first."]
    assert page.xpath("//button[@name='do'][@data-best]/@value") == ["guidance"]
    press(desk_of_ana, revision, "guidance")
    assert body_of(revision) == "::: guidance\nAsk a doctor first.\n:::\n\n[](claim:t/hope)"


def test_a_greeting_is_taken_out_with_a_button(desk_of_ana, revision):
    saved(revision, "Thank you for choosing our clinic. Ask a doctor first.")

    press(desk_of_ana, revision, "out")

    assert body_of(revision) == "Ask a doctor first."


def test_what_a_rule_refuses_is_told_and_cannot_be_posted(desk_of_ana, revision):
    saved(revision, "It will cure you.")

    assert "What it cannot be, and why" in desk_of_ana.get(WALK).text
    page = press(desk_of_ana, revision, "guidance")

    assert body_of(revision) == "It will cure you."
    assert "Guidance is an instruction" in page.text


@pytest.mark.parametrize("sent", [{"base": 99}, {"number": 7}, {"start": 3}, {"field": "x"}])
def test_a_text_that_is_another_by_now_is_left_as_it_is(desk_of_ana, revision, sent):
    saved(revision, "Ask a doctor first.")

    page = press(desk_of_ana, revision, "guidance", **sent)

    assert body_of(revision) == "Ask a doctor first."
    assert "changed in the meantime" in page.text


def test_several_wordings_that_were_marked_are_added_when_the_text_is_saved(desk_of_ana, revision):
    words = ["Some hair might be helped.", "It might help some."]
    body = "\n\n".join(f"[{one}](claim:t/hope)" for one in words)
    form = posted(revision, body=body)

    added = {"add-wording": [f"t/hope {one}" for one in words]}
    desk_of_ana.post(at("edit", ARTICLE), {**form, **added})

    assert shelf.document(CLAIM).newest.fields["wordings"] == words


def test_a_new_claim_shows_what_there_is_already(desk_of_ana, claim):
    said = shelf.document(CLAIM).live.fields["statement"].replace("*", "")

    page = desk_of_ana.get(
        reverse("staff-new", args=["claims"]), {"statement": said, "treatment": "t"}
    )

    assert "There is already" in page.text
    assert "The same words." in page.text

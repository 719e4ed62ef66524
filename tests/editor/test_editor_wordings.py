"""Words in a claim's brackets become a wording of the claim in one step, and nothing is lost."""

from html import unescape

import pytest
from django.urls import reverse
from lxml import html

from explainer.library import drafts
from explainer.library.models import Revision
from tests.library import people, shelf
from tests.staff.rows import ARTICLE, CLAIM, at, draft, posted, staff

pytestmark = pytest.mark.django_db
WORDING = "Some hair might be helped."
BODY = f"[](claim:t/hope)\n\n[{WORDING}](claim:t/hope)"
STEP = {"add-wording": f"t/hope {WORDING}"}


@pytest.fixture
def revision(article, ana):
    return draft(article, ana)


def step(client, revision, form=STEP, **words):
    typed = posted(revision, **{"body": BODY, "title": "A new title", **words})
    return client.post(at("edit", ARTICLE), {**typed, **form}, follow=True)


def button(page):
    (found,) = html.fromstring(page.text).xpath("//button[@name='add-wording']")
    return found


def claim_now():
    return shelf.document(CLAIM).newest


def test_beside_the_problem_stands_the_step(desk_of_ana, revision):
    page = step(desk_of_ana, revision, {})

    assert button(page).get("value") == STEP["add-wording"]
    form = html.fromstring(page.text).get_element_by_id(button(page).get("form"))
    assert form.get("action") == at("edit", ARTICLE)


def test_beside_words_that_are_no_whole_statement_stands_no_step(desk_of_ana, revision):
    page = step(desk_of_ana, revision, {}, body="[some hair](claim:t/hope)")

    assert "Leave the brackets empty" in page.text
    assert "add-wording" not in page.text


def test_words_that_go_along_are_no_problem_and_it_is_told_what_saving_does(desk_of_ana, revision):
    typed = {**posted(revision, body=BODY), **STEP}

    page = html.fromstring(desk_of_ana.post(at("edit", ARTICLE), {**typed, "preview": "1"}).text)
    asked = desk_of_ana.post(reverse("live-text"), {**typed, "subject": ARTICLE}).json()
    alone = desk_of_ana.post(reverse("live-text"), {"body": BODY, **STEP}).json()

    (told,) = page.xpath("//li[@class='staff__step'][strong='Goes along.']")
    assert "is added to the draft of the claim 't/hope' as a wording" in told.text_content()
    for answer in (asked, alone):
        steps = [it for it in answer["problems"] if it["severity"] == "step"]
        assert [(it["line"], it["adds"]) for it in steps] == [(3, "")]
    assert not page.xpath("//button[@name='add-wording']")
    assert not claim_now().is_open


def test_enter_saves_and_adds_nothing(desk_of_ana, revision):
    page = html.fromstring(step(desk_of_ana, revision, {}).text)

    own = "//form[@id='edit-form']//button[@type='submit'] | //button[@form='edit-form']"
    assert page.xpath(own)[0].get("name") not in ("add-wording", "preview", "submit")


def test_the_step_saves_the_text_and_adds_the_words_to_the_claims_draft(desk_of_ana, revision):
    page = step(desk_of_ana, revision)

    saved = Revision.objects.get(pk=revision.pk).fields
    assert (saved["body"], saved["title"]) == (BODY, "A new title")
    assert (claim_now().state, claim_now().fields["wordings"]) == ("draft", [WORDING])
    assert "it is published before this text, or together with it" in page.text
    assert "Publish that draft first, or with this." in unescape(page.text)
    assert "add-wording" not in page.text


def test_words_that_fail_the_checks_are_not_added_and_the_text_is_kept(desk_of_ana, revision):
    body = "[It works for all.](claim:t/hope)"

    page = step(desk_of_ana, revision, {"add-wording": "t/hope It works for all."}, body=body)

    assert Revision.objects.get(pk=revision.pk).fields["body"] == body
    assert not claim_now().is_open
    assert "Your text is saved." in page.text
    assert "does not say that this is plausible" in page.text


def test_a_claim_in_review_says_so_and_the_text_is_kept(desk_of_ana, revision, claim):
    people.submitted(claim, staff("ben", *people.ALL))

    page = step(desk_of_ana, revision)

    assert "This is in review. Take it back to change it." in page.text
    assert Revision.objects.get(pk=revision.pk).fields["body"] == BODY


@pytest.mark.parametrize("race", [drafts.Conflict, drafts.AlreadyOpen])
def test_somebody_who_is_quicker_costs_the_wording_and_not_the_text(
    desk_of_ana, revision, monkeypatch, race
):
    def too_late(**_):
        raise race(revision)

    monkeypatch.setattr("explainer.library.wordings.add", too_late)
    page = step(desk_of_ana, revision)

    assert "Your text is saved." in page.text
    assert Revision.objects.get(pk=revision.pk).fields["body"] == BODY


@pytest.mark.parametrize("crafted", ["", "t/hope", "t/none Words.", "../x y", "\x00 a", "t/hope  "])
def test_a_crafted_step_saves_the_text_and_does_no_more(desk_of_ana, revision, crafted):
    page = step(desk_of_ana, revision, {"add-wording": crafted})

    assert page.status_code == 200
    assert "There is no such claim" in page.text
    assert Revision.objects.get(pk=revision.pk).fields["body"] == BODY
    assert not claim_now().is_open


def test_of_a_text_that_somebody_else_saved_nothing_is_added(desk_of_ana, revision):
    step(desk_of_ana, revision, {})

    page = step(desk_of_ana, revision, title="Mine")

    assert page.status_code == 409
    assert "Mine" in page.text
    assert not claim_now().is_open


def test_who_may_not_write_adds_nothing(client, revision):
    client.force_login(staff("ron", "reviewer"))

    assert step(client, revision).status_code == 403
    assert not claim_now().is_open

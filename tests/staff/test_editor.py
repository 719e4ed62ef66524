"""Staff open what there is, start a revision, and save drafts, whole or not."""

import pytest
from django.urls import reverse

from explainer.library import drafts
from explainer.library.models import Revision, State
from explainer.library.validation import coming
from tests.library import shelf
from tests.staff.rows import ARTICLE, at, draft, posted, staff

pytestmark = pytest.mark.django_db


def trial(key="trial-1"):
    """Publish another source, and give its document."""
    revision = shelf.source_draft(key, title="A trial", kind="trial")
    shelf.publish(revision)
    return revision.document


def test_a_published_claim_opens_to_read_with_a_button_to_start(desk_of_ana, claim, article):
    response = desk_of_ana.get(at("edit"))

    assert response.status_code == 200
    assert "The treatment may help some hair." in response.text
    assert f'action="{at("start")}"' in response.text
    assert "Says so." in response.text
    assert f'href="{at("edit", ARTICLE)}">A title' in response.text
    assert "Withdraw" not in response.text


def test_a_publisher_may_withdraw_or_raise_caution_from_there(client, claim):
    client.force_login(staff("pia", "publisher"))

    response = client.get(at("edit"))

    assert at("withdraw") in response.text
    assert at("caution") in response.text
    assert at("start") not in response.text


def test_a_draft_is_saved_with_its_positions(desk_of_ana, claim, ana):
    revision = draft(claim, ana)
    source = trial()
    more = {
        "positions__TOTAL_FORMS": 5,
        "positions__0__product": "any",
        "positions__1__source": source.pk,
        "positions__1__level": "unsupported",
        "positions__1__product": "mix",
        "positions__1__says": "Found nothing.",
    }

    response = desk_of_ana.post(at("edit"), posted(revision, reason="not-studied", **more))

    saved = Revision.objects.get(pk=revision.pk)
    assert response.status_code == 302
    assert (saved.level, saved.lock_version, saved.saved_by) == ("unsupported", 1, ana)
    assert saved.fields["positions"][0]["product"] == ""
    assert saved.fields["positions"][1] == {
        "source": "trial-1",
        "level": "unsupported",
        "product": "mix",
        "says": "Found nothing.",
    }


def test_without_a_script_every_source_is_offered_by_its_key(desk_of_ana, claim, ana):
    draft(claim, ana)
    trial()

    assert '<option value="trial-1">A trial</option>' in desk_of_ana.get(at("edit")).text


def test_a_removed_position_is_gone_and_a_typed_key_is_a_source(desk_of_ana, claim, ana):
    revision = draft(claim, ana)
    trial()
    more = {
        "positions__TOTAL_FORMS": 4,
        "positions__0__DELETE": "on",
        "positions__3__typed": "trial-1",
        "positions__3__level": "plausible",
        "positions__3__says": "Says so.",
    }

    desk_of_ana.post(at("edit"), posted(revision, **more))

    saved = Revision.objects.get(pk=revision.pk)
    assert [row.source.key for row in saved.positions.all()] == ["trial-1"]
    assert [position["source"] for position in saved.fields["positions"]] == ["trial-1"]


def test_an_incomplete_draft_is_kept_and_its_problems_stand_at_their_fields(
    desk_of_ana, claim, ana
):
    revision = draft(claim, ana)
    empty = {"statement": "", "topic": "", "bearing": "", "positions__TOTAL_FORMS": 0}

    response = desk_of_ana.post(at("edit"), posted(revision, **empty), follow=True)

    saved = Revision.objects.get(pk=revision.pk)
    assert (saved.fields["statement"], saved.fields["topic"], saved.level) == ("", "", "")
    assert saved.positions.count() == 0
    assert "This is empty. Fill it in." in response.text
    assert 'href="#id_note"' in response.text
    assert 'aria-describedby="id_note_helptext id_note_problems"' in response.text


def test_problems_come_with_errors_first_and_the_line_in_the_field(desk_of_ana, claim, ana):
    revision = draft(claim, ana)
    long = " ".join(["word"] * 28)
    why = f"{long}.\n\nA [thing](claim:t/nothing)."

    response = desk_of_ana.post(at("edit"), posted(revision, why=why, note="New."), follow=True)

    found = response.context["problems"]
    assert [problem.is_error for problem in found] == sorted(
        (problem.is_error for problem in found), reverse=True
    )
    assert ("id_why", 3, True) in [(each.id, each.line, each.is_error) for each in found]
    assert "Line 3:" in response.text


def test_saving_and_going_to_review_does_both(desk_of_ana, claim, ana):
    revision = draft(claim, ana)

    response = desk_of_ana.post(at("edit"), posted(revision, note="New.", submit="1"))

    assert response.url == at("review")
    assert Revision.objects.get(pk=revision.pk).note == "New."


def test_a_version_in_review_is_read_only_and_can_be_taken_back(desk_of_ana, claim, ana):
    revision = draft(claim, ana)
    drafts.save(revision=revision, expected=0, fields={"note": "New."}, actor=ana, now=shelf.NOON)
    revision.state = State.IN_REVIEW
    revision.save()

    response = desk_of_ana.get(at("edit")).text

    assert 'name="statement"' not in response
    assert '<input type="hidden" name="do" value="take-back">' in response
    assert '<input type="hidden" name="base" value="2.1">' in response


def test_the_page_takes_fifteen_statements_for_any_number_of_positions(
    desk_of_ana, claim, ana, django_assert_max_num_queries
):
    revision = draft(claim, ana)
    rows = [shelf.position(source=trial(f"s-{order}").key) for order in range(12)]
    drafts.save(
        revision=revision, expected=0, fields={"positions": rows}, actor=ana, now=shelf.NOON
    )
    desk_of_ana.get(at("edit"))

    with django_assert_max_num_queries(15):
        desk_of_ana.get(at("edit"))


def test_strangers_and_lookers_may_not_write(client, claim, ana):
    revision = draft(claim, ana)
    login = client.get(at("edit"))
    client.force_login(staff("looker"))

    seen = client.get(at("edit"))
    refused = [
        client.post(at("edit"), posted(revision, why="Mine.")),
        client.post(at("start")),
        client.post(at("discard"), {"base": "0"}),
        client.post(reverse("staff-new", args=["claims"]), {}),
    ]

    assert login.status_code == 302
    assert seen.status_code == 200
    assert 'name="statement"' not in seen.text
    assert [response.status_code for response in refused] == [403] * 4
    assert coming() == []
    assert Revision.objects.get(pk=revision.pk).fields["why"] == "Because."


def test_a_tab_of_the_browser_says_what_is_open(client, ana, claim):
    client.force_login(ana)

    page = client.get("/admin/desk/edit/claims/t/hope/").text

    assert "<title>The treatment may help some hair. | Staff</title>" in page

"""Staff open what there is, start a version, and save drafts, whole or not."""

import pytest
from django.urls import reverse
from django.utils import timezone

from explainer.library import drafts, readiness, words
from explainer.library.models import ClaimVersion, Source, State
from explainer.staff.history import presence
from tests.library import shelf
from tests.staff.rows import ARTICLE, CLAIM, at, draft, posted, staff

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def test_a_published_claim_opens_to_read_with_a_button_to_start(
    desk_of_ana, claim, article
) -> None:
    answer = desk_of_ana.get(at("edit"))

    assert answer.status_code == 200
    assert "The treatment may help some hair." in text(answer)
    assert f'action="{at("start")}"' in text(answer)
    assert "Says so." in text(answer)
    assert f'href="{at("edit", ARTICLE)}">A title' in text(answer)
    assert "Withdraw" not in text(answer)


def test_a_publisher_may_withdraw_or_raise_caution_from_there(client, claim) -> None:
    client.force_login(staff("pia", "publisher"))

    answer = client.get(at("edit"))

    assert at("withdraw") in text(answer)
    assert at("caution") in text(answer)
    assert at("start") not in text(answer)


def test_the_form_says_who_else_has_it_open(desk_of_ana, claim, ana) -> None:
    draft(claim, ana)
    presence.mark(CLAIM, staff("ben", "author"), timezone.now())

    answer = text(desk_of_ana.get(at("edit")))

    assert "Also open here: ben" in answer
    assert f'data-presence-url="{at("presence")}"' in answer


def test_a_draft_is_saved_with_its_positions(desk_of_ana, claim, ana) -> None:
    version = draft(claim, ana)
    source = Source.objects.create(key="trial-1", title="A trial", kind="trial", seen="full")
    more = {
        "positions__TOTAL_FORMS": 5,
        "positions__1__source": source.pk,
        "positions__1__level": "unsupported",
        "positions__1__product": "mix",
        "positions__1__says": "Found nothing.",
    }

    answer = desk_of_ana.post(at("edit"), posted(version, reason="not-studied", **more))

    saved = ClaimVersion.objects.get(pk=version.pk)
    assert answer.status_code == 302
    assert (saved.level, saved.save_count, saved.saved_by) == ("unsupported", 1, ana)
    assert words.words_of(saved)["positions"][1] == {
        "source": "trial-1",
        "level": "unsupported",
        "product": "mix",
        "says": "Found nothing.",
    }


def test_a_removed_position_is_gone_and_a_typed_key_is_a_source(desk_of_ana, claim, ana) -> None:
    version = draft(claim, ana)
    Source.objects.create(key="trial-1", title="A trial", kind="trial", seen="full")
    more = {
        "positions__TOTAL_FORMS": 4,
        "positions__0__DELETE": "on",
        "positions__3__typed": "trial-1",
        "positions__3__level": "plausible",
        "positions__3__says": "Says so.",
    }

    desk_of_ana.post(at("edit"), posted(version, **more))

    keys = [row.source.key for row in ClaimVersion.objects.get(pk=version.pk).positions.all()]
    assert keys == ["trial-1"]


def test_an_incomplete_draft_is_kept_and_its_problems_stand_at_their_fields(
    desk_of_ana, claim, ana
) -> None:
    version = draft(claim, ana)
    empty = {"statement": "", "topic": "", "bearing": "", "positions__TOTAL_FORMS": 0}

    answer = desk_of_ana.post(at("edit"), posted(version, **empty), follow=True)

    saved = ClaimVersion.objects.get(pk=version.pk)
    assert (saved.statement, saved.topic, saved.level) == ("", "", "")
    assert saved.positions.count() == 0
    assert "This is empty. Fill it in." in text(answer)
    assert 'href="#id_note"' in text(answer)
    assert 'aria-describedby="id_note_helptext id_note_problems"' in text(answer)


def test_problems_come_with_errors_first_and_the_line_in_the_field(desk_of_ana, claim, ana) -> None:
    version = draft(claim, ana)
    long = " ".join(["word"] * 28)
    why = f"{long}.\n\nA [thing](claim:t/nothing)."

    answer = desk_of_ana.post(at("edit"), posted(version, why=why, note="New."), follow=True)

    told = answer.context["told"]
    assert [found.is_error for found in told] == sorted(
        (found.is_error for found in told), reverse=True
    )
    assert ("id_why", 3, True) in [(found.id, found.line, found.is_error) for found in told]
    assert "Line 3:" in text(answer)


def test_saving_and_going_to_review_does_both(desk_of_ana, claim, ana) -> None:
    version = draft(claim, ana)

    answer = desk_of_ana.post(at("edit"), posted(version, note="New.", submit="1"))

    assert answer.url == at("review")
    assert ClaimVersion.objects.get(pk=version.pk).note == "New."


def test_a_version_in_review_is_read_only_and_can_be_taken_back(desk_of_ana, claim, ana) -> None:
    version = draft(claim, ana)
    drafts.save(version=version, base=0, given={"note": "New."}, by=ana, at=shelf.NOON)
    version.state = State.IN_REVIEW
    version.save()

    answer = text(desk_of_ana.get(at("edit")))

    assert 'name="statement"' not in answer
    assert '<input type="hidden" name="do" value="take-back">' in answer
    assert '<input type="hidden" name="base" value="2.1">' in answer


def test_the_page_asks_the_database_as_often_for_many_positions(
    desk_of_ana, claim, ana, django_assert_max_num_queries
) -> None:
    version = draft(claim, ana)
    sources = [
        Source.objects.create(key=f"s-{order}", title=f"S {order}", kind="trial", seen="full")
        for order in range(12)
    ]
    rows = [
        {"source": row.key, "level": "plausible", "product": "", "says": "Says."} for row in sources
    ]
    drafts.save(version=version, base=0, given={"positions": rows}, by=ana, at=shelf.NOON)
    desk_of_ana.get(at("edit"))

    with django_assert_max_num_queries(36):
        desk_of_ana.get(at("edit"))


def test_strangers_and_lookers_may_not_write(client, claim, ana) -> None:
    version = draft(claim, ana)
    login = client.get(at("edit"))
    client.force_login(staff("looker"))

    seen = client.get(at("edit"))
    refused = [
        client.post(at("edit"), posted(version, why="Mine.")),
        client.post(at("start")),
        client.post(at("discard"), {"base": "0"}),
        client.post(reverse("staff-new", args=["claims"]), {}),
    ]

    assert login.status_code == 302
    assert seen.status_code == 200
    assert 'name="statement"' not in text(seen)
    assert [answer.status_code for answer in refused] == [403] * 4
    assert readiness.coming().count() == 0
    assert ClaimVersion.objects.get(pk=version.pk).why == "Because."


def test_a_tab_of_the_browser_says_what_is_open(client, ana, claim):
    client.force_login(ana)

    page = client.get("/admin/desk/edit/claims/t/hope/").content.decode()

    assert "<title>The treatment may help some hair. | Staff</title>" in page

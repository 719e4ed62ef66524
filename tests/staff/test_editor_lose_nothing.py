"""Nothing typed is ever lost, and no crafted field sets what a form does not ask for."""

import pytest
from django.db import OperationalError
from django.test import Client

from explainer.kinds import CLAIM as CLAIM_KIND
from explainer.library import drafts
from explainer.library.models import Revision, State
from tests.library import shelf
from tests.staff.rows import CLAIM, at, draft, posted, public_claim, staff

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def revision(ana):
    return draft(public_claim(), ana)


def stored(revision) -> Revision:
    return Revision.objects.get(pk=revision.pk)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"topic": "sports"}, "“sports” is not one of the choices"),
        ({"product": "gold"}, "“gold” is not one of the choices"),
        ({"note": "x" * 501}, "This has 501 characters and at most 500 can be kept"),
        ({"ask": "é" * 60_000}, "This has 120000 bytes and at most 100000 can be kept"),
        ({"would_change": "A\x00B"}, "Null characters are not allowed"),
        ({"positions__0__source": ""}, "Whose position is this?"),
        ({"positions__0__source": "nobody"}, "There is no source “nobody”"),
        ({"positions__0__source": "9" * 40}, "There is no source “999"),
        ({"positions__0__level": "proven"}, "“proven” is not one of the choices"),
        ({"positions__TOTAL_FORMS": "99"}, "at most 60"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_cannot_be_stored_is_refused_with_all_that_was_typed(
    desk_of_ana, revision, changed, message
):
    typed = posted(revision, why="A reason nobody wants to type again.", **changed)

    response = desk_of_ana.post(at("edit"), typed)

    assert message in response.text
    assert "A reason nobody wants to type again." in response.text
    assert "data-dirty" in response.text
    assert 'name="base" value="0"' in response.text
    assert stored(revision).fields["why"] == "Because."
    assert stored(revision).lock_version == 0


def test_a_long_text_comes_back_whole(desk_of_ana, revision):
    response = desk_of_ana.post(at("edit"), posted(revision, note="x" * 600))

    assert "x" * 600 in response.text
    assert "maxlength" not in response.text


def test_the_same_source_twice_on_one_product_is_refused_at_the_second(desk_of_ana, revision):
    again = {
        "positions__TOTAL_FORMS": 2,
        "positions__1__source": "clinic-a",
        "positions__1__product": "any",
        "positions__1__says": "Says it again.",
    }

    response = desk_of_ana.post(at("edit"), posted(revision, **again))

    assert "already takes a position on the same product" in response.text
    assert 'aria-describedby="id_positions-1-source_error"' in response.text
    assert "Says it again." in response.text


def test_a_stale_save_is_answered_with_both_texts(desk_of_ana, revision):
    ben = staff("ben", "author")
    typed = posted(revision, why="Ana typed this.")
    drafts.save(
        revision=stored(revision), expected=0, fields={"why": "Ben's."}, actor=ben, now=shelf.NOON
    )

    response = desk_of_ana.post(at("edit"), typed)

    assert response.status_code == 409
    assert "Ana typed this." in response.text
    assert stored(revision).fields["why"] == "Ben's."


@pytest.mark.parametrize("base", ["9" * 40, "", "7"])
def test_a_base_that_never_was_is_stale(desk_of_ana, revision, base):
    response = desk_of_ana.post(at("edit"), posted(revision, why="Ana typed this.", base=base))

    assert response.status_code == 409
    assert "Ana typed this." in response.text
    assert stored(revision).fields["why"] == "Because."


def test_a_form_from_a_draft_that_was_begun_again_is_stale(desk_of_ana, revision, ana):
    typed = posted(revision, why="Ana typed this.")
    drafts.discard(revision=stored(revision), expected=0, actor=ana, now=shelf.NOON)
    again = draft(revision.document, staff("ben", "author"))

    response = desk_of_ana.post(at("edit"), typed)

    assert again.lock_version == 0
    assert response.status_code == 409
    assert "Ana typed this." in response.text
    assert stored(again).fields["why"] == "Because."


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.PUBLISHED])
def test_a_save_of_what_is_no_draft_any_more_keeps_the_text(desk_of_ana, revision, state):
    typed = posted(revision, why="Ana typed this.")
    if state == State.PUBLISHED:
        shelf.publish(revision)
    else:
        Revision.objects.filter(pk=revision.pk).update(state=state)

    response = desk_of_ana.post(at("edit"), typed)

    assert response.status_code == 409
    assert "Ana typed this." in response.text
    assert stored(revision).fields["why"] == "Because."


def test_a_save_of_what_was_discarded_for_good_keeps_the_text(desk_of_ana, ana):
    shelf.treatment()
    fields = {"why": "Old."}
    revision = drafts.create(kind=CLAIM_KIND, key="t/new", fields=fields, actor=ana, now=shelf.NOON)
    typed = posted(revision, why="Ana typed this.")
    drafts.discard(revision=revision, expected=0, actor=ana, now=shelf.NOON)

    response = desk_of_ana.post(at("edit", "claims/t/new"), typed, headers=OURS)

    assert response.status_code == 409
    assert "Ana typed this." in response.text
    assert f'action="{at("start", "claims/t/new")}"' in response.text


def test_a_writer_who_lost_the_right_keeps_the_text(desk_of_ana, revision, ana):
    ana.groups.clear()

    response = desk_of_ana.post(at("edit"), posted(revision, why="Typed."), headers=OURS)

    assert response.status_code == 403
    assert "Typed." in response.text
    assert "role &#x27;author&#x27;" in response.text


def test_a_locked_database_gives_the_form_back_with_everything_typed(
    desk_of_ana, revision, monkeypatch
):
    def locked(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(drafts, "save", locked)

    response = desk_of_ana.post(at("edit"), posted(revision, why="Typed."), headers=OURS)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Typed." in response.text
    assert f'action="{at("edit")}"' in response.text


def test_a_preview_shows_the_page_and_its_problems_and_saves_nothing(desk_of_ana, revision):
    changed = {"statement": "The treatment cures all hair.", "positions__0__level": "unsupported"}

    response = desk_of_ana.post(
        at("edit"), posted(revision, preview="1", reason="not-studied", **changed)
    )

    assert 'id="preview"' in response.text
    assert "label--unsupported" in response.text
    assert "cure" in " ".join(found.message for found in response.context["problems"])
    assert stored(revision).fields["statement"] == "The treatment may help some hair."
    assert stored(revision).fields["positions"][0]["level"] == "plausible"
    assert stored(revision).lock_version == 0


def test_a_preview_of_what_cannot_be_judged_yet_shows_the_words(desk_of_ana, revision):
    typed = posted(revision, preview="1", topic="", why="Typed.")

    response = desk_of_ana.post(at("edit"), typed)

    assert response.status_code == 200
    assert '<dl class="forms__facts">' in response.text


def test_crafted_fields_change_nothing_but_words(desk_of_ana, revision, ana):
    forged = {
        "state": "published", "published_at": "2026-01-01", "published_by": ana.pk,
        "published_because": "Mine.", "approved_by": ana.pk, "approved_at": "2026-01-01",
        "reviewed_by": "Dr Nobody", "reviewer_qualification": "None", "review_due": "2030-01-01",
        "author": "", "emergency": "on", "fields": "{}", "positions": "[]",
        "lock_version": "9", "document": "7", "publish_at": "2026-01-01", "file_text": "---",
        "submitted_by": ana.pk, "positions__0__version": "1", "positions__0__order": "7",
    }  # fmt: skip
    before = Revision.objects.filter(pk=revision.pk).values().get()

    response = desk_of_ana.post(at("edit"), posted(revision, why="Typed.", **forged))

    after = Revision.objects.filter(pk=revision.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert response.status_code == 302
    assert changed <= {"fields", "lock_version", "saved_at", "saved_by_id", "file_text"}
    assert after["fields"] == {**before["fields"], "why": "Typed."}
    assert (after["lock_version"], after["level"], after["file_text"]) == (1, "plausible", "")
    assert stored(revision).positions.get().order == 0


def test_a_form_without_its_token_is_refused(revision, ana):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)

    response = strict.post(at("edit"), posted(revision, why="Typed."), headers=OURS)

    assert response.status_code == 403
    assert "Typed." in response.text
    assert stored(revision).fields["why"] == "Because."


def test_what_the_merge_page_posts_is_saved_as_it_is(desk_of_ana, revision):
    fields = {"why": "Merged.", "base": "0"}
    typed = {name: value for name, value in posted(revision).items() if name != "number"} | fields

    response = desk_of_ana.post(at("edit", CLAIM), typed)

    assert response.status_code == 302
    assert stored(revision).fields == {**revision.fields, "why": "Merged."}

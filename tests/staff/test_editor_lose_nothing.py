"""Nothing typed is ever lost, and no crafted field sets what a form does not ask for."""

import pytest
from django.db import OperationalError
from django.test import Client

from explainer.library import beginning, drafts
from explainer.library.models import ClaimVersion, Save, State
from explainer.library.words import words_of
from tests.library import shelf
from tests.staff.rows import CLAIM, at, draft, posted, public_claim, staff

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def version(ana):
    shelf.treatment()
    return draft(public_claim(), ana)


def stored(version) -> ClaimVersion:
    return ClaimVersion.objects.get(pk=version.pk)


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
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
    desk_of_ana, version, changed, told
) -> None:
    typed = posted(version, why="A reason nobody wants to type again.", **changed)

    answer = desk_of_ana.post(at("edit"), typed)

    assert told in text(answer)
    assert "A reason nobody wants to type again." in text(answer)
    assert "data-dirty" in text(answer)
    assert 'name="base" value="0"' in text(answer)
    assert stored(version).why == "Because."
    assert Save.objects.count() == 1


def test_a_long_text_comes_back_whole(desk_of_ana, version) -> None:
    answer = desk_of_ana.post(at("edit"), posted(version, note="x" * 600))

    assert "x" * 600 in text(answer)
    assert "maxlength" not in text(answer)


def test_the_same_source_twice_on_one_product_is_refused_at_the_second(
    desk_of_ana, version
) -> None:
    again = {
        "positions__TOTAL_FORMS": 2,
        "positions__1__source": "clinic-a",
        "positions__1__product": "any",
        "positions__1__says": "Says it again.",
    }

    answer = desk_of_ana.post(at("edit"), posted(version, **again))

    assert "already takes a position on the same product" in text(answer)
    assert 'aria-describedby="id_positions-1-source_error"' in text(answer)
    assert "Says it again." in text(answer)


def test_a_stale_save_is_answered_with_both_texts(desk_of_ana, version) -> None:
    ben = staff("ben", "author")
    typed = posted(version, why="Ana typed this.")
    drafts.save(version=stored(version), base=0, given={"why": "Ben's."}, by=ben, at=shelf.NOON)

    answer = desk_of_ana.post(at("edit"), typed)

    assert answer.status_code == 409
    assert "Ana typed this." in text(answer)
    assert stored(version).why == "Ben's."


@pytest.mark.parametrize("base", ["9" * 40, "", "7"])
def test_a_base_that_never_was_is_stale(desk_of_ana, version, base) -> None:
    answer = desk_of_ana.post(at("edit"), posted(version, why="Ana typed this.", base=base))

    assert answer.status_code == 409
    assert "Ana typed this." in text(answer)
    assert stored(version).why == "Because."


def test_a_form_from_a_draft_that_was_begun_again_is_stale(desk_of_ana, version, ana) -> None:
    typed = posted(version, why="Ana typed this.")
    drafts.discard(version=stored(version), base=0, by=ana, at=shelf.NOON)
    again = draft(version.claim, staff("ben", "author"))

    answer = desk_of_ana.post(at("edit"), typed)

    assert again.save_count == 0
    assert answer.status_code == 409
    assert "Ana typed this." in text(answer)
    assert stored(again).why == "Because."


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.PUBLISHED])
def test_a_save_of_what_is_no_draft_any_more_keeps_the_text(desk_of_ana, version, state) -> None:
    typed = posted(version, why="Ana typed this.")
    if state == State.PUBLISHED:
        shelf.publish(version)
    else:
        ClaimVersion.objects.filter(pk=version.pk).update(state=state)

    answer = desk_of_ana.post(at("edit"), typed)

    assert answer.status_code == 409
    assert "Ana typed this." in text(answer)
    assert stored(version).why == "Because."


def test_a_save_of_what_was_discarded_for_good_keeps_the_text(desk_of_ana, ana) -> None:
    shelf.treatment()
    version = beginning.begin_claim(key="t/new", given={"why": "Old."}, by=ana, at=shelf.NOON)
    typed = posted(version, why="Ana typed this.")
    drafts.discard(version=version, base=0, by=ana, at=shelf.NOON)

    answer = desk_of_ana.post(at("edit", "claims/t/new"), typed, headers=OURS)

    assert answer.status_code == 404
    assert "Ana typed this." in text(answer)


def test_a_writer_who_lost_the_right_keeps_the_text(desk_of_ana, version, ana) -> None:
    ana.groups.clear()

    answer = desk_of_ana.post(at("edit"), posted(version, why="Typed."), headers=OURS)

    assert answer.status_code == 403
    assert "Typed." in text(answer)
    assert "role &#x27;author&#x27;" in text(answer)


def test_a_locked_database_gives_the_form_back_with_everything_typed(
    desk_of_ana, version, monkeypatch
) -> None:
    def locked(**_given):
        raise OperationalError("database is locked")

    monkeypatch.setattr(drafts, "save", locked)

    answer = desk_of_ana.post(at("edit"), posted(version, why="Typed."))

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Typed." in text(answer)
    assert 'name="save"' in text(answer)


def test_a_preview_shows_the_page_and_its_problems_and_saves_nothing(desk_of_ana, version) -> None:
    changed = {"statement": "The treatment cures all hair.", "positions__0__level": "unsupported"}

    answer = desk_of_ana.post(
        at("edit"), posted(version, preview="1", reason="not-studied", **changed)
    )

    assert 'id="preview"' in text(answer)
    assert "label--unsupported" in text(answer)
    assert "cure" in " ".join(found.message for found in answer.context["told"])
    assert stored(version).statement == "The treatment may help some hair."
    assert stored(version).positions.get().level == "plausible"
    assert Save.objects.count() == 1


def test_a_preview_of_what_cannot_be_judged_yet_shows_the_words(desk_of_ana, version) -> None:
    typed = posted(version, preview="1", topic="", why="Typed.")

    answer = desk_of_ana.post(at("edit"), typed)

    assert answer.status_code == 200
    assert '<dl class="forms__facts">' in text(answer)


def test_crafted_fields_change_nothing_but_words(desk_of_ana, version, ana) -> None:
    forged = {
        "state": "published", "published_at": "2026-01-01", "published_by": ana.pk,
        "published_because": "Mine.", "approved_by": ana.pk, "approved_at": "2026-01-01",
        "reviewed_by": "Dr Nobody", "reviewer_qualification": "None", "review_due": "2030-01-01",
        "author": "", "alone": "on", "override": "unsupported", "override_reason": "Mine.",
        "save_count": "9", "claim": "t/other", "publish_at": "2026-01-01", "file_text": "---",
        "submitted_by": ana.pk, "positions__0__version": "1", "positions__0__order": "7",
    }  # fmt: skip
    before = ClaimVersion.objects.filter(pk=version.pk).values().get()

    answer = desk_of_ana.post(at("edit"), posted(version, why="Typed.", **forged))

    after = ClaimVersion.objects.filter(pk=version.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert answer.status_code == 302
    assert changed <= {"why", "save_count", "saved_at", "saved_by_id", "file_text", "level"}
    assert (after["save_count"], after["level"], after["file_text"]) == (1, "plausible", "")
    assert stored(version).positions.get().order == 0


def test_a_form_without_its_token_is_refused(version, ana) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)

    answer = strict.post(at("edit"), posted(version, why="Typed."), headers=OURS)

    assert answer.status_code == 403
    assert "Typed." in text(answer)
    assert stored(version).why == "Because."


def test_what_the_merge_page_posts_is_saved_as_it_is(desk_of_ana, version) -> None:
    given = {"why": "Merged."} | {"base": "0"}
    typed = {name: value for name, value in posted(version).items() if name != "number"} | given

    answer = desk_of_ana.post(at("edit", CLAIM), typed)

    assert answer.status_code == 302
    assert words_of(stored(version)) == {**words_of(version), "why": "Merged."}

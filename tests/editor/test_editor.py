"""Drafts are saved, whole or not; nothing typed is lost, and nothing else can be set."""

import html

import lxml.html
import pytest

from explainer.library import drafts
from explainer.library.models import Revision
from tests.library import shelf
from tests.staff.rows import ARTICLE, at, draft, position, posted, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(claim, ana):
    return draft(claim, ana)


def trial(key="trial-1"):
    """Publish another source, and give its document."""
    revision = shelf.source_draft(key, title="A trial", kind="trial")
    shelf.publish(revision)
    return revision.document


def test_a_published_claim_opens_to_read_with_a_button_to_start(desk_of_ana, claim, article):
    response = desk_of_ana.get(at("edit"))

    assert response.status_code == 200
    assert "<title>The treatment may help some hair. | Staff</title>" in response.text
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


def test_a_draft_is_saved_with_its_positions(desk_of_ana, revision, ana):
    source = trial()
    second = {
        "level": "unsupported",
        "finding": "no-effect",
        "product": "mix",
        "says": "Found nothing.",
    }
    more = position(0, product="any") | position(1, source=source.pk, **second)
    more |= {"positions__TOTAL_FORMS": 5, "reason": "no-effect-found"}

    response = desk_of_ana.post(at("edit"), posted(revision, **more))

    saved = Revision.objects.get(pk=revision.pk)
    assert response.status_code == 302
    assert (saved.level, saved.lock_version, saved.saved_by) == ("unsupported", 1, ana)
    assert saved.fields["positions"][0]["product"] == ""
    assert saved.fields["positions"][1] == {"source": "trial-1", **second}


def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(desk_of_ana, revision, ana):
    words = {
        "looked": [["date", "2026-11-20"], ["for", "trials of it"]],
        "numbers": [["source", "clinic-a"], ["outcome", "denser hair"], ["with", "1 of 2"]],
        "twin": "u/hope",
        "differs_because": "Nobody has tested the other.",
        "wordings": ["It might help some hair."],
        "ask": "Who counted?",
        "note": "New.",
    }
    drafts.save(revision=revision, expected=0, fields=words, actor=ana, now=shelf.NOON)
    form = lxml.html.fromstring(desk_of_ana.get(at("edit")).text).get_element_by_id("edit-form")

    desk_of_ana.post(form.action, {**dict(form.form_values()), "save": "1"})

    saved = Revision.objects.get(pk=revision.pk)
    assert saved.lock_version == 2
    assert saved.fields == {**revision.fields, **{k: v for k, v in words.items() if k != "note"}}


def test_without_a_script_every_source_is_offered_by_its_key(desk_of_ana, revision):
    trial()

    assert '<option value="trial-1">A trial</option>' in desk_of_ana.get(at("edit")).text


def test_a_removed_position_is_gone_and_a_typed_key_is_a_source(desk_of_ana, revision, ana):
    trial()
    more = position(0, DELETE="on")
    more |= position(3, typed="trial-1", level="plausible", says="Says so.")

    desk_of_ana.post(at("edit"), posted(revision, positions__TOTAL_FORMS=4, **more))

    saved = Revision.objects.get(pk=revision.pk)
    assert [row.source.key for row in saved.positions.all()] == ["trial-1"]
    assert [position["source"] for position in saved.fields["positions"]] == ["trial-1"]


def test_an_incomplete_draft_is_kept_and_its_problems_stand_at_their_fields(
    desk_of_ana, revision, ana
):
    empty = {"statement": "", "topic": "", "bearing": "", "positions__TOTAL_FORMS": 0}

    response = desk_of_ana.post(at("edit"), posted(revision, **empty), follow=True)

    saved = Revision.objects.get(pk=revision.pk)
    assert (saved.fields["statement"], saved.fields["topic"], saved.level) == ("", "", "")
    assert saved.positions.count() == 0
    assert "This is empty. Fill it in." in response.text
    assert 'href="#id_note"' in response.text
    assert 'aria-describedby="id_note_helptext id_note_problems"' in response.text


@pytest.mark.parametrize(
    ("note", "codes", "is_refused"),
    [
        ("Guaranteed results.\u200b", ["Invisible character U+200B", "'Guaranteed' is"], True),
        ("A bene\ufb01t, risk\u00ad-free.", ["Invisible character U+00AD", "is refused"], True),
        ("The treatment regrows hair in 9 of 10 men.", ["'regrows'. Readers see these"], False),
    ],
)
def test_a_note_is_read_when_it_is_saved_as_it_is_when_it_is_handed_over(
    desk_of_ana, revision, note, codes, is_refused
):
    why = "[Because.](background:)"
    saved = desk_of_ana.post(at("edit"), posted(revision, note=note, why=why), follow=True)
    named = [found for found in saved.context["problems"] if found.id == "id_note"]
    revision.refresh_from_db()
    base = f"{revision.number}.{revision.lock_version}"
    handed = desk_of_ana.post(at("review"), {"do": "submit", "base": base}, follow=True)

    assert len(named) == len(codes)
    assert all(code in found.message for code, found in zip(codes, named, strict=True))
    assert {found.is_error for found in named} == {is_refused}
    assert 'id="id_note_problems"' in saved.text
    assert handed.status_code == (422 if is_refused else 200)
    assert all(code in html.unescape(handed.text) for code in codes)


def test_problems_come_with_errors_first_and_the_line_in_the_field(desk_of_ana, revision, ana):
    long = " ".join(["word"] * 28)
    why = f"{long}.\n\nA [thing](claim:t/nothing)."

    response = desk_of_ana.post(at("edit"), posted(revision, why=why, note="New."), follow=True)

    found = response.context["problems"]
    errors = [problem.is_error for problem in found]
    assert errors == sorted(errors, reverse=True)
    assert ("id_why", 3, True) in [(each.id, each.line, each.is_error) for each in found]
    assert "Line 3:" in response.text


def test_saving_and_going_to_review_does_both(desk_of_ana, revision):
    response = desk_of_ana.post(at("edit"), posted(revision, note="New.", submit="1"))

    assert response.url == at("review")
    assert Revision.objects.get(pk=revision.pk).note == "New."


def test_the_page_takes_sixteen_statements_for_any_number_of_positions(
    desk_of_ana, revision, ana, django_assert_max_num_queries
):
    rows = [shelf.position(source=trial(f"s-{order}").key) for order in range(12)]
    step = {"revision": revision, "expected": 0, "actor": ana, "now": shelf.NOON}
    drafts.save(**step, fields={"positions": rows})
    desk_of_ana.get(at("edit"))

    with django_assert_max_num_queries(16):
        desk_of_ana.get(at("edit"))


def test_who_may_not_write_reads_and_gets_no_form(client, revision):
    client.force_login(staff("looker"))

    page = client.get(at("edit"))

    assert (page.status_code, 'name="statement"' in page.text) == (200, False)


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
    assert typed["note"] in response.text
    assert "maxlength" not in response.text
    assert "A reason nobody wants to type again." in response.text
    assert "data-dirty" in response.text
    assert 'name="base" value="0"' in response.text
    assert stored(revision).fields["why"] == "Because."
    assert stored(revision).lock_version == 0


def test_the_same_source_twice_on_one_product_is_refused_at_the_second(desk_of_ana, revision):
    again = position(1, source="clinic-a", product="any", says="Says it again.")

    response = desk_of_ana.post(at("edit"), posted(revision, positions__TOTAL_FORMS=2, **again))

    assert "already takes a position on the same product" in response.text
    assert 'aria-describedby="id_positions-1-source_error"' in response.text
    assert "Says it again." in response.text


@pytest.mark.parametrize("base", ["9" * 40, "", "7"])
def test_a_base_that_never_was_is_stale(desk_of_ana, revision, base):
    response = desk_of_ana.post(at("edit"), posted(revision, why="Ana typed this.", base=base))

    assert response.status_code == 409
    assert "Ana typed this." in response.text
    assert stored(revision).fields["why"] == "Because."


def test_a_save_of_what_became_public_meanwhile_keeps_the_text(desk_of_ana, revision):
    typed = posted(revision, why="Ana typed this.")
    shelf.publish(revision)

    response = desk_of_ana.post(at("edit"), typed)

    assert response.status_code == 409
    assert "Ana typed this." in response.text
    assert stored(revision).fields["why"] == "Because."


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


def test_what_the_merge_page_posts_is_saved_as_it_is(desk_of_ana, revision):
    response = desk_of_ana.post(at("edit"), posted(revision, why="Merged.", number=None))

    assert response.status_code == 302
    assert stored(revision).fields == {**revision.fields, "why": "Merged."}

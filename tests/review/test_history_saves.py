"""Everything that was saved can be read and gone on with, whatever became of its draft."""

import pytest
from django.urls import reverse

from explainer.kinds import BY_PATH
from explainer.library import audit, drafts
from explainer.library.drafts import saved_fields
from explainer.library.models import Save
from tests.library import people, shelf
from tests.staff.rows import CLAIM, at, draft, posted, staff

pytestmark = pytest.mark.django_db

WORK = "Long work of mine."
NEW = {
    "claims/t/new": {"statement": WORK, "note": "New."},
    "articles/t/mechanism": {"title": WORK, "summary": "-", "body": "-", "note": "New."},
    "sources/new": {"title": WORK, "note": "New."},
    "glossary/new": {"term": WORK, "note": "New."},
    "treatments/new": {"name": WORK, "note": "New."},
}
"""The words of a new subject of each kind."""


def kept(number: int, count: int, subject: str = CLAIM) -> str:
    return reverse("staff-save", args=[subject, number, count])


def begun(subject: str, by):
    """Begin something new, as its form does."""
    path, _, key = subject.partition("/")
    asked = {"fields": NEW[subject], "actor": by, "now": shelf.NOON}
    return drafts.create(kind=BY_PATH[path], key=key, **asked)


@pytest.fixture
def discarded(claim, ana):
    """A draft of the claim that was saved twice and thrown away by Ben."""
    revision = draft(claim, ana)
    for base, given in enumerate(({"why": WORK}, {"ask": "Is it safe?", "note": "For later."})):
        drafts.save(revision=revision, expected=base, fields=given, actor=ana, now=shelf.NOON)
    ben = staff("ben", "author")
    drafts.discard(revision=revision, expected=2, actor=ben, now=people.AT)
    return claim


def test_the_history_lists_a_discarded_draft_with_who_and_when(desk_of_ana, discarded):
    page = desk_of_ana.get(at("history"))

    assert "Thrown away by ben, 3 Jan 2026 12:00; its saves are kept" in page.text
    assert "For later." in page.text
    for count in (0, 1, 2):
        assert f'href="{kept(2, count)}"' in page.text
    assert page.text.count("(thrown away)") == 3


def test_a_save_is_a_page_with_its_words_and_what_it_changed(desk_of_ana, discarded):
    first, second = desk_of_ana.get(kept(2, 1)), desk_of_ana.get(kept(2, 2))
    start = desk_of_ana.get(kept(2, 0))

    assert [field.label for field in first.context["fields"]] == ["Why it has this label"]
    assert "added: </span>Long work of mine" in first.text
    assert [field.name for field in second.context["fields"]] == ["ask", "note"]
    assert (WORK in second.text, kept(2, 1) in second.text) == (True, True)
    assert "thrown away by ben, 3 January 2026, 12:00 UTC" in second.text
    assert "With the words of the version before it." in start.text


def test_the_number_of_a_discarded_draft_leads_to_its_last_save(desk_of_ana, discarded):
    response = desk_of_ana.get(reverse("staff-version", args=[CLAIM, 2]))

    assert response.url == kept(2, 2)
    assert desk_of_ana.get(kept(2, 3)).status_code == 404
    assert desk_of_ana.get(reverse("staff-version", args=[CLAIM, 3])).status_code == 404


def test_a_new_version_is_started_from_a_save(desk_of_ana, discarded):
    shown = desk_of_ana.get(kept(2, 2)).text
    asked = {"like": 2, "save": 2, "seen": 1}

    response = desk_of_ana.post(at("start"), asked)

    opened = discarded.revisions.open().get()
    assert all(f'name="{name}" value="{value}"' in shown for name, value in asked.items())
    assert response.url == at("edit")
    assert (opened.number, opened.fields["why"], opened.fields["ask"]) == (3, WORK, "Is it safe?")
    assert opened.note == "For later."
    assert saved_fields(opened) == Save.objects.get(number=2, lock_version=2).fields
    assert "first publish or throw away" in desk_of_ana.get(kept(2, 2)).text


def test_a_save_of_what_became_public_goes_on_without_its_note(desk_of_ana, claim, ana):
    revision = draft(claim, ana)
    given = {"why": WORK, "note": "Told to readers once.", "correction": True}
    drafts.save(revision=revision, expected=0, fields=given, actor=ana, now=shelf.NOON)
    shelf.publish(revision)

    desk_of_ana.post(at("start"), {"like": 2, "save": 1, "seen": 2})

    opened = claim.revisions.open().get()
    assert (opened.fields["why"], opened.note, opened.correction) == (WORK, "", False)


@pytest.mark.parametrize("like", [{"like": 2, "save": 9}, {"like": 9, "save": 0}, {"save": "x"}])
def test_a_save_that_never_was_starts_nothing(desk_of_ana, discarded, like):
    assert desk_of_ana.post(at("start"), {"seen": 1, **like}).status_code == 404
    assert not discarded.revisions.open().exists()


@pytest.mark.parametrize("subject", NEW, ids=lambda subject: subject.partition("/")[0])
def test_what_was_never_public_is_found_and_begun_again_under_its_key(
    desk_of_ana, claim, ana, subject
):
    revision = begun(subject, ana)
    asked = {"number": 1, "base": 0}
    told = desk_of_ana.post(at("discard", subject), asked, follow=True)
    history = desk_of_ana.get(at("history", subject))
    page = desk_of_ana.get(kept(1, 0, subject))
    begun_again = desk_of_ana.post(at("start", subject), {"like": 1, "save": 0, "seen": 0})

    assert f'<a href="{at("history", subject)}">its history</a>' in told.text
    assert (WORK in history.text, "Thrown away by ana" in history.text) == (True, True)
    assert (WORK in page.text, 'name="seen" value="0"' in page.text) == (True, True)
    assert begun_again.url == at("edit", subject)
    opened = shelf.document(subject).newest
    assert (opened.subject, opened.number, opened.state) == (subject, 2, "draft")
    assert saved_fields(opened) == saved_fields(revision)


def test_opening_what_was_thrown_away_leads_to_what_is_kept_of_it(desk_of_ana, claim, ana):
    revision = begun("claims/t/new", ana)
    drafts.discard(revision=revision, expected=0, actor=ana, now=shelf.NOON)

    again = desk_of_ana.post(at("discard", "claims/t/new"), {"number": 1, "base": 0}, follow=True)

    assert desk_of_ana.get(at("edit", "claims/t/new")).url == at("history", "claims/t/new")
    assert desk_of_ana.get(at("edit", "claims/t/never")).status_code == 404
    assert "It was discarded already." in again.text


def test_what_was_typed_into_a_thrown_away_first_draft_is_put_into_the_next(
    desk_of_ana, claim, ana
):
    revision = begun("claims/t/new", ana)
    typed = posted(revision, why="Typed meanwhile.")
    drafts.discard(revision=revision, expected=0, actor=ana, now=shelf.NOON)
    desk_of_ana.post(at("start", "claims/t/new"), {"like": 1, "save": 0, "seen": 0})

    response = desk_of_ana.post(at("edit", "claims/t/new"), typed)

    assert response.status_code == 409
    assert "Typed meanwhile." in response.text


def test_hundreds_of_saves_come_in_pages(desk_of_ana, claim, ana, django_assert_max_num_queries):
    revision = draft(claim, ana)
    words = saved_fields(revision)
    Save.objects.bulk_create(
        Save(document=claim, number=2, lock_version=count, fields=words, actor=ana, at=shelf.NOON)
        for count in range(1, 300)
    )

    with django_assert_max_num_queries(25):
        newest = desk_of_ana.get(at("history"))
    oldest = desk_of_ana.get(at("history"), {"page": 6})

    assert (f'"{kept(2, 299)}"' in newest.text, f'"{kept(2, 0)}"' in newest.text) == (True, False)
    assert (f'"{kept(2, 0)}"' in oldest.text, newest.text.count("/save/")) == (True, 50)
    assert "Page 1 of 6" in newest.text
    assert desk_of_ana.get(at("history"), {"page": "x"}).status_code == 200


def test_who_may_not_write_reads_a_save_and_starts_nothing(client, discarded):
    client.force_login(staff("looker"))

    page = client.get(kept(2, 1))
    refused = client.post(at("start"), {"like": 2, "save": 1, "seen": 1})

    assert WORK in page.text
    assert "Start a new version" not in page.text
    assert refused.status_code == 403


def test_an_entry_of_the_log_from_before_it_named_the_version_does_not_break_the_history(
    desk_of_ana, ana, claim
):
    revision = draft(claim, ana)
    drafts.discard(revision=revision, expected=0, actor=ana, now=shelf.NOON)
    before = {"note": "Old."}
    audit.record(actor=ana, action="discard", subject=CLAIM, now=shelf.NOON, before=before)

    page = desk_of_ana.get(at("history"))

    assert page.status_code == 200
    assert "Thrown away" in page.text

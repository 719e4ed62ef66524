"""All versions and saves can be read and gone on with, and the log tells who did what."""

import pytest
from django.urls import reverse

from explainer.kinds import BY_PATH
from explainer.library import audit, drafts
from explainer.library.drafts import saved_fields
from explainer.library.models import Save
from tests.library import people, shelf
from tests.staff.rows import ARTICLE, CLAIM, at, draft, posted, staff

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


def version(number, subject=CLAIM):
    return reverse("staff-version", args=[subject, number])


def kept(number, count, subject=CLAIM):
    return reverse("staff-save", args=[subject, number, count])


def begun(subject: str, by):
    """Begin something new, as its form does."""
    path, _, key = subject.partition("/")
    asked = {"fields": NEW[subject], "actor": by, "now": shelf.NOON}
    return drafts.create(kind=BY_PATH[path], key=key, **asked)


@pytest.fixture
def versions(ana):
    """A public claim, and a draft of its next version that was saved once."""
    claim = people.public_claim(why="Because of [one study](background:).")
    fields = {"why": "Because of [two studies](background:).", "note": "A second study."}
    step = {"revision": draft(claim, ana), "expected": 0}
    drafts.save(**step, fields=fields, actor=ana, now=shelf.NOON)
    return claim


@pytest.fixture
def log(client, versions):
    """Read the log as an administrator."""
    client.force_login(staff("amy", "administrator"))
    return lambda **asked: client.get(reverse("staff-audit"), asked)


@pytest.fixture
def discarded(claim, ana, ben):
    """A draft of the claim that was saved twice and thrown away by Ben."""
    revision = draft(claim, ana)
    for base, given in enumerate(({"why": WORK}, {"ask": "Is it safe?", "note": "For later."})):
        drafts.save(revision=revision, expected=base, fields=given, actor=ana, now=shelf.NOON)
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
    response = desk_of_ana.get(version(2))

    assert response.url == kept(2, 2)
    assert desk_of_ana.get(kept(2, 3)).status_code == 404
    assert desk_of_ana.get(version(3)).status_code == 404


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


def test_what_was_typed_into_a_thrown_away_first_draft_is_kept_and_put_into_the_next(
    desk_of_ana, claim, ana
):
    revision = begun("claims/t/new", ana)
    typed = posted(revision, why="Typed meanwhile.")
    drafts.discard(revision=revision, expected=0, actor=ana, now=shelf.NOON)
    gone = desk_of_ana.post(at("edit", "claims/t/new"), typed)
    desk_of_ana.post(at("start", "claims/t/new"), {"like": 1, "save": 0, "seen": 0})
    begun_anew = desk_of_ana.post(at("edit", "claims/t/new"), typed)

    assert f'action="{at("start", "claims/t/new")}"' in gone.text
    for response in (gone, begun_anew):
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


def test_the_history_compares_the_newest_version_with_the_one_before(desk_of_ana, versions):
    page = desk_of_ana.get(at("history"))

    assert page.context["older"].number == 1
    assert page.context["newer"].number == 2
    changed = [field.label for field in page.context["fields"]]
    assert changed == ["Why it has this label", "What changed and why"]
    assert "removed: </span>one study" in page.text
    assert "Version 2, save 1</a>:" in page.text
    assert "A second study." in page.text


@pytest.mark.parametrize("query", ["?from=2&to=1", "?from=1&to=1", "?from=x&to=99", "?to=1"])
def test_any_two_versions_can_be_asked_for(query, desk_of_ana, versions):
    assert desk_of_ana.get(at("history") + query).status_code == 200


def test_a_public_version_is_shown_as_readers_saw_it_and_offered_again(desk_of_ana, versions, ana):
    page = desk_of_ana.get(version(1))
    drafts.discard(revision=versions.revisions.open().get(), expected=1, actor=ana, now=shelf.NOON)
    free = desk_of_ana.get(version(1))

    seen = page.text.partition(">As readers saw it</a>")[0].rpartition('href="')[2].rstrip('"')
    assert "may help some hair" in desk_of_ana.get(seen.replace("&amp;", "&")).text
    assert "Plausible" in page.text
    assert "Restore" not in page.text
    assert "Restore as a new draft" in free.text
    assert 'name="like" value="1"' in free.text


def test_a_draft_is_shown_by_its_words(desk_of_ana, versions):
    page = desk_of_ana.get(version(2))

    assert "two studies" in page.text
    assert "As readers saw it" not in page.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (version(9), 404),
        (at("history", "claims/t/no-such"), 404),
        (version(1, ARTICLE), 200),
        *((at("history", name), 200) for name in ("sources/clinic-a", "treatments/t")),
        *((version(1, name), 200) for name in ("sources/clinic-a", "treatments/t")),
    ],
)
def test_a_document_of_any_kind_has_a_history_of_the_versions_that_were(
    desk_of_ana, article, address, status
):
    assert desk_of_ana.get(address).status_code == status


def test_the_log_is_filtered_and_shows_what_changed(log):
    whole = log(subject="t/hope")
    some = log(action="save", subject="t/hope", person="an")

    assert [entry.action for entry, _ in whole.context["rows"]] == ["save", "start"]
    assert [entry.action for entry, _ in some.context["rows"]] == ["save"]
    assert "removed: </span>one study" in some.text
    assert "There are no such" in log(person="nobody").text
    assert log(person="ＡN\u00adA").text.count("save") == log(person="ana").text.count("save") > 0


def test_the_log_is_verified_when_asked(log):
    assert "whole log was checked" not in log().text
    assert "whole log was checked" in log(verify="1").text


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "99"}, {"person": "\0"}])
def test_the_log_survives_odd_questions(query, log):
    assert log(**query).status_code == 200


def test_who_may_not_write_reads_versions_and_saves_and_is_not_offered_to_go_on(client, discarded):
    client.force_login(staff("looker"))

    saved, public = client.get(kept(2, 1)).text, client.get(version(1)).text

    assert WORK in saved
    assert "Start a new version" not in saved
    assert "Restore" not in public

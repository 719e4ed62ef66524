"""The history of a document, one version of it, and the log of all that was done."""

import pytest
from django.urls import reverse

from explainer.library import drafts
from explainer.library.models import State
from tests.library import shelf
from tests.library.people import staff

pytestmark = pytest.mark.django_db

SUBJECT = "claims/t/hope"
NAMED = [SUBJECT]
PAGES = {
    "staff-history": NAMED,
    "staff-version": [SUBJECT, 1],
    "staff-past": [],
    "staff-audit": [],
}


@pytest.fixture
def ana():
    return staff("ana", "author", "administrator")


@pytest.fixture
def claim(ana):
    shelf.treatment()
    revision = shelf.claim_draft(note="First.", why="Because of [one study](background:).")
    shelf.publish(revision)
    opened = drafts.start(document=revision.document, actor=ana, now=shelf.NOON)
    fields = {"why": "Because of [two studies](background:).", "note": "A second study."}
    drafts.save(revision=opened, expected=0, fields=fields, actor=ana, now=shelf.NOON)
    return revision.document


@pytest.fixture
def room(client, ana):
    client.force_login(ana)
    return client


@pytest.mark.parametrize("name", PAGES)
def test_strangers_are_sent_to_log_in(name, client, claim):
    address = reverse(name, args=PAGES.get(name, NAMED))

    responses = [client.get(address), client.post(address)]

    assert {response.status_code for response in responses} <= {302, 403}
    assert not any(b"two studies" in response.content for response in responses)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_changed_by_posting(name, room, claim):
    assert room.post(reverse(name, args=PAGES[name])).status_code == 405


def test_all_staff_see_the_drafts_of_others_but_the_log_is_for_administrators(client, claim):
    client.force_login(staff("ben"))

    codes = {name: client.get(reverse(name, args=PAGES[name])).status_code for name in PAGES}

    assert codes == {
        "staff-history": 200,
        "staff-version": 200,
        "staff-past": 200,
        "staff-audit": 403,
    }


def test_the_history_compares_the_newest_version_with_the_one_before(room, claim):
    page = room.get(reverse("staff-history", args=NAMED))

    assert page.context["older"].number == 1
    assert page.context["newer"].number == 2
    assert [field.label for field in page.context["fields"]] == [
        "Why it has this label",
        "What changed and why",
    ]
    assert "removed: </span>one study" in page.text
    assert "Version 2, save 1</a>:" in page.text
    assert "A second study." in page.text


@pytest.mark.parametrize("query", ["?from=2&to=1", "?from=1&to=1", "?from=x&to=99", "?to=1"])
def test_any_two_versions_can_be_asked_for(query, room, claim):
    assert room.get(reverse("staff-history", args=NAMED) + query).status_code == 200


def test_a_public_version_is_shown_as_readers_saw_it_and_offered_again(room, claim, ana):
    page = room.get(reverse("staff-version", args=[SUBJECT, 1]))
    drafts.discard(revision=claim.revisions.open().get(), expected=1, actor=ana, now=shelf.NOON)
    free = room.get(reverse("staff-version", args=[SUBJECT, 1]))

    seen = page.text.partition(">As readers saw it</a>")[0].rpartition('href="')[2].rstrip('"')
    assert "may help some hair" in room.get(seen.replace("&amp;", "&")).text
    assert "Plausible" in page.text
    assert "Restore" not in page.text
    assert "Restore as a new draft" in free.text
    assert 'name="like" value="1"' in free.text


def test_who_may_not_write_is_not_offered_to_restore(client, claim, ana):
    drafts.discard(revision=claim.revisions.open().get(), expected=1, actor=ana, now=shelf.NOON)
    client.force_login(staff("ben"))

    assert "Restore" not in client.get(reverse("staff-version", args=[SUBJECT, 1])).text


def test_a_draft_is_shown_by_its_words(room, claim):
    page = room.get(reverse("staff-version", args=[SUBJECT, 2]))

    assert "two studies" in page.text
    assert "As readers saw it" not in page.text


def test_a_version_that_never_was_is_not_found(room, claim):
    shelf.publish(shelf.article_draft())

    assert room.get(reverse("staff-version", args=[SUBJECT, 9])).status_code == 404
    assert room.get(reverse("staff-version", args=["articles/t/safety", 1])).status_code == 200
    assert room.get(reverse("staff-history", args=["claims/t/no-such"])).status_code == 404


@pytest.mark.parametrize("name", ["sources/clinic-a", "treatments/t"])
def test_a_document_of_any_kind_has_a_history(name, room, claim):
    assert room.get(reverse("staff-history", args=[name])).status_code == 200
    assert room.get(reverse("staff-version", args=[name, 1])).status_code == 200


def test_the_log_is_filtered_and_shows_what_changed(room, claim):
    whole = room.get(reverse("staff-audit"), {"subject": "t/hope"})
    some = room.get(reverse("staff-audit"), {"action": "save", "subject": "t/hope", "person": "an"})

    assert [entry.action for entry, _ in whole.context["rows"]] == ["save", "start"]
    assert [entry.action for entry, _ in some.context["rows"]] == ["save"]
    assert "removed: </span>one study" in some.text
    assert "There are no such" in room.get(reverse("staff-audit"), {"person": "nobody"}).text


def test_the_log_is_verified_when_asked(room, claim):
    assert "whole log was checked" not in room.get(reverse("staff-audit")).text
    assert "whole log was checked" in room.get(reverse("staff-audit"), {"verify": "1"}).text


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "99"}, {"person": "\0"}])
def test_the_log_survives_odd_questions(query, room, claim):
    assert room.get(reverse("staff-audit"), query).status_code == 200


def test_every_state_of_a_version_has_a_page(room, claim):
    assert {revision.state for revision in claim.revisions.all()} == {State.PUBLISHED, State.DRAFT}
    for revision in claim.revisions.all():
        assert (
            room.get(reverse("staff-version", args=[SUBJECT, revision.number])).status_code == 200
        )

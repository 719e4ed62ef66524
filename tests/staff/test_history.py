"""The history of an entry, one version of it, who is there, and what a patient saw."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from explainer.staff.history.presence import HERE, mark, others
from explainer.staff.models import Presence

from explainer.library import beginning, drafts
from explainer.library.models import State
from tests.library import shelf
from tests.library.test_story import staff

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
    version = shelf.claim_draft(note="First.", why="Because of [one study](background:).")
    shelf.publish(version)
    opened = beginning.start(identity=version.claim, by=ana, at=shelf.NOON)
    given = {"why": "Because of [two studies](background:).", "note": "A second study."}
    drafts.save(version=opened, base=0, given=given, by=ana, at=shelf.NOON)
    return version.claim


@pytest.fixture
def room(client, ana):
    client.force_login(ana)
    return client


@pytest.mark.parametrize("name", [*PAGES, "staff-presence"])
def test_strangers_are_sent_to_log_in(name, client, claim) -> None:
    address = reverse(name, args=PAGES.get(name, NAMED))

    answers = [client.get(address), client.post(address)]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert not any(b"two studies" in answer.content for answer in answers)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_changed_by_posting(name, room, claim) -> None:
    assert room.post(reverse(name, args=PAGES[name])).status_code == 405


def test_all_staff_see_the_drafts_of_others_but_the_log_is_for_administrators(
    client, claim
) -> None:
    client.force_login(staff("ben"))

    codes = {name: client.get(reverse(name, args=PAGES[name])).status_code for name in PAGES}

    assert codes == {
        "staff-history": 200,
        "staff-version": 200,
        "staff-past": 200,
        "staff-audit": 403,
    }


def test_the_history_compares_the_newest_version_with_the_one_before(room, claim) -> None:
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
def test_any_two_versions_can_be_asked_for(query, room, claim) -> None:
    assert room.get(reverse("staff-history", args=NAMED) + query).status_code == 200


def test_a_public_version_is_shown_as_readers_saw_it_and_offered_again(room, claim, ana) -> None:
    page = room.get(reverse("staff-version", args=[SUBJECT, 1]))
    drafts.discard(version=claim.versions.open().get(), base=1, by=ana, at=shelf.NOON)
    free = room.get(reverse("staff-version", args=[SUBJECT, 1]))

    assert "As readers saw it" in page.text
    assert "Plausible" in page.text
    assert "Restore" not in page.text
    assert "Restore as a new draft" in free.text
    assert 'name="like" value="1"' in free.text


def test_who_may_not_write_is_not_offered_to_restore(client, claim, ana) -> None:
    drafts.discard(version=claim.versions.open().get(), base=1, by=ana, at=shelf.NOON)
    client.force_login(staff("ben"))

    assert "Restore" not in client.get(reverse("staff-version", args=[SUBJECT, 1])).text


def test_a_draft_is_shown_by_its_words(room, claim) -> None:
    page = room.get(reverse("staff-version", args=[SUBJECT, 2]))

    assert "two studies" in page.text
    assert "As readers saw it" not in page.text


def test_a_version_that_never_was_is_not_found(room, claim) -> None:
    shelf.publish(shelf.article_draft())

    assert room.get(reverse("staff-version", args=[SUBJECT, 9])).status_code == 404
    assert room.get(reverse("staff-version", args=["articles/t/safety", 1])).status_code == 200
    assert room.get(reverse("staff-history", args=["claims/t/no-such"])).status_code == 404


@pytest.mark.parametrize("name", ["sources/clinic-a", "treatments/t"])
def test_reference_rows_have_a_history_too(name, room, claim) -> None:
    assert room.get(reverse("staff-history", args=[name])).status_code == 200
    assert room.get(reverse("staff-version", args=[name, 1])).status_code == 200


def test_what_a_patient_saw_is_shown_with_its_date(room, claim) -> None:
    asked = {"address": "/claims/t/hope/", "at": "2026-01-02T12:00"}

    page = room.get(reverse("staff-past"), asked)

    assert "as it was on 2 January 2026, 12:00 UTC" in page.text
    assert "one study" in page.text
    assert "Left out: the claim’s history" in page.text


@pytest.mark.parametrize(
    ("address", "at", "message"),
    [
        ("/claims/t/hope/", "2026-01-02T11:59", "Nothing was public"),
        ("/changes/", "2026-01-02T12:00", "/changes is not shown as it was on a day"),
        ("/claims/t/hope/", "", "Give a date and a time"),
        ("/claims/t/hope/", "2999-01-01T00:00", "has not come yet"),
        ("/claims/t/\0/", "2026-01-02T12:00", "is no address"),
        ("http://[bad/", "2026-01-02T12:00", "is no address"),
    ],
)
def test_a_question_about_the_past_without_an_answer_says_why(
    address, at, message, room, claim
) -> None:
    page = room.get(reverse("staff-past"), {"address": address, "at": at})

    assert page.status_code == 200
    assert message in page.text


def test_the_others_who_have_an_entry_open_are_told_until_they_leave(room, claim, ana) -> None:
    now = timezone.now()
    ben = staff("ben")
    ben.first_name, ben.last_name = "Ben", "Example"
    ben.save()
    mark(SUBJECT, ben, now - timedelta(seconds=50))

    answer = room.post(reverse("staff-presence", args=NAMED), headers={"X-Background": "1"})

    since = timezone.localtime(now - timedelta(seconds=50))
    assert answer.json() == {"others": [f"Ben Example, since {since:%H:%M}"]}
    assert others(SUBJECT, ben, timezone.now()) != []
    assert others(SUBJECT, ana, now + HERE) == []
    assert others("claims/t/other", ana, now) == []


def test_since_is_kept_while_somebody_stays_and_begins_anew_when_they_come_back(ana) -> None:
    now = timezone.now()

    mark(SUBJECT, ana, now)
    mark(SUBJECT, ana, now + HERE / 2)
    stayed = Presence.objects.get()
    mark(SUBJECT, ana, now + HERE * 3)
    back = Presence.objects.get()

    assert (stayed.since, stayed.seen_at) == (now, now + HERE / 2)
    assert back.since == now + HERE * 3


def test_presence_needs_the_token_of_a_form(ana, claim) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)

    assert strict.post(reverse("staff-presence", args=NAMED)).status_code == 403
    assert not Presence.objects.exists()


def test_the_log_is_filtered_and_shows_what_changed(room, claim) -> None:
    whole = room.get(reverse("staff-audit"), {"subject": "t/hope"})
    some = room.get(reverse("staff-audit"), {"action": "save", "subject": "t/hope", "person": "an"})

    assert [entry.action for entry, _ in whole.context["rows"]] == ["save", "start"]
    assert [entry.action for entry, _ in some.context["rows"]] == ["save"]
    assert "removed: </span>one study" in some.text
    assert "There are no such" in room.get(reverse("staff-audit"), {"person": "nobody"}).text


def test_the_log_is_verified_when_asked(room, claim) -> None:
    assert "whole log was checked" not in room.get(reverse("staff-audit")).text
    assert "whole log was checked" in room.get(reverse("staff-audit"), {"verify": "1"}).text


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "99"}, {"person": "\0"}])
def test_the_log_survives_odd_questions(query, room, claim) -> None:
    assert room.get(reverse("staff-audit"), query).status_code == 200


def test_every_state_of_a_version_has_a_page(room, claim) -> None:
    assert {version.state for version in claim.versions.all()} == {State.PUBLISHED, State.DRAFT}
    for version in claim.versions.all():
        assert room.get(reverse("staff-version", args=[SUBJECT, version.number])).status_code == 200

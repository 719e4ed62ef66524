"""Dates in order, ends with a reason, two people: held by the database itself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from explainer.library import publishing
from explainer.library.models import Change, State
from tests.library import shelf

pytestmark = pytest.mark.django_db

APPROVED = "approved_at = '2026-01-03 12:00:00+00:00', approved_by_id = 1"
REVIEWED = "reviewed_by = 'A', reviewer_qualification = 'B', reviewed_at = '2026-01-03'"
DUE = "review_due = '2027-01-03'"
PUBLIC = "state = 'published', published_at = '2026-01-04 12:00:00+00:00', published_by_id = 2"
ENDED = "ended_at = '2026-01-05 12:00:00+00:00'"
EARLY = "ended_at = '2026-01-02 11:59:59+00:00', ended_because = 'x'"
WRONG = {
    "due before it was reviewed": (f"{REVIEWED}, review_due = '2020-01-01'", "due_after_review"),
    "due on the day of its review": (f"{REVIEWED}, review_due = '2026-01-03'", "due_after_review"),
    "public without a reviewer": (f"{APPROVED}, {DUE}, {PUBLIC}", "public_means_reviewed"),
    "public without a next review": (f"{APPROVED}, {REVIEWED}, {PUBLIC}", "public_means_reviewed"),
    "public at first by one person alone": (f"emergency = TRUE, {PUBLIC}", "emergency_is_caution"),
    "superseded before it began": (f"state = 'superseded', {EARLY}", "ends_after_it_began"),
    "withdrawn before it began": (f"state = 'withdrawn', {EARLY}", "ends_after_it_began"),
    "withdrawn for no reason": (f"state = 'withdrawn', {ENDED}", "withdrawn_has_reason"),
}  # fmt: skip
"""What raw SQL may not make of a version, and the constraint that refuses it."""

ENDS = ("ends_after_it_began", "withdrawn_has_reason")


@pytest.fixture(autouse=True)
def _rows():
    User.objects.bulk_create(User(username=name, pk=pk) for pk, name in ((1, "ana"), (2, "ben")))
    shelf.treatment()
    shelf.publish(shelf.claim_draft(), shelf.article_draft())


def changed(revision, change):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE library_revision SET {change} WHERE id = {revision.pk}")  # noqa: S608


@pytest.mark.parametrize("what", WRONG)
def test_the_database_takes_no_revision_that_is(what):
    change, constraint = WRONG[what]
    revision = claim().live if constraint in ENDS else shelf.claim_draft("another")

    with pytest.raises(IntegrityError, match=f"revision_{constraint}"):
        changed(revision, change)


def test_the_database_takes_what_two_people_did():
    revision = shelf.claim_draft("another")

    changed(revision, f"{APPROVED}, {REVIEWED}, {DUE}, {PUBLIC}")
    changed(revision, f"state = 'withdrawn', {ENDED}, ended_because = 'x'")

    revision.refresh_from_db()
    assert revision.state == State.WITHDRAWN


def test_one_person_alone_changes_what_was_public_before():
    first, second = shelf.claim_draft("another"), shelf.claim_draft()

    with pytest.raises(IntegrityError, match="emergency_is_caution"):
        changed(first, "emergency = TRUE")
    changed(second, "emergency = TRUE")

    second.refresh_from_db()
    assert (second.number, second.emergency) == (2, True)


def claim():
    return shelf.document("claims/t/hope")


def test_a_clock_that_was_set_back_keeps_nobody_from_withdrawing():
    document, early = claim(), shelf.NOON - timedelta(days=1)

    publishing.withdraw(document=document, actor=None, reason="It was wrong.", now=early)

    version, change = document.revisions.get(), Change.objects.first()
    assert version.state == State.WITHDRAWN
    assert version.ended_at == change.at > version.published_at


def test_a_clock_that_was_set_back_keeps_nobody_from_publishing():
    document, early = claim(), shelf.NOON - timedelta(days=1)

    publishing.publish(revisions=[shelf.claim_draft()], actor=None, reason="A test", now=early)

    before = document.revisions.get(number=1)
    assert (before.state, before.ended_at) == (State.SUPERSEDED, before.published_at)

"""Dates in order, ends with a reason, two people: held by the database itself (requirement D12)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from explainer.library import publishing
from explainer.library.models import (
    ArticleVersion,
    Change,
    Claim,
    ClaimVersion,
    ReferenceVersion,
    State,
)
from explainer.library.models.versions import Version
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
    "public at first by one person alone": (f"alone = TRUE, {PUBLIC}", "alone_is_caution"),
    "superseded before it began": (f"state = 'superseded', {EARLY}", "ends_after_it_began"),
    "withdrawn before it began": (f"state = 'withdrawn', {EARLY}", "ends_after_it_began"),
    "withdrawn for no reason": (f"state = 'withdrawn', {ENDED}", "withdrawn_has_reason"),
}  # fmt: skip
"""What raw SQL may not make of a version, and the constraint that refuses it."""

ENDS = ("ends_after_it_began", "withdrawn_has_reason")


@pytest.fixture(autouse=True)
def _rows() -> None:
    User.objects.bulk_create(User(username=name, pk=pk) for pk, name in ((1, "ana"), (2, "ben")))
    shelf.treatment()
    shelf.publish(shelf.claim_draft(), shelf.article_draft())


def opened(name: str) -> Version:
    """Store a first version, as a draft, beside the public ones."""
    if name == "claim":
        return shelf.claim_draft("another")
    if name == "article":
        return shelf.article_draft("t/evidence")
    return ReferenceVersion.objects.create(
        what="glossary/term", number=1, words={}, created_at=shelf.NOON
    )


def public(name: str) -> Version:
    models = {"claim": ClaimVersion, "article": ArticleVersion, "reference": ReferenceVersion}
    version = models[name].objects.published().first()
    assert isinstance(version, Version)
    return version


def changed(version: Version, change: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {version._meta.db_table} SET {change} WHERE id = {version.pk}"  # noqa: S608
        )


@pytest.mark.parametrize("name", ["claim", "article", "reference"])
@pytest.mark.parametrize("what", WRONG)
def test_the_database_takes_no_version_that_is(what: str, name: str) -> None:
    change, constraint = WRONG[what]
    version = public(name) if constraint in ENDS else opened(name)

    with pytest.raises(IntegrityError, match=f"{name}_{constraint}"):
        changed(version, change)


@pytest.mark.parametrize("name", ["claim", "article", "reference"])
def test_the_database_takes_what_two_people_did(name: str) -> None:
    version = opened(name)

    changed(version, f"{APPROVED}, {REVIEWED}, {DUE}, {PUBLIC}")
    changed(version, f"state = 'withdrawn', {ENDED}, ended_because = 'x'")

    version.refresh_from_db()
    assert version.state == State.WITHDRAWN


def test_one_person_alone_adds_an_override_with_its_reason_and_nothing_else() -> None:
    draft = shelf.claim_draft()
    given = "override = 'unsupported', override_reason = 'x', alone = TRUE"

    with pytest.raises(IntegrityError, match="claim_alone_is_caution"):
        changed(draft, "alone = TRUE")
    changed(draft, given)

    draft.refresh_from_db()
    assert (draft.number, draft.alone) == (2, True)


def test_a_clock_that_was_set_back_keeps_nobody_from_withdrawing() -> None:
    claim, early = Claim.objects.get(), shelf.NOON - timedelta(days=1)

    publishing.withdraw(what=claim, by=None, reason="It was wrong.", at=early)

    version, change = claim.versions.get(), Change.objects.first()
    assert version.state == State.WITHDRAWN
    assert version.ended_at == change.at > version.published_at


def test_a_clock_that_was_set_back_keeps_nobody_from_publishing() -> None:
    claim, early = Claim.objects.get(), shelf.NOON - timedelta(days=1)

    publishing.publish(versions=[shelf.claim_draft()], by=None, reason="A test", at=early)

    before = claim.versions.get(number=1)
    assert (before.state, before.ended_at) == (State.SUPERSEDED, before.published_at)

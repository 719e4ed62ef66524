"""One person alone only makes the site more cautious; and what readers see fits."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from explainer.evidence.problems import Refused
from explainer.library import beginning, drafts, readiness, releasing, reviewing
from explainer.library.models import AuditEntry, Change, ClaimVersion, Edition
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from tests.library import people, shelf
from tests.library.people import ALL, AT, REVIEWER

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
LEVELS = {
    ("promise", "plausible"): {"under-investigation", "unsupported"},
    ("promise", "under-investigation"): {"unsupported"},
    ("promise", "unsupported"): set(),
    ("warning", "unsupported"): {"under-investigation", "plausible"},
    ("warning", "under-investigation"): {"plausible"},
    ("warning", "plausible"): set(),
}


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *ALL)


@pytest.mark.parametrize("level", ["plausible", "under-investigation", "unsupported"])
@pytest.mark.parametrize(("bearing", "held"), LEVELS)
def test_a_label_is_raised_towards_caution_alone(bearing, held, level, ana):
    reason = "not-studied" if held == "unsupported" else ""
    claim = people.public_claim(bearing=bearing, level=held, reason=reason)
    given = {"reason": "not-studied", "because": "A new review.", "by": ana, "at": AT, "base": 1}

    if level in LEVELS[bearing, held]:
        releasing.raise_caution(claim=claim, level=level, **given)
        assert claim.versions.published().get().level == level
    else:
        with pytest.raises(readiness.Incomplete, match="not more cautious"):
            releasing.raise_caution(claim=claim, level=level, **given)
        assert claim.versions.published().get().number == 1


def test_raising_caution_changes_the_label_and_no_word(ana):
    claim = people.public_claim()
    before = claim.versions.published().get()

    releasing.raise_caution(
        claim=claim,
        base=1,
        level="unsupported",
        reason="not-studied",
        because="None.",
        by=ana,
        at=AT,
    )

    after = claim.versions.published().get()
    for name in ("statement", "why", "would_change", "ask", "topic", "kind", "bearing", "product"):
        assert getattr(after, name) == getattr(before, name)
    told = [list(v.positions.values_list("source", "level", "says")) for v in (before, after)]
    assert told[0] == told[1]
    assert (after.alone, after.reason, after.override_reason) == (True, "not-studied", "None.")


def test_an_open_draft_stands_in_the_way_of_raising_caution(ana, ben):
    claim = people.public_claim()
    draft = people.drafted(claim, ben)

    with pytest.raises(drafts.AlreadyOpen) as opened:
        releasing.raise_caution(
            claim=claim,
            base=1,
            level="unsupported",
            reason="not-studied",
            because="No.",
            by=ana,
            at=AT,
        )

    assert opened.value.version == draft


def test_raising_caution_and_withdrawing_need_the_right_to_publish():
    claim = people.public_claim()
    cara = people.staff("cara", "author", "reviewer", "administrator")

    with pytest.raises(NotAllowed):
        releasing.raise_caution(
            claim=claim,
            base=1,
            level="unsupported",
            reason="not-studied",
            because="No.",
            by=cara,
            at=AT,
        )
    with pytest.raises(NotAllowed):
        releasing.withdraw(what=claim, base=1, by=cara, reason="Wrong.", at=AT)

    assert Edition.objects.current().number == Change.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "A breakthrough is coming.", "x" * 501])
def test_a_withdrawal_needs_a_reason_that_fits_and_does_not_praise(reason, ana):
    claim = people.public_claim()

    with pytest.raises(readiness.Incomplete) as missing:
        releasing.withdraw(what=claim, base=1, by=ana, reason=reason, at=AT)

    assert missing.value.field == "reason"
    assert claim.versions.published().exists()


def test_a_withdrawal_takes_back_the_time_that_was_set_for_a_next_version(ana, ben):
    claim = people.public_claim()
    version = people.scheduled(claim, ana, ben, LATER)

    releasing.withdraw(what=claim, base=1, by=ana, reason="It was wrong.", at=AT)

    held = ClaimVersion.objects.get(pk=version.pk)
    assert (held.publish_at, held.scheduled_by, held.approved_by) == (None, None, ben)
    assert AuditEntry.objects.first().after == {"publish_at": None}


@pytest.mark.parametrize(
    ("field", "name", "qualification"),
    [
        ("reviewed_by", " ", "Dermatologist"),
        ("reviewed_by", "x" * 201, "Dermatologist"),
        ("reviewer_qualification", "Dr B. Example", ""),
        ("reviewer_qualification", "Dr B. Example", "Maker of miracle cures"),
    ],
)
def test_a_reviewer_is_named_as_readers_may_see_them(field, name, qualification):
    with pytest.raises(readiness.Incomplete) as missing:
        reviewing.Reviewer(name, qualification, date(2027, 1, 2))

    assert missing.value.field == field


def test_the_next_review_is_in_the_future(ana, ben):
    version = people.submitted(people.public_claim(), ana)
    reviewer = reviewing.Reviewer("Dr B. Example", "Dermatologist", AT.date())

    with pytest.raises(readiness.Incomplete, match="from tomorrow"):
        reviewing.approve(version=version, base=1, by=ben, at=AT, reviewer=reviewer)


def test_a_claim_and_its_article_become_public_together_or_not_at_all(ana, ben):
    people.public_claim()
    shelf.publish(shelf.article_draft())
    draft = shelf.claim_draft("calm", statement="It may soothe some skin.", note="New.")
    article = people.submitted(
        shelf.Article.objects.get(), ana, body="[](claim:t/hope) [](claim:t/calm)"
    )
    reviewing.submit(version=draft, base=0, by=ana, at=AT)
    reviewing.approve(version=article, base=1, by=ben, at=AT, reviewer=REVIEWER)
    both = {"versions": [draft, article], "bases": [0, 1], "by": ben, "at": AT}

    with pytest.raises(NotAllowed, match="approved these words"):
        releasing.release(**both)
    with pytest.raises(CannotPublish, match="t/calm"):
        releasing.release(versions=[article], bases=[1], by=ben, at=AT)
    assert not draft.siblings.published().exists()
    reviewing.approve(version=draft, base=0, by=ben, at=AT, reviewer=REVIEWER)
    releasing.release(**both)

    assert draft.siblings.published().exists()
    assert article.siblings.published().get() == article
    told = AuditEntry.objects.filter(action="publish")
    before = {entry.subject: entry.before and entry.before["version"] for entry in told}
    assert before == {"claims/t/calm": None, "articles/t/safety": 1}


def test_the_notes_of_many_versions_fit_into_one_public_change(ana, ben):
    people.public_claim()
    slugs = ["a", "b", "c"]
    claims = [people.public_claim(slug, statement=f"It may help {slug}.") for slug in slugs]
    versions = [
        people.approved(claim, ana, ben, note=slug * 300)
        for claim, slug in zip(claims, slugs, strict=True)
    ]

    releasing.release(versions=versions, bases=[1, 1, 1], by=ana, at=AT)

    assert len(Change.objects.first().reason) == 500


def test_a_claim_whose_only_draft_was_discarded_is_begun_again_under_its_key(ana):
    shelf.treatment()
    begun = beginning.begin_claim(key="t/new", given={"statement": "One."}, by=ana, at=AT)
    drafts.discard(version=begun, base=0, by=ana, at=AT)

    again = beginning.begin_claim(key="t/new", given={"statement": "Two."}, by=ana, at=AT)

    assert (again.number, again.claim) == (2, begun.claim)
    with pytest.raises(Refused, match="exists already"):
        beginning.begin_claim(key="t/new", given={}, by=ana, at=AT)


def test_a_second_article_on_a_topic_is_refused(ana):
    shelf.treatment()
    beginning.begin_article(key="t/safety", topic="safety", given={}, by=ana, at=AT)

    with pytest.raises(Refused, match="topic"):
        beginning.begin_article(key="t/harm", topic="safety", given={}, by=ana, at=AT)


def test_of_two_who_start_at_once_the_second_finds_the_firsts_draft(ana, ben, monkeypatch):
    claim = people.public_claim()
    before = beginning.newest(claim)
    first = beginning.start(identity=claim, by=ana, at=AT)
    seen = iter([before, first])
    monkeypatch.setattr(beginning, "newest", lambda identity: next(seen))

    with pytest.raises(drafts.AlreadyOpen) as opened:
        beginning.start(identity=claim, by=ben, at=AT)

    assert opened.value.version == first


def test_the_database_refuses_a_time_for_what_nobody_approved(ana):
    version = people.submitted(people.public_claim(), ana)

    with pytest.raises(IntegrityError):
        ClaimVersion.objects.filter(pk=version.pk).update(publish_at=LATER)
    connection.set_rollback(True)


def test_a_draft_that_was_begun_and_ended_in_the_same_moment_is_no_crash(ben, monkeypatch):
    claim = people.public_claim()

    def after_another(*given, **more):
        raise IntegrityError("claim_number_once")

    monkeypatch.setattr(drafts, "begin", after_another)
    with pytest.raises(drafts.Stale):
        releasing.raise_caution(
            claim=claim, base=1, level="unsupported", reason="not-studied",
            because="No trial shows it.", by=ben, at=AT,
        )  # fmt: skip

    assert ClaimVersion.objects.published().get().number == 1

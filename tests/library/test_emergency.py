"""One person alone only makes the site more cautious; and what readers see fits."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from explainer.evidence.levels import Level
from explainer.kinds import ARTICLE, CLAIM
from explainer.library import drafts, emergency, reviewer, workflow
from explainer.library.models import AuditEntry, Change, Revision, SiteVersion
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from explainer.text.problems import Refused
from tests.library import people, shelf
from tests.library.people import AT, REVIEWER

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


def downgraded(claim, actor, **words):
    given = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "None.", **words}
    return emergency.downgrade_label(document=claim, expected=1, actor=actor, now=AT, **given)


@pytest.mark.parametrize("level", ["plausible", "under-investigation", "unsupported"])
@pytest.mark.parametrize(("bearing", "held"), LEVELS)
def test_a_label_is_raised_towards_caution_alone(bearing, held, level, ana):
    reason = "not-studied" if held == "unsupported" else ""
    claim = people.public_claim(bearing=bearing, positions=[shelf.position(held)], reason=reason)

    if level in LEVELS[bearing, held]:
        downgraded(claim, ana, level=Level(level))
        assert claim.revisions.published().get().level == level
    else:
        with pytest.raises(reviewer.Incomplete, match="not more cautious"):
            downgraded(claim, ana, level=Level(level))
        assert claim.revisions.published().get().number == 1


def test_raising_caution_for_a_reason_that_praises_is_refused(claim, ana):
    with pytest.raises(CannotPublish, match="breakthrough"):
        downgraded(claim, ana, because="This is a breakthrough.")


def test_raising_caution_changes_the_label_and_no_word(claim, ana):
    before = claim.revisions.published().get()

    downgraded(claim, ana)

    after = claim.revisions.published().get()
    changed = {name for name in after.fields if after.fields[name] != before.fields[name]}
    assert changed == {"level", "level_reason", "reason"}
    assert (after.emergency, after.fields["level_reason"]) == (True, "None.")
    assert after.positions.count() == before.positions.count() == 1


def test_an_open_draft_stands_in_the_way_of_raising_caution(claim, ana, ben):
    draft = people.drafted(claim, ben)

    with pytest.raises(drafts.AlreadyOpen) as opened:
        downgraded(claim, ana)

    assert opened.value.revision == draft


def test_raising_caution_and_withdrawing_need_the_right_to_publish(claim):
    cara = people.staff("cara", "author", "reviewer", "administrator")

    with pytest.raises(NotAllowed):
        downgraded(claim, cara)
    with pytest.raises(NotAllowed):
        emergency.withdraw(document=claim, expected=1, actor=cara, reason="Wrong.", now=AT)

    assert SiteVersion.objects.current().number == Change.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "A breakthrough is coming.", "x" * 501])
def test_a_withdrawal_needs_a_reason_that_fits_and_does_not_praise(claim, reason, ana):
    with pytest.raises(reviewer.Incomplete) as missing:
        emergency.withdraw(document=claim, expected=1, actor=ana, reason=reason, now=AT)

    assert missing.value.field == "reason"
    assert claim.revisions.published().exists()


def test_a_withdrawal_takes_back_the_time_that_was_set_for_a_next_version(claim, ana, ben):
    version = people.scheduled(claim, ana, ben, LATER)

    emergency.withdraw(document=claim, expected=1, actor=ana, reason="It was wrong.", now=AT)

    current = Revision.objects.get(pk=version.pk)
    assert (current.publish_at, current.scheduled_by, current.approved_by) == (None, None, ben)
    assert AuditEntry.objects.first().after == {"publish_at": None}


@pytest.mark.parametrize(
    ("field", "name", "qualification"),
    [
        ("reviewed_by", " ", "Dermatologist"),
        ("reviewed_by", "x" * 201, "Dermatologist"),
        ("reviewer_qualification", "Dr B. Example", ""),
        ("reviewer_qualification", "Dr B. Example", "Maker of miracle cures"),
        ("reviewed_by", "Dr B.\u200b Example", "Dermatologist"),
        ("reviewer_qualification", "Dr B. Example", "Derma\u00adtologist"),
    ],
)
def test_a_reviewer_is_named_as_readers_may_see_them(field, name, qualification):
    with pytest.raises(reviewer.Incomplete) as missing:
        reviewer.Reviewer(name, qualification, date(2027, 1, 2), read_unlabelled=True)

    assert missing.value.field == field


def test_the_next_review_is_in_the_future(ana, ben):
    version = people.submitted(people.public_claim(), ana)
    doctor = reviewer.Reviewer("Dr B. Example", "Dermatologist", AT.date(), read_unlabelled=True)

    with pytest.raises(reviewer.Incomplete, match="from tomorrow"):
        workflow.approve(revision=version, expected=1, actor=ben, now=AT, reviewer=doctor)


def test_a_claim_and_its_article_become_public_together_or_not_at_all(ana, ben):
    people.public_claim()
    shelf.publish(shelf.article_draft())
    draft = shelf.claim_draft("calm", statement="It may soothe some skin.", note="New.")
    article = people.submitted(
        shelf.document("articles/t/safety"), ana, body="[](claim:t/hope) [](claim:t/calm)"
    )
    workflow.submit(revision=draft, expected=0, actor=ana, now=AT)
    workflow.approve(revision=article, expected=1, actor=ben, now=AT, reviewer=REVIEWER)
    both = {"revisions": [draft, article], "expected": [0, 1], "actor": ben, "now": AT}

    with pytest.raises(NotAllowed, match="approved these words"):
        workflow.publish(**both)
    with pytest.raises(CannotPublish, match="t/calm"):
        workflow.publish(revisions=[article], expected=[1], actor=ben, now=AT)
    assert not draft.document.revisions.published().exists()
    workflow.approve(revision=draft, expected=0, actor=ben, now=AT, reviewer=REVIEWER)
    workflow.publish(**both)

    assert draft.document.revisions.published().exists()
    assert article.document.revisions.published().get() == article
    told = AuditEntry.objects.filter(action="publish")
    before = {entry.subject: entry.before and entry.before["revision"] for entry in told}
    assert before == {"claims/t/calm": None, "articles/t/safety": 1}


def test_the_notes_of_many_versions_fit_into_one_public_change(ana, ben):
    people.public_claim()
    slugs = ["a", "b", "c"]
    claims = [people.public_claim(slug, statement=f"It may help {slug}.") for slug in slugs]
    versions = [
        people.approved(claim, ana, ben, note=slug * 300)
        for claim, slug in zip(claims, slugs, strict=True)
    ]

    workflow.publish(revisions=versions, expected=[1, 1, 1], actor=ana, now=AT)

    assert len(Change.objects.first().reason) == 500


def test_a_claim_whose_only_draft_was_discarded_is_begun_again_under_its_key(ana):
    shelf.treatment()
    begun = drafts.create(kind=CLAIM, key="t/new", fields={"statement": "One."}, actor=ana, now=AT)
    drafts.discard(revision=begun, expected=0, actor=ana, now=AT)

    again = drafts.create(kind=CLAIM, key="t/new", fields={"statement": "Two."}, actor=ana, now=AT)

    assert (again.number, again.document) == (2, begun.document)
    with pytest.raises(Refused, match="exists already"):
        drafts.create(kind=CLAIM, key="t/new", fields={}, actor=ana, now=AT)


@pytest.mark.parametrize(
    ("kind", "key", "message"),
    [
        (ARTICLE, "t/harm", "not one of the topics"),
        (ARTICLE, "claims", "an address the site uses itself"),
        (CLAIM, "u/hope", "There is no treatment 'u'"),
    ],
)
def test_a_key_that_cannot_be_an_address_is_refused(kind, key, message, ana):
    shelf.treatment()

    with pytest.raises(Refused, match=message):
        drafts.create(kind=kind, key=key, fields={}, actor=ana, now=AT)


def test_of_two_who_start_at_once_the_second_finds_the_firsts_draft(claim, ana, ben, monkeypatch):
    before = drafts.newest(claim)
    first = drafts.start(document=claim, actor=ana, now=AT)
    seen = iter([before, first])
    monkeypatch.setattr(drafts, "newest", lambda document: next(seen))

    with pytest.raises(drafts.AlreadyOpen) as opened:
        drafts.start(document=claim, actor=ben, now=AT)

    assert opened.value.revision == first


def test_the_database_refuses_a_time_for_what_nobody_approved(ana):
    version = people.submitted(people.public_claim(), ana)

    with pytest.raises(IntegrityError):
        Revision.objects.filter(pk=version.pk).update(publish_at=LATER)
    connection.set_rollback(True)


def test_a_draft_that_was_begun_and_ended_in_the_same_moment_is_no_crash(claim, ben, monkeypatch):
    def after_another(*_, **__):
        raise IntegrityError("revision_number_once")

    monkeypatch.setattr(drafts, "begin", after_another)
    with pytest.raises(drafts.Conflict):
        downgraded(claim, ben)

    assert Revision.objects.of(CLAIM).published().get().number == 1

"""Who may do what to a version, in which state; and that two people it takes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from explainer.library import beginning, drafts, readiness, releasing, reviewing
from explainer.library.models import AuditEntry, ClaimVersion, Edition, Save, State
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from tests.library import people, shelf
from tests.library.people import ALL, AT, REVIEWER

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
VERBS = {
    "save": lambda v, by: drafts.save(version=v, base=1, given={"why": "New."}, by=by, at=AT),
    "discard": lambda v, by: drafts.discard(version=v, base=1, by=by, at=AT),
    "submit": lambda v, by: reviewing.submit(version=v, base=1, by=by, at=AT),
    "take back": lambda v, by: reviewing.take_back(version=v, base=1, by=by, at=AT),
    "send back": lambda v, by: reviewing.send_back(
        version=v, base=1, by=by, at=AT, comment="Mend it."
    ),
    "approve": lambda v, by: reviewing.approve(version=v, base=1, by=by, at=AT, reviewer=REVIEWER),
    "schedule": lambda v, by: releasing.schedule(version=v, base=1, by=by, at=AT, when=LATER),
    "publish": lambda v, by: releasing.release(versions=[v], bases=[1], by=by, at=AT),
}
ROLES = {
    "author": {"save", "discard", "submit", "take back"},
    "reviewer": {"send back", "approve"},
    "publisher": {"schedule", "publish"},
    "administrator": set(),
}
STATES = {
    "draft": {"save", "discard", "submit"},
    "in review": {"take back", "send back", "approve"},
    "approved": {"take back", "send back", "schedule", "publish"},
    "published": set(),
}


@pytest.fixture
def claim():
    return people.public_claim()


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *ALL)


def brought_to(state, claim, ana, ben):
    if state == "draft":
        return people.drafted(claim, ana)
    if state == "in review":
        return people.submitted(claim, ana)
    version = people.approved(claim, ana, ben)
    if state == "published":
        VERBS["publish"](version, ben)
    return version


def everything():
    rows = ClaimVersion.objects.order_by("pk").values()
    return (
        list(rows),
        AuditEntry.objects.count(),
        Save.objects.count(),
        Edition.objects.current().number,
    )


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ROLES)
def test_a_verb_needs_its_role(role, verb, claim, ana, ben):
    state = next(state for state, allowed in STATES.items() if verb in allowed)
    version = brought_to(state, claim, ana, ben)
    cara = people.staff("cara", role)

    if verb in ROLES[role]:
        VERBS[verb](version, cara)
    else:
        before = everything()
        with pytest.raises(NotAllowed, match="role"):
            VERBS[verb](version, cara)
        assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", STATES)
def test_a_verb_belongs_to_a_state(state, verb, claim, ana, ben):
    version = brought_to(state, claim, ana, ben)
    cara = people.staff("cara", *ALL)

    if verb in STATES[state]:
        VERBS[verb](version, cara)
    else:
        before = everything()
        with pytest.raises((NotAllowed, drafts.Stale)):
            VERBS[verb](version, cara)
        assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_on_an_old_count_is_stale_and_changes_nothing(verb, claim, ana, ben):
    state = next(state for state, allowed in STATES.items() if verb in allowed)
    version = brought_to(state, claim, ana, ben)
    ClaimVersion.objects.filter(pk=version.pk).update(save_count=2)
    before = everything()

    with pytest.raises(drafts.Stale):
        VERBS[verb](version, people.staff("cara", *ALL))

    assert everything() == before


def test_a_disabled_account_may_do_nothing(claim, ana, ben):
    version = people.approved(claim, ana, ben)
    ben.is_active = False

    with pytest.raises(NotAllowed):
        VERBS["publish"](version, ben)


def test_a_superuser_cannot_approve_what_they_wrote(claim, ana):
    ana.is_superuser = True
    version = people.submitted(claim, ana)

    with pytest.raises(NotAllowed, match="yourself"):
        VERBS["approve"](version, ana)


def test_whoever_saved_a_draft_of_another_wrote_it_too(claim, ana, ben):
    version = people.drafted(claim, ana)
    drafts.save(version=version, base=1, given={"why": "Ben's."}, by=ben, at=AT)
    drafts.save(version=version, base=2, given={"why": "Ana's."}, by=ana, at=AT)
    reviewing.submit(version=version, base=3, by=ana, at=AT)

    for writer in (ana, ben):
        with pytest.raises(NotAllowed, match="yourself"):
            reviewing.approve(version=version, base=3, by=writer, at=AT, reviewer=REVIEWER)


@pytest.mark.parametrize("saves", [0, 1])
def test_who_wrote_the_thrown_away_words_that_a_draft_began_with_wrote_it_too(
    saves, claim, ana, ben
):
    thrown = people.drafted(claim, ana)
    kept = Save.objects.get(subject=thrown.subject, number=thrown.number, count=1)
    drafts.discard(version=thrown, base=1, by=ana, at=AT)
    again = beginning.start(identity=claim, by=ben, at=AT, like=kept)
    for base in range(saves):
        drafts.save(version=again, base=base, given={"why": "Ben's."}, by=ben, at=AT)
    drafts.discard(version=again, base=saves, by=ben, at=AT)
    last = Save.objects.get(subject=again.subject, number=again.number, count=saves)
    third = beginning.start(identity=claim, by=people.staff("cai", *ALL), at=AT, like=last)

    assert drafts.writers(again) == {ana.pk, ben.pk}
    assert drafts.writers(third) == {ana.pk, ben.pk, third.author_id}
    reviewing.submit(version=third, base=0, by=ben, at=AT)
    with pytest.raises(NotAllowed, match="wrote some of this"):
        reviewing.approve(version=third, base=0, by=ana, at=AT, reviewer=REVIEWER)


def test_who_wrote_after_the_save_that_a_draft_began_with_wrote_none_of_it(claim, ana, ben):
    thrown = people.drafted(claim, ana)
    drafts.save(version=thrown, base=1, given={"why": "Ben's."}, by=ben, at=AT)
    drafts.discard(version=thrown, base=2, by=ana, at=AT)
    kept = Save.objects.get(subject=thrown.subject, number=thrown.number, count=1)

    again = beginning.start(identity=claim, by=ana, at=AT, like=kept)

    assert drafts.writers(again) == {ana.pk}


def test_the_words_of_a_file_are_approved_by_another_than_who_submitted_them(claim, ana, ben):
    version = shelf.claim_draft(note="From the file.")
    reviewing.submit(version=version, base=0, by=ana, at=AT)

    with pytest.raises(NotAllowed, match="yourself"):
        reviewing.approve(version=version, base=0, by=ana, at=AT, reviewer=REVIEWER)
    reviewing.approve(version=version, base=0, by=ben, at=AT, reviewer=REVIEWER)


def test_the_database_refuses_an_author_as_approver(claim, ana):
    version = people.submitted(claim, ana)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimVersion.objects.filter(pk=version.pk).update(approved_by=ana, approved_at=AT)


@pytest.mark.parametrize("verb", ["take back", "send back"])
def test_going_back_voids_approval_and_schedule(verb, claim, ana, ben):
    version = people.scheduled(claim, ana, ben, LATER)

    VERBS[verb](version, ben)

    held = ClaimVersion.objects.get(pk=version.pk)
    assert (held.state, held.approved_by, held.reviewed_by) == (State.DRAFT, None, "")
    assert (held.publish_at, held.scheduled_by, held.review_due) == (None, None, None)


def test_approved_words_cannot_be_changed_through_an_old_copy(claim, ana, ben):
    version = people.drafted(claim, ana)
    old = ClaimVersion.objects.get(pk=version.pk)
    reviewing.submit(version=version, base=1, by=ana, at=AT)
    VERBS["approve"](version, ben)

    with pytest.raises(drafts.Stale):
        drafts.save(version=old, base=1, given={"why": "Slipped in."}, by=ana, at=AT)

    assert ClaimVersion.objects.get(pk=version.pk).why != "Slipped in."


def test_a_save_stores_words_and_nothing_else_that_the_caller_holds(claim, ana, ben):
    version = people.drafted(claim, ana)
    version.approved_by, version.approved_at, version.state = ben, AT, State.DRAFT

    drafts.save(version=version, base=1, given={"why": "New."}, by=ana, at=AT)

    assert ClaimVersion.objects.get(pk=version.pk).approved_by is None


def test_the_second_of_two_approvals_is_stale(claim, ana, ben):
    version = people.approved(claim, ana, ben)
    cara = people.staff("cara", "reviewer")

    with pytest.raises(drafts.Stale):
        VERBS["approve"](version, cara)

    assert ClaimVersion.objects.get(pk=version.pk).approved_by == ben


@pytest.mark.parametrize("verb", ["schedule", "publish"])
def test_an_approval_that_was_taken_back_meanwhile_publishes_nothing(verb, claim, ana, ben):
    version = people.approved(claim, ana, ben)
    old = ClaimVersion.objects.get(pk=version.pk)
    VERBS["send back"](version, ben)
    VERBS["submit"](version, ana)

    with pytest.raises(NotAllowed, match="approved these words"):
        VERBS[verb](old, ben)

    assert claim.versions.published().get().number == 1


def test_a_note_is_needed(claim, ana):
    version = people.drafted(claim, ana, note=" ")

    with pytest.raises(CannotPublish, match="what changed and why"):
        VERBS["submit"](version, ana)


def test_sending_back_needs_a_comment(claim, ana, ben):
    version = people.submitted(claim, ana)

    with pytest.raises(readiness.Incomplete, match="mended") as missing:
        reviewing.send_back(version=version, base=1, by=ben, at=AT, comment=" ")

    assert missing.value.field == "comment"


def test_words_that_praise_are_neither_submitted_nor_approved_nor_published(claim, ana, ben):
    version = people.drafted(claim, ana, why="A breakthrough.")

    with pytest.raises(CannotPublish, match="breakthrough"):
        VERBS["submit"](version, ana)
    ClaimVersion.objects.filter(pk=version.pk).update(state=State.IN_REVIEW)
    with pytest.raises(CannotPublish, match="breakthrough"):
        VERBS["approve"](version, ben)
    ClaimVersion.objects.filter(pk=version.pk).update(approved_by=ben, approved_at=AT)
    with pytest.raises(CannotPublish, match="breakthrough"):
        VERBS["publish"](version, ben)

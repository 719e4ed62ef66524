"""Who may do what to a revision, in which state; and that two people it takes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from explainer.kinds import SOURCE
from explainer.library import audit, drafts, reviewer, workflow
from explainer.library.models import AuditEntry, Revision, Save, SiteVersion, State
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from tests.library import people, shelf
from tests.library.people import ALL, AT, DUE, REVIEWER

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
WORDS = {"note": "New.", "title": "New", "positions": [shelf.position(says="Says more.")]}
VERBS = {
    "save": lambda **given: drafts.save(fields=WORDS, **given),
    "discard": drafts.discard,
    "submit": workflow.submit,
    "take back": workflow.take_back,
    "send back": lambda **given: workflow.send_back(comment="Mend it.", **given),
    "approve": lambda **given: workflow.approve(reviewer=REVIEWER, **given),
    "schedule": lambda **given: workflow.schedule(when=LATER, **given),
    "publish": lambda *, revision, expected, **given: workflow.publish(
        revisions=[revision], expected=[expected], **given
    ),
}


def take(verb, revision, actor):
    VERBS[verb](revision=revision, expected=1, actor=actor, now=AT)


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


def brought_to(state, claim, ana, ben):
    if state == "draft":
        return people.drafted(claim, ana)
    if state == "in review":
        return people.submitted(claim, ana)
    version = people.approved(claim, ana, ben)
    if state == "published":
        take("publish", version, ben)
    return version


def everything():
    rows = Revision.objects.order_by("pk").values()
    return (
        list(rows),
        AuditEntry.objects.count(),
        Save.objects.count(),
        SiteVersion.objects.current().number,
    )


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ROLES)
def test_a_verb_needs_its_role(role, verb, claim, ana, ben):
    state = next(state for state, allowed in STATES.items() if verb in allowed)
    version = brought_to(state, claim, ana, ben)
    cara = people.staff("cara", role)

    if verb in ROLES[role]:
        take(verb, version, cara)
    else:
        before = everything()
        with pytest.raises(NotAllowed, match="role"):
            take(verb, version, cara)
        assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", STATES)
def test_a_verb_belongs_to_a_state(state, verb, claim, ana, ben):
    version = brought_to(state, claim, ana, ben)
    cara = people.staff("cara", *ALL)

    if verb in STATES[state]:
        take(verb, version, cara)
    else:
        before = everything()
        with pytest.raises((NotAllowed, drafts.Conflict)):
            take(verb, version, cara)
        assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_on_an_old_count_is_stale_and_changes_nothing(verb, claim, ana, ben):
    state = next(state for state, allowed in STATES.items() if verb in allowed)
    version = brought_to(state, claim, ana, ben)
    Revision.objects.filter(pk=version.pk).update(lock_version=2)
    before = everything()

    with pytest.raises(drafts.Conflict) as stale:
        take(verb, version, people.staff("cara", *ALL))

    assert stale.value.current == version
    assert everything() == before


def test_a_disabled_account_may_do_nothing(claim, ana, ben):
    version = people.approved(claim, ana, ben)
    ben.is_active = False

    with pytest.raises(NotAllowed):
        take("publish", version, ben)


def test_a_superuser_cannot_approve_what_they_wrote(claim, ana):
    ana.is_superuser = True
    version = people.submitted(claim, ana)

    with pytest.raises(NotAllowed, match="yourself"):
        take("approve", version, ana)


def test_whoever_saved_a_draft_of_another_wrote_it_too(claim, ana, ben):
    version = people.drafted(claim, ana)
    drafts.save(revision=version, expected=1, fields={"why": "Ben's."}, actor=ben, now=AT)
    drafts.save(revision=version, expected=2, fields={"why": "Ana's."}, actor=ana, now=AT)
    workflow.submit(revision=version, expected=3, actor=ana, now=AT)

    for writer in (ana, ben):
        with pytest.raises(NotAllowed, match="yourself"):
            workflow.approve(revision=version, expected=3, actor=writer, now=AT, reviewer=REVIEWER)


@pytest.mark.parametrize("saves", [0, 1])
def test_who_wrote_the_thrown_away_words_that_a_draft_began_with_wrote_it_too(
    saves, claim, ana, ben
):
    thrown = people.drafted(claim, ana)
    kept = Save.objects.get(document=claim, number=thrown.number, lock_version=1)
    drafts.discard(revision=thrown, expected=1, actor=ana, now=AT)
    again = drafts.start(document=claim, actor=ben, now=AT, copy_from=kept)
    for saved in range(saves):
        drafts.save(revision=again, expected=saved, fields={"why": "Ben's."}, actor=ben, now=AT)
    drafts.discard(revision=again, expected=saves, actor=ben, now=AT)
    last = Save.objects.get(document=claim, number=again.number, lock_version=saves)
    third = drafts.start(document=claim, actor=people.staff("cai", *ALL), now=AT, copy_from=last)

    assert drafts.writers(again) == {ana.pk, ben.pk}
    assert drafts.writers(third) == {ana.pk, ben.pk, third.author_id}
    workflow.submit(revision=third, expected=0, actor=ben, now=AT)
    with pytest.raises(NotAllowed, match="wrote some of this"):
        workflow.approve(revision=third, expected=0, actor=ana, now=AT, reviewer=REVIEWER)


def test_who_wrote_after_the_save_that_a_draft_began_with_wrote_none_of_it(claim, ana, ben):
    thrown = people.drafted(claim, ana)
    drafts.save(revision=thrown, expected=1, fields={"why": "Ben's."}, actor=ben, now=AT)
    drafts.discard(revision=thrown, expected=2, actor=ana, now=AT)
    kept = Save.objects.get(document=claim, number=thrown.number, lock_version=1)

    again = drafts.start(document=claim, actor=ana, now=AT, copy_from=kept)

    assert drafts.writers(again) == {ana.pk}


def test_the_words_of_a_file_are_approved_by_another_than_who_submitted_them(claim, ana, ben):
    version = shelf.claim_draft(note="From the file.")
    workflow.submit(revision=version, expected=0, actor=ana, now=AT)

    with pytest.raises(NotAllowed, match="yourself"):
        workflow.approve(revision=version, expected=0, actor=ana, now=AT, reviewer=REVIEWER)
    workflow.approve(revision=version, expected=0, actor=ben, now=AT, reviewer=REVIEWER)


def test_the_database_refuses_an_author_as_approver(claim, ana):
    version = people.submitted(claim, ana)

    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=version.pk).update(approved_by=ana, approved_at=AT)


@pytest.mark.parametrize("verb", ["take back", "send back"])
def test_going_back_voids_approval_and_schedule(verb, claim, ana, ben):
    version = people.scheduled(claim, ana, ben, LATER)

    take(verb, version, ben)

    current = Revision.objects.get(pk=version.pk)
    assert (current.state, current.approved_by, current.reviewed_by) == (State.DRAFT, None, "")
    assert (current.publish_at, current.scheduled_by, current.review_due) == (None, None, None)


def test_approved_words_cannot_be_changed_through_an_old_copy(claim, ana, ben):
    version = people.drafted(claim, ana)
    old = Revision.objects.get(pk=version.pk)
    workflow.submit(revision=version, expected=1, actor=ana, now=AT)
    take("approve", version, ben)

    with pytest.raises(drafts.Conflict):
        drafts.save(revision=old, expected=1, fields={"why": "Slipped in."}, actor=ana, now=AT)

    assert Revision.objects.get(pk=version.pk).fields["why"] != "Slipped in."


def test_a_save_stores_words_and_nothing_else_that_the_caller_holds(claim, ana, ben):
    version = people.drafted(claim, ana)
    version.approved_by, version.approved_at, version.state = ben, AT, State.DRAFT

    drafts.save(revision=version, expected=1, fields={"why": "New."}, actor=ana, now=AT)

    assert Revision.objects.get(pk=version.pk).approved_by is None


def test_the_second_of_two_approvals_is_stale(claim, ana, ben):
    version = people.approved(claim, ana, ben)
    cara = people.staff("cara", "reviewer")

    with pytest.raises(drafts.Conflict):
        take("approve", version, cara)

    assert Revision.objects.get(pk=version.pk).approved_by == ben


@pytest.mark.parametrize("verb", ["schedule", "publish"])
def test_an_approval_that_was_taken_back_meanwhile_publishes_nothing(verb, claim, ana, ben):
    version = people.approved(claim, ana, ben)
    old = Revision.objects.get(pk=version.pk)
    take("send back", version, ben)
    take("submit", version, ana)

    with pytest.raises(NotAllowed, match="approved these words"):
        take(verb, old, ben)

    assert claim.revisions.published().get().number == 1


def test_a_note_is_needed(claim, ana):
    version = people.drafted(claim, ana, note=" ")

    with pytest.raises(CannotPublish, match="what changed and why"):
        take("submit", version, ana)


def test_sending_back_needs_a_comment(claim, ana, ben):
    version = people.submitted(claim, ana)

    with pytest.raises(reviewer.Incomplete, match="mended") as missing:
        workflow.send_back(revision=version, expected=1, actor=ben, now=AT, comment=" ")

    assert missing.value.field == "comment"


def test_words_that_praise_are_neither_submitted_nor_approved_nor_published(claim, ana, ben):
    version = people.drafted(claim, ana, why="A breakthrough.")

    with pytest.raises(CannotPublish, match="breakthrough"):
        take("submit", version, ana)
    Revision.objects.filter(pk=version.pk).update(state=State.IN_REVIEW)
    with pytest.raises(CannotPublish, match="breakthrough"):
        take("approve", version, ben)
    Revision.objects.filter(pk=version.pk).update(approved_by=ben, approved_at=AT)
    with pytest.raises(CannotPublish, match="breakthrough"):
        take("publish", version, ben)


def test_a_claim_is_written_reviewed_and_published_by_two(claim, ana, ben):
    revision = people.submitted(claim, ana, why="[Because of this.](background:)")
    approval = {"revision": revision, "expected": 1, "now": AT, "reviewer": REVIEWER}

    with pytest.raises(NotAllowed, match="yourself"):
        workflow.approve(**approval, actor=ana)
    workflow.approve(**approval, actor=ben)
    workflow.publish(revisions=[revision], expected=[1], actor=ana, now=AT)

    public = claim.revisions.published().get()
    assert (public.number, public.fields["why"], public.published_because) == (
        2,
        "[Because of this.](background:)",
        "Reads better.",
    )
    assert (public.reviewed_by, public.review_due) == ("Dr B. Example", DUE)
    actions = [entry.action for entry in AuditEntry.objects.order_by("number")]
    assert actions == ["start", "save", "submit", "approve", "publish"]
    assert list(audit.verify()) == []
    assert Save.objects.count() == 2


def test_a_new_source_becomes_public_by_two(ana, ben):
    shelf.treatment()
    fields = {"title": "A trial", "kind": "trial", "seen": "full", "appraisal": "A small trial."}
    begun = {"key": "a-trial", "fields": {**fields, "note": "New."}, "actor": ana, "now": AT}
    revision = drafts.create(kind=SOURCE, **begun)
    step = {"revision": revision, "expected": 0, "now": AT}

    workflow.submit(**step, actor=ana)
    workflow.approve(**step, actor=ben, reviewer=REVIEWER)
    workflow.publish(revisions=[revision], expected=[0], actor=ben, now=AT)

    assert shelf.document("sources/a-trial").live == revision

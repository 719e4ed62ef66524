"""A document goes from a draft to the public by two people, and every step is kept."""

import pytest

from explainer.evidence.levels import Level
from explainer.kinds import SOURCE
from explainer.library import audit, drafts, workflow
from explainer.library.emergency import downgrade_label
from explainer.library.models import AuditEntry, Revision, Save, State
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from tests.library import people, shelf
from tests.library.people import ALL, AT, DUE, REVIEWER

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *ALL)


@pytest.fixture
def claim():
    return people.public_claim()


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


def test_a_stale_save_is_refused_and_changes_nothing(claim, ana, ben):
    revision = people.drafted(claim, ana, why="Ana's.")
    seen_by_ben = Revision.objects.get(pk=revision.pk)
    more = {"expected": 1, "now": AT}
    drafts.save(revision=revision, fields={"why": "Ana's second."}, actor=ana, **more)

    with pytest.raises(drafts.Conflict) as conflict:
        drafts.save(revision=seen_by_ben, fields={"why": "Ben's."}, actor=ben, **more)

    assert conflict.value.current.fields["why"] == "Ana's second."
    assert Revision.objects.get(pk=revision.pk).fields["why"] == "Ana's second."


def test_wording_that_overstates_is_refused_before_review(claim, ana):
    revision = people.drafted(claim, ana, statement="The treatment cures every bald spot.")

    with pytest.raises(CannotPublish, match="cure"):
        workflow.submit(revision=revision, expected=1, actor=ana, now=AT)

    assert Revision.objects.get(pk=revision.pk).state == State.DRAFT


def test_one_person_alone_may_only_raise_caution(claim, ana):
    asked = {"document": claim, "expected": 1, "reason": "not-studied", "actor": ana, "now": AT}
    because = "A new review found no study."

    with pytest.raises(workflow.Incomplete, match="not more cautious"):
        downgrade_label(level=Level.PLAUSIBLE, because=because, **asked)
    with pytest.raises(CannotPublish, match="breakthrough"):
        downgrade_label(level=Level.UNSUPPORTED, because="This is a breakthrough.", **asked)
    downgrade_label(level=Level.UNDER_INVESTIGATION, because=because, **asked)

    public = claim.revisions.published().get()
    assert (public.level, public.emergency, public.number) == ("under-investigation", True, 2)


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

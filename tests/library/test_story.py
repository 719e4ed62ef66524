"""A claim goes from a draft to the public by two people, and every step is kept."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User

from explainer.library import audit, beginning, drafts, readiness, releasing, reviewing
from explainer.library.models import AuditEntry, Claim, ClaimVersion, Save, Source, State
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from tests.library import shelf

pytestmark = pytest.mark.django_db

AT = shelf.NOON + timedelta(days=1)
DUE = date(2027, 1, 2)


def staff(name: str, *roles: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def ana() -> User:
    return staff("ana", "author", "reviewer", "publisher")


@pytest.fixture
def ben() -> User:
    return staff("ben", "author", "reviewer", "publisher")


@pytest.fixture
def claim() -> Claim:
    shelf.treatment()
    version = shelf.claim_draft(note="First.")
    shelf.publish(version)
    return version.claim


def drafted(claim: Claim, by: User, **words: object) -> ClaimVersion:
    version = beginning.start(identity=claim, by=by, at=AT)
    given = {"note": "Reads better.", **words}
    drafts.save(version=version, base=0, given=given, by=by, at=AT)
    return version


def test_a_claim_is_written_reviewed_and_published_by_two(claim, ana, ben) -> None:
    version = drafted(claim, ana, why="[Because of this.](background:)")
    reviewing.submit(version=version, base=1, by=ana, at=AT)
    reviewer = reviewing.Reviewer("Dr B. Example", "Dermatologist", DUE)

    with pytest.raises(NotAllowed, match="yourself"):
        reviewing.approve(version=version, base=1, by=ana, at=AT, reviewer=reviewer)
    reviewing.approve(version=version, base=1, by=ben, at=AT, reviewer=reviewer)
    releasing.release(versions=[version], bases=[1], by=ana, at=AT)

    public = claim.versions.published().get()
    assert (public.number, public.why, public.published_because) == (
        2,
        "[Because of this.](background:)",
        "Reads better.",
    )
    assert (public.reviewed_by, public.review_due) == ("Dr B. Example", DUE)
    actions = [entry.action for entry in AuditEntry.objects.order_by("number")]
    assert actions == ["start", "save", "submit", "approve", "publish"]
    assert list(audit.verify()) == []
    assert Save.objects.count() == 2


def test_a_stale_save_is_refused_and_changes_nothing(claim, ana, ben) -> None:
    version = drafted(claim, ana, why="Ana's.")
    seen_by_ben = ClaimVersion.objects.get(pk=version.pk)
    drafts.save(version=version, base=1, given={"why": "Ana's second."}, by=ana, at=AT)

    with pytest.raises(drafts.Stale) as stale:
        drafts.save(version=seen_by_ben, base=1, given={"why": "Ben's."}, by=ben, at=AT)

    assert stale.value.current.why == "Ana's second."
    assert ClaimVersion.objects.get(pk=version.pk).why == "Ana's second."


def test_wording_that_overstates_is_refused_before_review(claim, ana) -> None:
    version = drafted(claim, ana, statement="The treatment cures every bald spot.")

    with pytest.raises(CannotPublish, match="cure"):
        reviewing.submit(version=version, base=1, by=ana, at=AT)

    assert ClaimVersion.objects.get(pk=version.pk).state == State.DRAFT


def test_one_person_alone_may_only_raise_caution(claim, ana) -> None:
    given = {
        "reason": "not-studied",
        "because": "A new review found no study.",
        "by": ana,
        "base": 1,
    }

    with pytest.raises(readiness.Incomplete, match="not more cautious"):
        releasing.raise_caution(claim=claim, level="plausible", at=AT, **given)
    praise = {**given, "because": "This is a breakthrough."}
    with pytest.raises(CannotPublish, match="breakthrough"):
        releasing.raise_caution(claim=claim, level="unsupported", at=AT, **praise)
    releasing.raise_caution(claim=claim, level="under-investigation", at=AT, **given)

    public = claim.versions.published().get()
    assert (public.level, public.alone, public.number) == ("under-investigation", True, 2)


def test_a_new_source_becomes_public_by_two(ana, ben) -> None:
    shelf.treatment()
    given = {
        "title": "A trial", "authors": "", "publisher": "", "kind": "trial", "year": 2020,
        "url": "", "doi": "", "sells_treatment": False, "seen": "full",
        "appraisal": "A small trial.", "note": "New.",
    }  # fmt: skip
    version = beginning.begin_row(subject="sources/a-trial", given=given, by=ana, at=AT)
    reviewing.submit(version=version, base=0, by=ana, at=AT)
    reviewer = reviewing.Reviewer("Dr B. Example", "Dermatologist", DUE)
    reviewing.approve(version=version, base=0, by=ben, at=AT, reviewer=reviewer)

    releasing.release(versions=[version], bases=[0], by=ben, at=AT)

    assert Source.objects.get(key="a-trial").edited

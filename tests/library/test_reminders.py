"""What is scheduled becomes public at its time, once; what is due is told to whom it concerns."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from explainer.library.models.versions import VersionQuerySet

from explainer.library import releasing, reminders, reviewing
from explainer.library.models import AuditEntry, ClaimVersion, Edition
from tests.library import people, shelf
from tests.library.people import ALL, AT, DUE, REVIEWER

pytestmark = pytest.mark.django_db

TIME = AT + timedelta(hours=1)
MUCH_LATER = AT + timedelta(days=40)


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *ALL)


def released(at):
    return reminders.release_due(at=at)


def test_a_version_becomes_public_at_its_time_and_not_before(ana, ben):
    version = people.scheduled(people.public_claim(), ana, ben, TIME)

    assert released(TIME - timedelta(seconds=1)) == ([], [])
    assert released(TIME) == (["claims/t/hope"], [])

    held = ClaimVersion.objects.get(pk=version.pk)
    assert (held.state, held.published_at, held.published_by) == ("published", TIME, ben)


def test_what_was_missed_is_published_at_the_next_run_once(ana, ben):
    people.scheduled(people.public_claim(), ana, ben, TIME)

    assert released(MUCH_LATER)[0] == ["claims/t/hope"]
    edition = Edition.objects.current().number

    assert released(MUCH_LATER) == ([], [])
    assert Edition.objects.current().number == edition
    assert AuditEntry.objects.filter(action="publish").count() == 1


def test_a_claim_goes_before_the_article_that_needs_it(ana, ben):
    people.public_claim()
    shelf.publish(shelf.article_draft())
    claim = shelf.claim_draft("calm", statement="It may soothe some skin.", note="New.")
    body = "[](claim:t/hope) [](claim:t/calm)"
    people.scheduled(shelf.Article.objects.get(), ana, ben, TIME, body=body)
    reviewing.submit(version=claim, base=0, by=ana, at=AT)
    reviewing.approve(version=claim, base=0, by=ben, at=AT, reviewer=REVIEWER)
    releasing.schedule(version=claim, base=0, by=ben, at=AT, when=TIME + timedelta(hours=1))

    done, failed = released(MUCH_LATER)

    assert (done, failed) == (["claims/t/calm", "articles/t/safety"], [])


def test_a_scheduler_who_lost_the_right_publishes_nothing(ana, ben):
    claim = people.public_claim()
    people.scheduled(claim, ana, ben, TIME)
    ben.groups.clear()

    done, failed = released(TIME)

    assert (done, [failure.subject for failure in failed]) == ([], ["claims/t/hope"])
    assert "publisher" in failed[0].message
    assert claim.versions.published().get().number == 1


def test_a_failure_is_audited_once_and_tried_again(ana, ben):
    people.scheduled(people.public_claim(), ana, ben, TIME)
    groups = list(ben.groups.all())
    ben.groups.clear()
    for _ in range(3):
        released(TIME)

    ben.groups.set(groups)
    done, failed = released(TIME)

    assert (done, failed) == (["claims/t/hope"], [])
    assert AuditEntry.objects.filter(action=reminders.FAILED).count() == 1
    assert AuditEntry.objects.get(action=reminders.FAILED).by_name == reminders.NOBODY


def test_one_that_fails_does_not_hold_up_the_others(ana, ben, monkeypatch):
    first = people.scheduled(people.public_claim(), ana, ben, TIME)
    second = people.public_claim("other", statement="It may help others.")
    people.scheduled(second, ana, ben, TIME)
    release = releasing.release

    def broken(*, versions, **more):
        if versions == [first]:
            raise RuntimeError("Out of order.")
        release(versions=versions, **more)

    monkeypatch.setattr(releasing, "release", broken)
    done, failed = released(TIME)

    assert done == ["claims/t/other"]
    assert [failure.message.split(".")[0] for failure in failed] == ["It failed with RuntimeError"]


def test_what_was_unscheduled_in_the_same_moment_stays_unpublished(ana, ben, monkeypatch):
    claim = people.public_claim()
    version = people.scheduled(claim, ana, ben, TIME)
    found = reminders.scheduled_due(TIME)
    releasing.schedule(version=version, base=1, by=ben, at=AT, when=None)
    monkeypatch.setattr(reminders, "scheduled_due", lambda now: found)

    assert released(TIME) == ([], [])
    assert claim.versions.published().get().number == 1


def test_the_command_says_what_it_did_and_fails_with_what_it_could_not_do(ana, ben):
    people.scheduled(people.public_claim(), ana, ben, TIME)
    ben.groups.clear()
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Not all"):
        call_command("publish_due", stdout=out, stderr=err)
    assert "Not published: claims/t/hope: This needs the role 'publisher'" in err.getvalue()
    ben.groups.set(ana.groups.all())
    call_command("publish_due", stdout=out, stderr=err)

    assert out.getvalue() == "Published claims/t/hope.\n"


def reviewed(slug, on):
    """Publish a claim whose next review is due on a day."""
    version = shelf.claim_draft(slug, statement=f"It may help {slug}.", note="First.")
    about = {"reviewed_by": "Dr B.", "reviewer_qualification": "Doctor"}
    VersionQuerySet.update(
        ClaimVersion.objects.filter(pk=version.pk), review_due=on, reviewed_at=AT.date(), **about
    )
    shelf.publish(version)
    return version


def test_a_review_is_overdue_the_day_after_it_was_due():
    shelf.treatment()
    days = {
        slug: DUE + timedelta(days=n) for slug, n in {"a": -1, "b": 0, "c": 30, "d": 31}.items()
    }
    for slug, on in days.items():
        reviewed(slug, on)

    assert [v.subject for v in reminders.overdue(DUE)] == ["claims/t/a"]
    assert [v.subject for v in reminders.due_soon(DUE)] == ["claims/t/b", "claims/t/c"]
    assert [reminders.is_overdue(v, DUE) for v in reminders.due_soon(DUE)] == [False, False]
    assert reminders.is_overdue(reminders.overdue(DUE)[0], DUE)


def test_the_twenty_ninth_of_february_is_a_day_like_any():
    shelf.treatment()
    version = reviewed("leap", date(2028, 2, 29))
    version.refresh_from_db()

    assert not reminders.is_overdue(version, date(2028, 2, 29))
    assert reminders.is_overdue(version, date(2028, 3, 1))

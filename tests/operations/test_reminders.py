"""What is scheduled becomes public at its time, once; what is due is told to whom it concerns."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from explainer.library import workflow
from explainer.library.models import AuditEntry, SiteVersion
from explainer.operations import reminders, schedule
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


def publish_due(now):
    return schedule.publish_due(now=now)


def test_a_revision_becomes_public_at_its_time_and_not_before(ana, ben):
    revision = people.scheduled(people.public_claim(), ana, ben, TIME)

    assert publish_due(TIME - timedelta(seconds=1)) == ([], [])
    assert publish_due(TIME) == (["claims/t/hope"], [])

    revision.refresh_from_db()
    assert (revision.state, revision.published_at, revision.published_by) == (
        "published",
        TIME,
        ben,
    )


def test_what_was_missed_is_published_at_the_next_run_once(ana, ben):
    people.scheduled(people.public_claim(), ana, ben, TIME)

    assert publish_due(MUCH_LATER)[0] == ["claims/t/hope"]
    version = SiteVersion.objects.current().number

    assert publish_due(MUCH_LATER) == ([], [])
    assert SiteVersion.objects.current().number == version
    assert AuditEntry.objects.filter(action="publish").count() == 1


def test_a_claim_goes_before_the_article_that_needs_it(ana, ben):
    people.public_claim()
    shelf.publish(shelf.article_draft())
    claim = shelf.claim_draft("calm", statement="It may soothe some skin.", note="New.")
    body = "[](claim:t/hope) [](claim:t/calm)"
    people.scheduled(shelf.document("articles/t/safety"), ana, ben, TIME, body=body)
    step = {"revision": claim, "expected": 0, "now": AT}
    workflow.submit(**step, actor=ana)
    workflow.approve(**step, actor=ben, reviewer=REVIEWER)
    workflow.schedule(**step, actor=ben, when=TIME + timedelta(hours=1))

    done, failed = publish_due(MUCH_LATER)

    assert (done, failed) == (["claims/t/calm", "articles/t/safety"], [])


def test_a_scheduler_who_lost_the_right_publishes_nothing(ana, ben):
    claim = people.public_claim()
    people.scheduled(claim, ana, ben, TIME)
    ben.groups.clear()

    done, failed = publish_due(TIME)

    assert (done, [failure.subject for failure in failed]) == ([], ["claims/t/hope"])
    assert "publisher" in failed[0].message
    assert claim.revisions.published().get().number == 1


def test_a_failure_is_audited_once_and_tried_again(ana, ben):
    people.scheduled(people.public_claim(), ana, ben, TIME)
    groups = list(ben.groups.all())
    ben.groups.clear()
    for _ in range(3):
        publish_due(TIME)

    ben.groups.set(groups)
    done, failed = publish_due(TIME)

    assert (done, failed) == (["claims/t/hope"], [])
    assert AuditEntry.objects.filter(action=schedule.FAILED).count() == 1
    assert AuditEntry.objects.get(action=schedule.FAILED).actor_name == schedule.NOBODY


def test_one_that_fails_does_not_hold_up_the_others(ana, ben, monkeypatch):
    first = people.scheduled(people.public_claim(), ana, ben, TIME)
    second = people.public_claim("other", statement="It may help others.")
    people.scheduled(second, ana, ben, TIME)
    publish = workflow.publish

    def broken(*, revisions, **more):
        if revisions == [first]:
            raise RuntimeError("Out of order.")
        publish(revisions=revisions, **more)

    monkeypatch.setattr(workflow, "publish", broken)
    done, failed = publish_due(TIME)

    assert done == ["claims/t/other"]
    assert [failure.message.split(".")[0] for failure in failed] == ["It failed with RuntimeError"]


def test_what_was_unscheduled_in_the_same_moment_stays_unpublished(ana, ben, monkeypatch):
    claim = people.public_claim()
    revision = people.scheduled(claim, ana, ben, TIME)
    found = schedule.due(TIME)
    workflow.schedule(revision=revision, expected=1, actor=ben, now=AT, when=None)
    monkeypatch.setattr(schedule, "due", lambda now: found)

    assert publish_due(TIME) == ([], [])
    assert claim.revisions.published().get().number == 1


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
    about = {"reviewed_by": "Dr B.", "reviewer_qualification": "Doctor", "reviewed_at": AT.date()}
    words = {"statement": f"It may help {slug}.", "note": "First."}
    shelf.publish(shelf.claim_draft(slug, **words, **about, review_due=on))


def test_a_review_is_overdue_the_day_after_it_was_due():
    shelf.treatment()
    for slug, days in {"a": -1, "b": 0, "c": 30, "d": 31}.items():
        reviewed(slug, DUE + timedelta(days=days))

    assert [v.subject for v in reminders.overdue(DUE)] == ["claims/t/a"]
    now = AT.replace(year=DUE.year, month=DUE.month, day=DUE.day)
    waiting = reminders.waiting_for(people.staff("ana", "author"), now=now)
    assert [v.subject for v in waiting.overdue] == ["claims/t/a"]
    assert [v.subject for v in waiting.due_soon] == ["claims/t/b", "claims/t/c"]


def test_the_twenty_ninth_of_february_is_a_day_like_any():
    shelf.treatment()
    reviewed("leap", date(2028, 2, 29))

    assert reminders.overdue(date(2028, 2, 29)) == []
    assert [v.subject for v in reminders.overdue(date(2028, 3, 1))] == ["claims/t/leap"]

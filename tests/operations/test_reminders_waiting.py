"""Each member of staff is told what waits for them, by mail too, and nothing else."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from explainer.evidence.levels import Level
from explainer.library import emergency, workflow
from explainer.operations import reminders
from tests.library import people
from tests.library.people import ALL, AT, DUE

SUBJECT = "claims/t/hope"
IDLE = {"drafts", "scheduled"}
"""What is listed for somebody and waits for nobody."""


@pytest.fixture
def ana(db):
    return people.staff("ana", "author")


@pytest.fixture
def ben():
    return people.staff("ben", "reviewer")


@pytest.fixture
def claim(db):
    return people.public_claim()


def lists(person, now=AT):
    """Name the lists in which something waits for somebody."""
    waiting = reminders.waiting_for(person, now=now)
    found = {name for name in waiting.__slots__ if getattr(waiting, name)}
    assert bool(waiting) == bool(found - IDLE)
    return found - IDLE


def test_what_was_submitted_waits_for_reviewers_who_wrote_none_of_it(claim, ana, ben):
    both = people.staff("bo", "author", "reviewer")
    people.submitted(claim, both)

    assert lists(ben) == {"to_review"}
    assert lists(both) == lists(ana) == set()
    ben.is_active = False
    assert lists(ben) == set()


def test_what_was_approved_waits_for_publishers_unless_its_time_is_set(claim, ana, ben):
    pia = people.staff("pia", "publisher")
    revision = people.approved(claim, ana, ben)

    assert (lists(ben), lists(pia)) == (set(), {"to_publish"})
    when = AT + timedelta(days=1)
    workflow.schedule(revision=revision, expected=1, actor=pia, now=AT, when=when)
    assert lists(pia) == set()
    assert lists(pia, now=when + reminders.LATE) == {"problems"}


def test_what_was_sent_back_waits_for_its_writers_until_it_is_submitted_again(claim, ana, ben):
    step = {"revision": people.submitted(claim, ana), "expected": 1, "now": AT}
    workflow.send_back(**step, actor=ben, comment="Mend it.")

    assert (lists(ana), lists(people.staff("al", "author"))) == ({"sent_back"}, set())
    workflow.submit(**step, actor=ana)
    assert lists(ana) == set()
    workflow.take_back(**step, actor=ana)
    assert lists(ana) == set()


def test_reviews_that_are_due_wait_for_everybody(claim, ana, ben):
    pia = people.staff("pia", "publisher")
    revision = people.approved(claim, ana, ben)
    workflow.publish(revisions=[revision], expected=[1], actor=pia, now=AT)
    moment = AT.replace(year=DUE.year, month=DUE.month, day=DUE.day)

    assert lists(ana, now=moment - timedelta(days=10)) == {"due_soon"}
    assert lists(ana, now=moment + timedelta(days=1)) == {"overdue"}


def test_a_label_that_one_person_raised_waits_to_be_mended(claim, ana):
    pia = people.staff("pia", "publisher")
    raised = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "No study."}
    emergency.downgrade_label(document=claim, expected=1, actor=pia, now=AT, **raised)

    assert lists(ana) == {"problems"}


def test_asking_takes_the_same_number_of_queries_however_much_waits(
    claim, ana, ben, django_assert_max_num_queries
):
    boss = people.staff("boss", *ALL)
    for slug in ("a", "b", "c", "d"):
        other = people.public_claim(slug, statement=f"It may help {slug}.")
        step = {"revision": people.submitted(other, ana), "expected": 1, "now": AT}
        if slug in "ab":
            workflow.send_back(**step, actor=ben, comment="Mend it.")
    boss.has_perm("library.write")

    with django_assert_max_num_queries(4):
        reminders.waiting_for(boss, now=AT)


def test_the_digest_tells_each_what_waits_and_where(claim, ana, ben, settings):
    settings.SITE_URL = "https://hair.example"
    ben.first_name, ben.last_name = "Ben", "O'Example & Co"
    ben.save()
    people.submitted(claim, ana)
    out = StringIO()

    call_command("send_digest", stdout=out)

    assert [message.to for message in mail.outbox] == [["ben@clinic.example"]]
    message = mail.outbox[0]
    assert message.subject == "Said and Shown: 1 thing waits for you"
    assert "Hello Ben O'Example & Co," in message.body
    assert "Waiting for your review" in message.body
    assert "Problems" not in message.body
    assert f"- {SUBJECT}\n  https://hair.example/admin/desk/review/{SUBJECT}/" in message.body
    assert out.getvalue() == "Sent to ben@clinic.example.\n"


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_the_digest_goes_to_active_staff_with_an_address_alone(change, claim, ana, ben):
    people.submitted(claim, ana)
    for name, value in change.items():
        setattr(ben, name, value)
    ben.save()

    call_command("send_digest", stdout=StringIO())

    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_does_not_hold_up_the_others(claim, ana, ben, monkeypatch):
    people.staff("bea", "reviewer")
    people.submitted(claim, ana)
    send = mail.EmailMessage.send

    def broken(message, *given):
        if message.to == ["bea@clinic.example"]:
            raise ConnectionRefusedError("No mail server.")
        return send(message, *given)

    monkeypatch.setattr(mail.EmailMessage, "send", broken)
    err = StringIO()
    with pytest.raises(CommandError, match="EMAIL_HOST"):
        call_command("send_digest", stdout=StringIO(), stderr=err)

    assert [message.to for message in mail.outbox] == [["ben@clinic.example"]]
    assert "Not sent to bea@clinic.example: ConnectionRefusedError" in err.getvalue()

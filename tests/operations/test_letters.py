"""Who chose so is told at once: each thing once, gathered, and no step waits for a mail server."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse

from explainer.library import workflow
from explainer.operations import letters, schedule
from explainer.operations.models import How, Letters
from tests.library import people
from tests.library.people import ALL, AT

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def fresh():
    letters._looked.clear()


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    ben = people.staff("ben", *ALL)
    Letters.objects.create(person=ben, how=How.AT_ONCE)
    return ben


@pytest.fixture
def claim():
    return people.public_claim()


def sent(after=0 * MINUTE):
    """Look at some time after AT; give the letters that left."""
    before = len(mail.outbox)
    letters.send_at_once(AT + after)
    return [f"{one.subject}\n{one.body}" for one in mail.outbox[before:]]


def test_what_is_handed_over_is_told_once(claim, ana, ben):
    people.submitted(claim, ana)

    (told,) = sent()

    assert "1 thing waits for you" in told
    assert "Waiting for your review\n- claims/t/hope" in told
    assert reverse("staff-letters") in told
    assert sent(20 * MINUTE) == []


def test_what_comes_within_ten_minutes_is_gathered(claim, ana, ben):
    people.submitted(claim, ana)
    assert len(sent()) == 1
    for slug in ("one", "two"):
        people.submitted(people.public_claim(slug, statement=f"It may help {slug}."), ana)

    assert sent(9 * MINUTE) == []
    (told,) = sent(10 * MINUTE)

    assert "2 things wait" in told
    assert "hope" not in told


def test_what_was_sent_back_and_comes_again_is_told_again(claim, ana, ben):
    revision = people.submitted(claim, ana)
    assert len(sent()) == 1
    step = {"revision": revision, "expected": revision.lock_version}
    workflow.send_back(**step, now=AT, actor=ben, comment="Mend it.")
    assert sent(10 * MINUTE) == []
    workflow.submit(**step, now=AT + 11 * MINUTE, actor=ana)

    assert len(sent(20 * MINUTE)) == 1


def test_the_writer_is_told_of_what_came_back_and_of_what_became_public(claim, ana, ben):
    Letters.objects.create(person=ana, how=How.AT_ONCE)
    Letters.objects.filter(person=ben).delete()
    people.scheduled(claim, ana, ben, AT + MINUTE)
    sent()
    schedule.publish_due(now=AT + MINUTE)

    (told,) = sent(12 * MINUTE)

    assert "Published at its time\n- claims/t/hope" in told


def test_a_mail_server_that_is_away_is_tried_again_and_stops_nothing(
    claim, ana, ben, monkeypatch, caplog
):
    people.submitted(claim, ana)

    def fail(*_):
        raise OSError("away")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", fail)
        assert sent() == []
    assert "tried again" in caplog.text

    assert sent(9 * MINUTE) == []
    assert len(sent(10 * MINUTE)) == 1


@pytest.mark.parametrize(("how", "daily"), [(How.DAILY, 1), (How.AT_ONCE, 0), (How.NEVER, 0)])
def test_the_daily_letter_goes_to_who_chose_it(claim, ana, ben, how, daily):
    people.submitted(claim, ana)
    Letters.objects.filter(person=ben).update(how=how)
    call_command("send_digest", stdout=StringIO())

    assert len([one for one in mail.outbox if one.to == [ben.email]]) == daily
    mail.outbox.clear()
    assert len(sent()) == (how == How.AT_ONCE)


def test_each_chooses_on_the_desk_for_themselves_alone(client, ana, ben):
    client.force_login(ana)
    address = reverse("staff-letters")

    client.post(address, {"how": "never", "person": ben.pk})
    assert client.post(address, {"how": "hourly"}).status_code == 200

    assert dict(Letters.objects.values_list("person__username", "how")) == {
        "ana": "never",
        "ben": "at-once",
    }
    assert ana.email in client.get(address).text

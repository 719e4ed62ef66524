"""How long a session lasts, what ends it, and that no staff page is stored."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client

from tests.accounts.staff_people import PAGE, PASSWORD, is_in, log_in, logged_in, pass_time, person
from tests.accounts.test_factors import staff_addresses

pytestmark = pytest.mark.django_db
MINUTE = 60
STRONG = "seven slow lanterns drift"


@pytest.fixture
def later(monkeypatch):
    """Move the clock of the limits on by seconds."""
    return lambda seconds: pass_time(monkeypatch, seconds / 60)


LASTS = {
    "thirty minutes without activity": ([29, 29], 30, {}),
    "twelve hours in any case": ([20] * (12 * 3 - 1), 20, {}),
    "thirty minutes in which a page alone did something": ([9] * 3, 9, {"x-background": "1"}),
}


@pytest.mark.parametrize(("steps", "last", "headers"), LASTS.values(), ids=LASTS)
def test_a_session_is_ended_by(later, steps, last, headers):
    client = logged_in(person())

    for minutes in steps:
        later(minutes * MINUTE)
        assert client.get(PAGE, headers=headers).status_code == 200
    later(last * MINUTE)

    assert not is_in(client)
    assert Session.objects.count() == 0


def test_a_session_that_began_while_the_clock_was_a_year_ahead_is_over(monkeypatch):
    with monkeypatch.context() as ahead:
        pass_time(ahead, 366 * 24 * 60)
        client = logged_in(person())

    assert not is_in(client)


def test_a_form_sent_after_that_is_given_back(later):
    client = logged_in(person())
    ours = {"origin": "http://testserver"}

    later(31 * MINUTE)
    answer = client.post("/admin/desk/new/claims/", {"why": "Many words"}, headers=ours)

    assert answer.status_code == 401
    assert "Many words" in answer.content.decode()


def test_activity_is_written_at_most_once_a_minute(later):
    client = logged_in(person())
    row = Session.objects.get()

    later(59)
    client.get(PAGE)
    same = Session.objects.get()
    later(2)
    client.get(PAGE)

    assert same.session_data == row.session_data
    assert Session.objects.get().session_data != row.session_data


def test_a_disk_that_takes_no_note_of_activity_still_shows_staff_their_pages(later, monkeypatch):
    client = logged_in(person())

    def full(*_args, **_more):
        raise UpdateError

    later(61)
    monkeypatch.setattr(SessionStore, "save", full)

    assert is_in(client)


def test_a_log_in_gets_a_key_that_nobody_can_have_planted(client):
    person()
    client.session.save()
    planted = client.session.session_key

    client.cookies["session"] = planted
    log_in(client)

    assert client.session.session_key != planted


@pytest.mark.parametrize("address", ["/admin/logout/", "/admin/account/logout/"])
def test_logging_out_ends_it_on_the_server_and_clears_the_browser(address):
    client = logged_in(person())
    key = client.session.session_key

    answer = client.post(address)

    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert not Session.objects.filter(pk=key).exists()
    assert "Clear-Site-Data" not in Client().post(address)


def test_a_new_password_ends_it_everywhere_else(client):
    elsewhere = logged_in(person())
    log_in(client)

    typed = {"oldpassword": PASSWORD, "password1": STRONG, "password2": STRONG}
    answer = client.post("/admin/account/password/", typed)

    assert answer.status_code == 302
    assert is_in(client)
    assert not is_in(elsewhere)


def test_a_disabled_account_is_out_at_once():
    ann = person()
    client = logged_in(ann)
    ann.is_active = False
    ann.save()

    assert not is_in(client)


def test_every_staff_answer_stays_out_of_every_store():
    clients = [Client(raise_request_exception=False), logged_in(person("ann", is_superuser=True))]
    addresses = list(staff_addresses())

    assert len(addresses) > 25
    for address in addresses:
        for client in clients:
            for answer in (client.get(address), client.post(address)):
                assert answer["Cache-Control"] == "no-store", address
        clients[1].force_login(person(f"again{address}"[:150], is_superuser=True))


def test_a_readers_page_may_be_stored(client):
    assert client.get("/robots.txt").get("Cache-Control") != "no-store"

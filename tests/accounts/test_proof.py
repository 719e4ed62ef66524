"""A session is good for the second factor that was shown in it, and for no other."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.staff_people import (
    AUTHENTICATE,
    ENROL,
    code,
    is_in,
    log_in,
    logged_in,
    person,
    stop_the_clock,
    with_factor,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
REMOVE, NEW_CODES = "/admin/account/factor/app/remove/", "/admin/account/factor/codes/new/"


@pytest.fixture(autouse=True)
def _no_half_minute_passes(monkeypatch):
    stop_the_clock(monkeypatch)


@pytest.fixture
def ann():
    return person()


def copied(client):
    """Another browser, with the session of this one."""
    other = Client(raise_request_exception=False)
    other.cookies["session"] = client.session.session_key
    return other


def came_in_with_a_code(who):
    client = Client(raise_request_exception=False)
    log_in(client, who.username)
    client.post(AUTHENTICATE, {"code": code()})
    return client


def test_a_session_that_showed_the_code_is_in(ann):
    with_factor(ann)

    assert is_in(came_in_with_a_code(ann))


def test_a_session_from_before_the_factor_does_nothing_even_if_nothing_ended_it(ann):
    stolen, early = copied(logged_in(ann)), logged_in(ann)
    ours = {"origin": "http://testserver"}
    with_factor(ann)

    assert not is_in(stolen)
    assert early.post("/admin/desk/new/claims/", {"why": "Words"}, headers=ours).status_code == 401


def test_the_password_alone_makes_no_session_of_somebody_with_a_factor(ann):
    with_factor(ann)
    client = Client()
    client.force_login(ann)

    assert not is_in(client)


OTHERWISE = {
    "taken away": lambda ann: Authenticator.objects.all().delete(),
    "replaced by another": lambda ann: (Authenticator.objects.all().delete(), with_factor(ann)),
}


@pytest.mark.parametrize("change", OTHERWISE.values(), ids=OTHERWISE)
def test_a_factor_that_is_changed_past_this_program_ends_its_sessions(ann, change):
    with_factor(ann)
    client = logged_in(ann)

    change(ann)

    assert not is_in(client)


BY_ITS_OWNER = {
    "removing the app": lambda client: client.post(REMOVE),
    "making new recovery codes": lambda client: client.post(NEW_CODES),
}


@pytest.mark.parametrize("change", BY_ITS_OWNER.values(), ids=BY_ITS_OWNER)
def test_its_owner_goes_on_and_all_other_sessions_end(ann, change):
    with_factor(ann)
    client, elsewhere, not_anns = came_in_with_a_code(ann), logged_in(ann), logged_in(person("bob"))

    assert change(client).status_code == 302

    assert is_in(client)
    assert not is_in(elsewhere)
    assert is_in(not_anns)


def test_whoever_enrols_goes_on_and_all_other_sessions_end(ann):
    elsewhere, client = logged_in(ann), Client()
    log_in(client)

    client.post(ENROL, {"code": code(client.get(ENROL).context["form"].secret)})

    assert is_in(client)
    assert not is_in(elsewhere)

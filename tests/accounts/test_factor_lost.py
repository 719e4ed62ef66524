"""A second factor that is lost or about to be: nothing opens by the password alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from explainer.accounts import second_factor as rules
from explainer.accounts.urls import urlpatterns
from tests.accounts.staff_people import (
    AUTHENTICATE,
    ENROL,
    LIST,
    PASSWORD,
    change,
    code,
    factors,
    is_in,
    log_in,
    logged_in,
    pass_time,
    person,
    stop_the_clock,
    with_factor,
    with_recovery_codes,
)

pytestmark = pytest.mark.django_db
AGAIN, BY_CODE = "/admin/account/reauthenticate/", "/admin/account/factor/reauthenticate/"
REMOVE, NEW_CODES = "/admin/account/factor/app/remove/", "/admin/account/factor/codes/new/"
PAGES = [f"/admin/account/{pattern.pattern}" for pattern in urlpatterns]


@pytest.fixture(autouse=True)
def _no_half_minute_passes(monkeypatch):
    stop_the_clock(monkeypatch)


@pytest.fixture
def ann():
    """Somebody with an app, enrolled an hour ago, and the role that may change accounts."""
    who = person("ann", "administrator")
    who.codes = with_factor(who)
    return who


@pytest.fixture
def later(monkeypatch):
    """Let more than the 15 minutes go by for which a password or a code counts."""
    return lambda: pass_time(monkeypatch, minutes=16)


@pytest.mark.parametrize("at", [REMOVE, NEW_CODES, "/admin/account/factor/codes/"])
def test_a_session_and_the_password_do_not_change_a_factor(ann, at):
    before = list(Authenticator.objects.order_by("pk").values_list("pk", "data"))
    client = logged_in(ann)

    asked = client.post(at) if at != "/admin/account/factor/codes/" else client.get(at)
    typed = client.post(AGAIN, {"password": PASSWORD})
    client.post(at)

    assert asked["Location"].startswith(BY_CODE)
    assert typed["Location"].startswith(BY_CODE)
    assert list(Authenticator.objects.order_by("pk").values_list("pk", "data")) == before


@pytest.mark.parametrize("recovery", [False, True])
def test_a_code_or_a_recovery_code_lets_its_owner_remove_the_app(ann, recovery):
    client = logged_in(ann)
    client.post(REMOVE)

    client.post(BY_CODE, {"code": ann.codes[0] if recovery else code()})
    client.post(REMOVE)

    assert not rules.has_factor(ann)


def test_the_page_that_asks_for_a_code_offers_no_password(ann):
    page = logged_in(ann).get(f"{BY_CODE}?next={REMOVE}").content.decode()

    assert 'name="code"' in page
    assert 'name="password"' not in page
    assert AGAIN not in page


def test_whoever_came_in_with_a_code_is_not_asked_again_for_15_minutes(ann, client, later):
    log_in(client)
    client.post(AUTHENTICATE, {"code": code()})

    soon = client.get(REMOVE)
    later()

    assert soon.status_code == 200
    assert client.get(REMOVE)["Location"].startswith(BY_CODE)


def test_whoever_has_just_enrolled_is_not_asked_for_another_code(client, at_once):
    ann = person()
    log_in(client)

    client.post(ENROL, {"code": code(client.get(ENROL).context["form"].secret)})

    assert rules.has_factor(ann)
    assert client.get(REMOVE).status_code == 200


def test_changing_somebodys_rights_takes_a_code_from_who_has_a_factor(ann, client, later):
    bob = person("bob")
    log_in(client)
    client.post(AUTHENTICATE, {"code": code()})
    later()

    asked = change(client, bob, "author")
    password = client.post(AGAIN, {"password": PASSWORD})

    assert asked["Location"].startswith(BY_CODE)
    assert password["Location"].startswith(BY_CODE)
    assert bob.groups.count() == 0


def test_recovery_codes_alone_are_no_factor(client):
    ann = person()
    with_recovery_codes(ann)

    log_in(client)

    assert factors(ann) == {"recovery_codes"}
    assert not rules.has_factor(ann)
    assert is_in(client)


def test_with_recovery_codes_alone_a_publisher_still_has_to_enrol(settings):
    settings.STAFF_SECOND_FACTOR = True
    ann = person("ann", "publisher")
    with_recovery_codes(ann)

    assert logged_in(ann).get("/admin/")["Location"] == ENROL


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("at", PAGES)
def test_without_the_phone_the_password_alone_opens_no_page_of_the_entry(ann, client, at, method):
    log_in(client)

    answer = getattr(client, method)(at)

    open_to_all = {"/admin/account/login/", "/admin/account/logout/", AUTHENTICATE}
    assert answer.status_code in ({200, 302} if at in open_to_all else {302, 401, 404, 405})
    assert not is_in(client)
    assert factors(ann) == {"totp", "recovery_codes"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("at", [*PAGES, LIST, f"{LIST}1/change/", f"{LIST}1/password/"])
def test_once_the_factor_was_taken_away_every_page_but_enrolment_leads_there(
    ann, settings, at, method
):
    settings.STAFF_SECOND_FACTOR = True
    old = logged_in(ann)

    call_command("reset_second_factor", "ann", verbosity=0)
    client = Client()
    log_in(client)
    answer = getattr(client, method)(at)

    assert not is_in(old)
    if at not in {reverse(name) for name in rules.ENROLMENT}:
        assert answer.status_code in (302, 403)
        assert answer.get("Location", ENROL) == ENROL
    assert not rules.has_factor(ann)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("at", [*PAGES, LIST, "/admin/auth/user/{}/change/"])
def test_a_factor_that_no_key_opens_any_more_breaks_no_page_and_opens_nothing(
    ann, settings, at, method
):
    settings.SECRET_KEY = "another secret, of fifty characters or more, of this site"
    client = logged_in(ann)

    answer = getattr(client, method)(at.format(ann.pk), {"code": ann.codes[0]})
    client.post(BY_CODE, {"code": ann.codes[0]})
    client.post(BY_CODE, {"code": code()})

    assert answer.status_code < 500
    assert client.get(REMOVE).status_code == 302
    assert rules.has_factor(ann)


def test_the_page_of_an_account_shows_its_sessions_and_no_factor_once_it_is_lost(settings):
    bob = person("bob", "publisher")
    with_factor(bob)
    theirs, ann = logged_in(bob), Client()
    person("ann", "administrator")
    log_in(ann)

    before = ann.get(f"{LIST}{bob.pk}/change/").content.decode()
    call_command("reset_second_factor", "bob", verbosity=0)
    after = ann.get(f"{LIST}{bob.pk}/change/").content.decode()

    assert ("last active" in before, "last active" in after) == (True, False)
    assert ("icon-yes" in before, "icon-no" in after) == (True, True)
    assert "nowhere" in after
    assert not is_in(theirs)

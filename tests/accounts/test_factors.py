"""The second factor: who needs it, that no address goes round it, that a code works once.

And what a copy of the database tells of it: nothing without the site's secret.
"""

import logging

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver, reverse

from explainer.accounts import second_factor as rules
from tests.accounts.staff_people import (
    AUTHENTICATE,
    ENROL,
    PAGE,
    SECRET,
    code,
    factors,
    fresh,
    is_in,
    log_in,
    logged_in,
    person,
    stop_the_clock,
    with_factor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_half_minute_passes(monkeypatch):
    stop_the_clock(monkeypatch)


@pytest.fixture
def public(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize(
    ("roles", "flags", "needs"),
    [
        (["author"], {}, False),
        (["reviewer"], {}, False),
        (["publisher"], {}, True),
        (["author", "administrator"], {}, True),
        ([], {"is_superuser": True}, True),
    ],
)
def test_publishers_administrators_and_superusers_need_one(public, roles, flags, needs):
    ann = person("ann", *roles, **flags)

    answer = logged_in(ann).get(PAGE)

    assert rules.needs_factor(ann) is needs
    assert answer.status_code == (302 if needs else 200)


def staff_addresses():
    """Every address of the staff that takes no argument, and a few that do."""
    for pattern in get_resolver().url_patterns:
        for one in getattr(pattern, "url_patterns", []):
            if str(pattern.pattern).startswith("admin/") and not one.pattern.converters:
                inside = getattr(one, "url_patterns", None)
                whole = f"/{pattern.pattern}{one.pattern}"
                if inside is None and "(" not in whole:
                    yield whole
                for last in inside or []:
                    if not last.pattern.converters and "(" not in str(last.pattern):
                        yield f"{whole}{last.pattern}"
    yield from ("/admin/auth/user/1/change/", "/admin/auth/user/1/password/", "/admin/nowhere/")


@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_until_then_no_other_address_opens(public, method):
    client = logged_in(person("ann", "publisher", "administrator"))
    opens = {reverse(name) for name in rules.ENROLMENT}
    addresses = [address for address in staff_addresses() if address not in opens]

    answers = [getattr(client, method)(address) for address in addresses]

    assert len(addresses) > 15
    for address, answer in zip(addresses, answers, strict=True):
        assert answer.status_code in ((405,) if method == "put" else (302, 403)), address
        assert answer.get("Location", ENROL) == ENROL, address


def test_a_script_is_told_in_json(public):
    client = logged_in(person("ann", "publisher"))

    answer = client.get(PAGE, headers={"x-background": "1"})

    assert answer.status_code == 403
    assert "second factor" in answer.json()["message"]


def test_enrolling_shows_the_codes_once_and_opens_everything(client, public, at_once):
    ann = person("ann", "publisher")
    log_in(client)
    secret = client.get(ENROL).context["form"].secret

    wrong = client.post(ENROL, {"code": "000000"})
    client.post(ENROL, {"code": code(secret)})
    codes = client.get("/admin/account/factor/codes/").context["unused_codes"]
    again = client.get("/admin/account/factor/codes/").context["unused_codes"]

    assert wrong.status_code == 200
    assert factors(ann) == {"totp", "recovery_codes"}
    assert len(codes) == 10
    assert all(one.isdigit() for one in codes)
    assert set(again) == {"****"}
    assert is_in(client)


def test_the_picture_is_for_the_person_who_enrols_alone_and_holds_the_key_beside_it(client):
    ann = person()
    log_in(client)
    secret = client.get(ENROL).context["form"].secret

    mine, others = (one.get("/admin/account/factor/app/qr.svg") for one in (client, Client()))
    client.post(ENROL, {"code": code(secret)})

    assert rules.has_factor(ann)

    assert mine["Content-Type"] == "image/svg+xml"
    assert b"<svg" in mine.content
    assert others["Location"].startswith("/admin/account/login/")


def test_enrolling_ends_sessions_that_never_showed_a_factor(client, at_once):
    elsewhere = logged_in(person())
    log_in(client)

    secret = client.get(ENROL).context["form"].secret
    client.post(ENROL, {"code": code(secret)})

    assert is_in(client)
    assert not is_in(elsewhere)


def test_the_password_alone_no_longer_opens_anything(client):
    with_factor(person())

    answer = log_in(client)

    assert answer["Location"] == AUTHENTICATE
    assert not is_in(client)
    assert client.get("/admin/account/password/").status_code == 302


@pytest.mark.parametrize("given", ["app", "recovery"])
def test_a_code_opens_once(given):
    codes = with_factor(person())
    first, second = Client(), Client()
    log_in(first)
    log_in(second)
    typed = {"code": code() if given == "app" else codes[3]}

    first.post(AUTHENTICATE, typed)
    second.post(AUTHENTICATE, typed)

    assert is_in(first)
    assert not is_in(second)


def test_a_code_that_just_changed_opens_nothing_and_is_told_why(client):
    with_factor(person())
    log_in(client)

    answer = client.post(AUTHENTICATE, {"code": code(ago=1)})

    # A used code is remembered for one half minute: whatever is older must be refused.
    assert not is_in(client)
    assert "change every half minute" in answer.context["form"].errors["code"][0]
    assert "check the phone’s clock" in answer.context["form"].errors["code"][0]


@pytest.mark.parametrize("ago", [1, -1, 2])
def test_wherever_a_code_is_asked_for_one_of_another_half_minute_is_told_so(ago):
    ann, bob = person(), person("bob")
    with_factor(ann)
    enrolled, new = logged_in(ann), fresh(bob)
    secret = new.get(ENROL).context["form"].secret

    confirming = enrolled.post(reverse("mfa_reauthenticate"), {"code": code(ago=ago)})
    enrolling = new.post(ENROL, {"code": code(secret, ago=ago)})

    for answer in (confirming, enrolling):
        assert "type the one shown now" in answer.context["form"].errors["code"][0]
    assert factors(bob) == set()


def test_a_code_may_be_typed_as_the_app_shows_it(client):
    with_factor(person())
    log_in(client)

    client.post(AUTHENTICATE, {"code": f" {code()[:3]} {code()[3:]} "})

    assert is_in(client)


def test_codes_cannot_be_guessed_at_will(client):
    with_factor(person())
    log_in(client)

    answers = [client.post(AUTHENTICATE, {"code": f"{n:06}"}).status_code for n in range(6)]

    assert answers == [200] * 5 + [429]


def test_a_lost_factor_is_taken_away_by_command_and_its_sessions_end():
    ann = person()
    with_factor(ann)
    client = logged_in(ann)

    call_command("reset_second_factor", "ann", verbosity=0)

    assert not Authenticator.objects.filter(user=ann).exists()
    assert not is_in(client)
    with pytest.raises(CommandError, match="ann has no second factor"):
        call_command("reset_second_factor", "ann")
    with pytest.raises(CommandError, match="no account 'bob'"):
        call_command("reset_second_factor", "bob")


def test_neither_the_secret_nor_a_recovery_code_stands_in_the_database():
    codes = with_factor(person())

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert not any(one in stored for one in (SECRET, *codes))


def test_after_a_change_of_the_secret_the_former_one_still_opens_what_it_sealed(settings):
    ann = person()
    codes = with_factor(ann)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10

    found = Authenticator.objects.get(user=ann, type="totp").wrap()
    left = Authenticator.objects.get(user=ann, type="recovery_codes").wrap().get_unused_codes()

    assert found.validate_code(code())
    assert left == codes


def test_without_the_secret_that_sealed_it_no_code_is_right_and_the_log_says_why(settings, caplog):
    ann = person()
    codes = with_factor(ann)
    settings.SECRET_KEY = "another" * 10
    caplog.set_level(logging.WARNING, "explainer.accounts.adapters")

    found = {one.type: one.wrap() for one in Authenticator.objects.filter(user=ann)}

    assert not found["totp"].validate_code(code())
    assert not any(found["recovery_codes"].validate_code(one) for one in codes)
    assert "reset_second_factor" in caplog.text

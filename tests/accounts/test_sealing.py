"""What a copy of the database tells of second factors: nothing without the site's secret."""

import logging

import pytest
from allauth.mfa.models import Authenticator

from tests.accounts.staff_people import (
    AUTHENTICATE,
    SECRET,
    code,
    is_in,
    log_in,
    person,
    stop_the_clock,
    with_factor,
)

pytestmark = pytest.mark.django_db


def stored(of):
    return " ".join(str(found.data) for found in Authenticator.objects.filter(user=of))


def test_neither_the_secret_nor_a_recovery_code_stands_in_the_database():
    ann = person()

    codes = with_factor(ann)

    assert SECRET not in stored(ann)
    assert not any(one in stored(ann) for one in codes)


@pytest.fixture(autouse=True)
def _no_half_minute_passes(monkeypatch):
    stop_the_clock(monkeypatch)


@pytest.mark.parametrize("given", ["app", "recovery"])
def test_a_sealed_factor_opens_the_door(client, given):
    codes = with_factor(person())
    log_in(client)

    client.post(AUTHENTICATE, {"code": code() if given == "app" else codes[0]})

    assert is_in(client)


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

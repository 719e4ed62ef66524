"""What a copy of the database tells of second factors: nothing without the site's secret."""

import logging
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps

from tests.accounts.staff_people import SECRET, code, is_in, log_in, person, with_factor

pytestmark = pytest.mark.django_db
# A module whose name begins with a digit can only be imported by its name as text.
migration = import_module("explainer.staff.migrations.0003_seal_factors")
AUTHENTICATE = "/admin/account/factor/authenticate/"


def stored(of):
    return " ".join(str(found.data) for found in Authenticator.objects.filter(user=of))


def test_neither_the_secret_nor_a_recovery_code_stands_in_the_database():
    ann = person()

    codes = with_factor(ann)

    assert SECRET not in stored(ann)
    assert not any(one in stored(ann) for one in codes)
    assert stored(ann).count("sealed:") == 2


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

    assert isinstance(found, TOTP)
    assert found.validate_code(code())
    assert left == codes


def test_without_the_secret_that_sealed_it_no_code_is_right_and_the_log_says_why(settings, caplog):
    ann = person()
    codes = with_factor(ann)
    settings.SECRET_KEY = "another" * 10
    caplog.set_level(logging.WARNING, "explainer.accounts.encryption")

    found = {one.type: one.wrap() for one in Authenticator.objects.filter(user=ann)}

    assert isinstance(found["recovery_codes"], RecoveryCodes)
    assert not found["totp"].validate_code(code())
    assert not any(found["recovery_codes"].validate_code(one) for one in codes)
    assert "reset_second_factor" in caplog.text


def test_a_secret_from_before_sealing_is_read_as_it_is():
    ann = person()
    Authenticator.objects.create(user=ann, type="totp", data={"secret": SECRET})

    found = Authenticator.objects.get(user=ann).wrap()

    assert found.validate_code(code())


def test_what_was_stored_before_is_sealed_by_the_migration_and_opens_as_before():
    ann = person()
    codes = {"migrated_codes": ["11111111", "22222222"], "used_mask": 0}
    Authenticator.objects.create(user=ann, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(user=ann, type="recovery_codes", data=codes)

    migration.seal(apps, None)
    first = stored(ann)
    migration.seal(apps, None)

    assert stored(ann) == first
    assert SECRET not in first
    assert "11111111" not in first
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code())
    assert Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes() == [
        "11111111",
        "22222222",
    ]

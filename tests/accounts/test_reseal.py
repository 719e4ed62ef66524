"""After a change of the secret, factors are sealed anew and the former secret is needed no more."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from tests.accounts.staff_people import code, person, with_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return person()


def test_a_factor_sealed_anew_opens_without_the_former_secret(settings, ann, capsys):
    codes = with_factor(ann)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10

    call_command("reseal_second_factors")
    settings.SECRET_KEY_FALLBACKS = []

    found = Authenticator.objects.get(user=ann, type="totp").wrap()
    left = Authenticator.objects.get(user=ann, type="recovery_codes").wrap().get_unused_codes()
    assert "Sealed with the secret of today: 2." in capsys.readouterr().out
    assert found.validate_code(code())
    assert left == codes


def test_whose_factor_no_secret_opens_is_named_and_the_others_are_sealed(settings, ann, capsys):
    with_factor(ann)
    settings.SECRET_KEY = "another" * 10
    with_factor(person("bob"))

    with pytest.raises(CommandError, match=r"factors of ann\. Name the one"):
        call_command("reseal_second_factors")
    assert "today: 2." in capsys.readouterr().out

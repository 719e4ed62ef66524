"""The last administrator who can log in stays one, and keeps a password."""

import pytest
from django.contrib.auth.models import User

from explainer.accounts.forms import LAST, AnothersPasswordForm
from explainer.accounts.models import administrators
from tests.accounts.staff_people import LIST, PASSWORD, change, fresh, is_in, logged_in, person

pytestmark = pytest.mark.django_db
STRONG = "seven slow lanterns drift"


@pytest.fixture
def ann():
    return person("ann", "administrator")


@pytest.mark.parametrize("more", [{}, {"password1": STRONG, "password2": STRONG}])
def test_no_form_takes_a_password_away(ann, more):
    forged = {"usable_password": "false", "unset-password": "1"}

    fresh(ann).post(f"{LIST}{ann.pk}/password/", {**forged, **more})

    assert User.objects.get().has_usable_password()


def test_the_page_of_another_password_has_no_way_to_take_it_away(ann):
    page = fresh(ann).get(f"{LIST}{ann.pk}/password/").content.decode()

    assert 'name="password1"' in page
    assert "usable_password" not in page
    assert "unset-password" not in page


def test_another_password_is_set_and_logs_its_owner_out(ann):
    bob = person("bob")
    theirs = logged_in(bob)

    typed = {"password1": STRONG, "password2": STRONG}
    answer = fresh(ann).post(f"{LIST}{bob.pk}/password/", typed)

    bob.refresh_from_db()
    assert answer.status_code == 302
    assert bob.check_password(STRONG)
    assert not is_in(theirs)


def test_a_weak_password_and_two_different_ones_are_refused(ann):
    client, bob = fresh(ann), person("bob")

    for first, second in (("short", "short"), (STRONG, f"{STRONG}s"), ("", "")):
        typed = {"password1": first, "password2": second}
        assert client.post(f"{LIST}{bob.pk}/password/", typed).status_code == 200

    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


def test_another_password_is_written_without_the_rest_of_the_row():
    loaded = person("bob")
    User.objects.update(is_active=False)

    form = AnothersPasswordForm(loaded, {"password1": STRONG, "password2": STRONG})
    assert form.is_valid()
    form.save()

    assert not User.objects.get().is_active


@pytest.mark.parametrize("password", ["!unusable", ""])
@pytest.mark.parametrize("flags", [{}, {"is_superuser": True}])
def test_an_account_without_a_password_is_no_administrator(ann, password, flags):
    ghost = person("ghost", "administrator", **flags)
    User.objects.filter(pk=ghost.pk).update(password=password)

    answer = change(fresh(ann), ann)

    assert answer.status_code == 200
    assert answer.context["adminform"].form.non_field_errors() == [LAST]
    assert administrators().get() == ann

"""A form of an account that was opened before somebody else changed the account (A15)."""

import pytest
from django.contrib.auth.models import User
from django.forms import modelform_factory

from explainer.accounts.adapter import StaffAdapter
from explainer.accounts.forms import PersonForm
from explainer.library.models import AuditEntry
from tests.accounts.staff_people import LIST, change, fresh, opened, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob():
    return person("bob", "publisher", first_name="Bob")


@pytest.fixture
def ann():
    return fresh(person("ann", "administrator"))


@pytest.fixture
def cara():
    return fresh(person("cara", "administrator"))


def form_of(answer):
    return answer.context["adminform"].form


def ticked(answer, name):
    return form_of(answer)[name].value()


def roles(name="bob"):
    return sorted(User.objects.get(username=name).groups.values_list("name", flat=True))


def test_a_form_from_before_does_not_undo_a_disabling(ann, cara, bob):
    from_before = opened(ann, bob)
    change(cara, bob, is_active="", is_superuser="")

    answer = change(ann, bob, "publisher", email="b@x.example", opened=from_before)

    bob.refresh_from_db()
    assert answer.status_code == 200
    assert (bob.is_active, bob.email, roles()) == (False, "", [])


def test_it_says_who_changed_what_shows_what_is_true_and_keeps_what_was_typed(ann, cara, bob):
    from_before = opened(ann, bob)
    change(cara, bob, is_active="", first_name="Robert")

    answer = change(
        ann, bob, "publisher", first_name="Bob", email="b@x.example", opened=from_before
    )

    said = list(form_of(answer).non_field_errors())
    assert said[0].startswith("cara changed this account after you opened it")
    assert sorted(said[1:]) == [
        "Active, as it is now: no.",
        "First name, as it is now: “Robert”.",
        "Roles, as it is now: none.",
    ]
    assert not ticked(answer, "is_active")
    assert ticked(answer, "groups") == []
    assert ticked(answer, "first_name") == "Robert"
    assert ticked(answer, "email") == "b@x.example"


def test_what_both_changed_stays_as_it_was_typed_and_the_other_is_named(ann, cara, bob):
    from_before = opened(ann, bob)
    change(cara, bob, "author", first_name="Robert")

    answer = change(ann, bob, "reviewer", first_name="Bobby", opened=from_before)

    assert ticked(answer, "first_name") == "Bobby"
    assert "Roles, as it is now: author." in form_of(answer).non_field_errors()
    assert roles() == ["author"]


def test_sent_once_more_it_goes_through(ann, cara, bob):
    from_before = opened(ann, bob)
    change(cara, bob, is_active="", first_name="Bob")
    shown = form_of(change(ann, bob, "publisher", email="b@x.example", opened=from_before))

    typed = {name: shown[name].value() for name in ("username", "email", "opened", "is_staff")}
    answer = ann.post(f"{LIST}{bob.pk}/change/", typed)

    bob.refresh_from_db()
    assert answer.status_code == 302
    assert (bob.is_active, bob.email, roles()) == (False, "b@x.example", [])


@pytest.mark.parametrize("carried", ["", "made up", "of another"])
def test_a_form_that_does_not_say_what_it_showed_changes_nothing(ann, bob, carried):
    carried = opened(ann, person("dora")) if carried == "of another" else carried
    typed = {"username": "bob", "is_active": "on", "is_staff": "on", "opened": carried}

    answer = ann.post(f"{LIST}{bob.pk}/change/", typed)

    assert answer.status_code == 200
    assert "does not say what it showed" in form_of(answer).non_field_errors()[0]
    assert "Roles, as it is now: publisher." in form_of(answer).non_field_errors()
    assert roles() == ["publisher"]


def test_a_change_that_no_page_made_is_somebodys(ann, bob):
    from_before = opened(ann, bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)

    answer = change(ann, bob, "publisher", opened=from_before)

    assert form_of(answer).non_field_errors()[0].startswith("Somebody changed this account")


def test_logging_in_and_another_account_make_no_form_stale(ann, cara, bob):
    from_before = opened(ann, bob)
    fresh(bob)
    change(cara, person("dora"), "author")

    answer = change(ann, bob, "reviewer", first_name="Bob", opened=from_before)

    assert answer.status_code == 302
    assert roles() == ["reviewer"]


def test_the_log_says_that_an_address_was_changed_but_not_into_what(ann, bob):
    change(ann, bob, "publisher", first_name="Bob", email="b@x.example")

    entry = AuditEntry.objects.filter(action="account changed").get()
    assert (entry.by_name, entry.after["also changed"]) == ("ann", ["e-mail address"])
    assert "x.example" not in f"{entry.before}{entry.after}"


def test_a_password_of_their_own_is_written_without_the_rest_of_the_row(bob):
    loaded = User.objects.get(pk=bob.pk)
    User.objects.filter(pk=bob.pk).update(is_active=False)

    StaffAdapter().set_password(loaded, "seven slow lanterns drift")

    bob.refresh_from_db()
    assert not bob.is_active
    assert bob.check_password("seven slow lanterns drift")


SHORT_FORM = modelform_factory(User, form=PersonForm, fields=["username", "is_active"])


def sent_after(loaded, **meanwhile):
    """A form whose account changed between its being read and its rows being locked."""
    shown = SHORT_FORM(instance=loaded).initial["opened"]
    User.objects.filter(pk=loaded.pk).update(**meanwhile)
    return SHORT_FORM({"username": "bob", "is_active": "on", "opened": shown}, instance=loaded)


def test_what_changes_while_the_form_is_being_saved_is_seen(bob):
    form = sent_after(bob, is_active=False)

    assert not form.is_valid()
    assert "Active, as it is now: no." in form.non_field_errors()


def test_a_password_set_while_the_form_is_being_saved_stays(bob):
    form = sent_after(bob, password="md5$new")

    form.save()

    assert User.objects.get(username="bob").password == "md5$new"


def test_whoever_was_given_more_rights_meanwhile_sees_the_new_fields_and_loses_nothing(ann, bob):
    seen = opened(ann, bob)
    User.objects.filter(username="ann").update(is_superuser=True)

    answer = change(ann, bob, "publisher", first_name="Robert", opened=seen)

    assert answer.status_code == 200
    assert answer.context["adminform"].form["first_name"].value() == "Robert"
    assert not User.objects.get(pk=bob.pk).is_superuser

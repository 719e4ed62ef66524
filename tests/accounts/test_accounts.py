"""Accounts: administrators give roles, nobody climbs, one administrator is always left."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.forms import modelform_factory

from explainer.accounts.adapters import StaffAdapter
from explainer.accounts.forms import LAST, AnothersPasswordForm, PersonForm
from explainer.accounts.models import administrators
from explainer.library.models import AuditEntry
from tests.accounts.staff_people import (
    LIST,
    PASSWORD,
    change,
    fresh,
    is_in,
    log_in,
    logged_in,
    pass_time,
    person,
)

pytestmark = pytest.mark.django_db
STRONG = "seven slow lanterns drift"


def entries():
    found = AuditEntry.objects.order_by("number")
    return [(entry.action, entry.before, entry.after) for entry in found]


@pytest.mark.parametrize("roles", [[], ["author"], ["reviewer", "publisher"]])
def test_without_the_role_there_are_no_accounts_to_see_nor_is_the_password_asked_for(roles):
    client = logged_in(person("ann", *roles))

    for address in ("", "add/", "1/change/", "1/password/"):
        assert client.get(f"{LIST}{address}").status_code == 403
        assert client.post(f"{LIST}{address}", {"is_superuser": "on"}).status_code == 403


def test_an_administrator_makes_an_account_and_gives_it_roles():
    client = fresh(person("ann", "administrator"))
    author = Group.objects.get(name="author")
    typed = {"username": "bob", "password1": PASSWORD, "password2": PASSWORD, "is_staff": "on"}

    client.post(f"{LIST}add/", {**typed, "groups": [author.pk]})
    change(client, User.objects.get(username="bob"), "author", "reviewer")

    bob = User.objects.get(username="bob")
    assert sorted(bob.groups.values_list("name", flat=True)) == ["author", "reviewer"]
    action, before, after = entries()[-1]
    assert action == "account changed"
    assert (before["roles"], after["roles"]) == (["author"], ["author", "reviewer"])


def test_accounts_are_found_however_a_name_is_typed():
    person("ann", "administrator")
    person("bob")
    User.objects.filter(username="bob").update(first_name="Zoë", last_name="O'Brien")
    client = logged_in(User.objects.get(username="ann"))

    for query in ("o’brien", "ZOË", "ＢＯＢ o'b"):
        assert [
            row.username for row in client.get(LIST, {"q": query}).context["cl"].result_list
        ] == ["bob"]


def test_nobody_climbs_by_a_crafted_form():
    ann = person("ann", "administrator")
    client = fresh(ann)
    every = list(Permission.objects.values_list("pk", flat=True))

    for who in (ann, person("bob")):
        extra = {"is_superuser": "on", "user_permissions": every, "date_joined_0": "2001-01-01"}
        answer = change(client, who, "administrator", **extra)

        assert answer.status_code == 302
        who.refresh_from_db()
        assert not who.is_superuser
        assert who.user_permissions.count() == 0


def test_an_administrator_cannot_take_over_a_superuser():
    root = person("root", is_superuser=True)
    client = fresh(person("ann", "administrator"))
    new = {"password1": "x" * 14, "password2": "x" * 14}

    answers = [
        change(client, root, email="ann@x.example"),
        client.post(f"{LIST}{root.pk}/password/", new),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    root.refresh_from_db()
    assert root.email == ""
    assert root.check_password(PASSWORD)


def test_a_superuser_makes_superusers():
    bob = person("bob")

    change(fresh(person("root", is_superuser=True)), bob, is_superuser="on")

    assert User.objects.get(pk=bob.pk).is_superuser


LAST_ONE = {
    "is disabled": ({}, ["administrator"], {"is_active": ""}),
    "is no longer of the staff": ({}, ["administrator"], {"is_staff": ""}),
    "gets another role": ({}, ["author"], {}),
    "is no longer a superuser": ({"is_superuser": True}, [], {"is_superuser": ""}),
}


@pytest.mark.parametrize(("flags", "roles", "fields"), LAST_ONE.values(), ids=LAST_ONE)
def test_the_last_administrator_stays_who(flags, roles, fields):
    ann = person("ann", *([] if flags else ["administrator"]), **flags)
    person("off", "administrator", is_active=False)
    person("reader", "administrator", is_staff=False)

    answer = change(fresh(ann), ann, *roles, **fields)

    assert answer.context["adminform"].form.non_field_errors() == [LAST]
    assert administrators().get() == ann


@pytest.mark.parametrize("password", ["!unusable", ""])
@pytest.mark.parametrize("flags", [{}, {"is_superuser": True}])
def test_an_account_without_a_password_is_no_administrator(password, flags):
    ann, ghost = person("ann", "administrator"), person("ghost", "administrator", **flags)
    User.objects.filter(pk=ghost.pk).update(password=password)

    answer = change(fresh(ann), ann)

    assert answer.context["adminform"].form.non_field_errors() == [LAST]
    assert administrators().get() == ann


def test_with_a_second_one_the_first_may_go():
    ann, _ = person("ann", "administrator"), person("bob", "administrator")

    answer = change(fresh(ann), ann, "author")

    assert answer.status_code == 302
    assert administrators().get().username == "bob"


def test_the_last_superuser_may_change_the_rest():
    root = person("root", is_superuser=True)

    answer = change(fresh(root), root, is_superuser="on", first_name="Ro")

    assert answer.status_code == 302
    assert User.objects.get(pk=root.pk).first_name == "Ro"


def test_nobody_is_deleted():
    ann = person("ann", "administrator")
    client = fresh(person("root", is_superuser=True))
    bulk = {"action": "delete_selected", "_selected_action": [ann.pk], "post": "yes"}

    client.post(LIST, bulk)
    answer = client.post(f"{LIST}{ann.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=ann.pk).exists()


def test_disabling_somebody_ends_their_sessions_for_good():
    bob = person("bob")
    theirs = logged_in(bob)

    change(fresh(person("ann", "administrator")), bob, is_active="")
    User.objects.filter(pk=bob.pk).update(is_active=True)

    assert not is_in(theirs)


def test_an_administrator_sees_and_ends_sessions():
    bob = person("bob")
    theirs = logged_in(bob)
    client = fresh(person("ann", "administrator"))

    page = client.get(f"{LIST}{bob.pk}/change/").content.decode()
    client.post(LIST, {"action": "end_sessions", "_selected_action": [bob.pk]})

    assert "last active" in page
    assert not is_in(theirs)
    assert is_in(client)
    assert ("sessions ended", {"name": "bob", "sessions": 1}, None) in entries()


@pytest.mark.parametrize("form", ["account", "sessions"])
def test_long_after_the_password_it_is_asked_again_and_the_form_goes_on(monkeypatch, form):
    bob = person("bob", "author")
    theirs, client = logged_in(bob), fresh(person("ann", "administrator"))
    pass_time(monkeypatch, minutes=16)
    bulk = {"action": "end_sessions", "_selected_action": [bob.pk]}

    asked = change(client, bob, "reviewer") if form == "account" else client.post(LIST, bulk)
    before = bob.groups.get().name, is_in(theirs)
    done = client.post(asked["Location"], {"password": PASSWORD})

    assert asked["Location"].startswith("/admin/account/reauthenticate/?next=")
    assert before == ("author", True)
    assert done.status_code == 302
    after = ("reviewer", True) if form == "account" else ("author", False)
    assert (bob.groups.get().name, is_in(theirs)) == after


def test_a_password_is_never_kept_in_a_session(monkeypatch):
    bob = person("bob")
    client = fresh(person("ann", "administrator"))
    pass_time(monkeypatch, minutes=16)

    typed = {"password1": "secret lanterns drift"}
    answer = client.post(f"{LIST}{bob.pk}/password/", typed, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/admin/account/reauthenticate/?next=")
    assert "passwords were not kept" in answer.content.decode()
    assert all("lanterns" not in str(row.get_decoded()) for row in Session.objects.all())


def test_getting_in_and_failing_is_logged_without_password(client):
    person()

    log_in(client, "ann\nroot logged in", "tried rivers")
    log_in(client)
    client.post("/admin/logout/")

    assert [action for action, *_ in entries()] == ["log-in failed", "logged in", "logged out"]
    assert "rivers" not in str(entries())


def test_a_lock_out_is_logged_once(client):
    person()

    for _ in range(9):
        log_in(client, password="wrong")

    assert [action for action, *_ in entries()] == ["log-in failed"] * 5 + ["locked out"]
    assert AuditEntry.objects.order_by("number").last().subject == "accounts/ann"


def test_the_log_says_that_an_address_was_changed_but_not_into_what():
    bob = person("bob", "publisher")

    change(fresh(person("ann", "administrator")), bob, "publisher", email="b@x.example")

    entry = AuditEntry.objects.get(action="account changed")
    assert (entry.actor_name, entry.after["also changed"]) == ("ann", ["e-mail address"])
    assert "x.example" not in f"{entry.before}{entry.after}"


@pytest.mark.parametrize("by", ["themselves", "another"])
def test_a_password_is_written_without_the_rest_of_the_row(by):
    loaded = person("bob")
    User.objects.update(is_active=False)

    if by == "themselves":
        StaffAdapter().set_password(loaded, STRONG)
    else:
        form = AnothersPasswordForm(loaded, {"password1": STRONG, "password2": STRONG})
        assert form.is_valid()
        form.save()

    assert not User.objects.get().is_active
    assert User.objects.get().check_password(STRONG)


def test_a_password_set_while_the_form_of_an_account_is_being_saved_stays():
    loaded = person("bob")
    User.objects.update(password="md5$new")

    form = modelform_factory(User, form=PersonForm, fields=["username", "is_active"])
    form({"username": "bob", "is_active": "on"}, instance=loaded).save()

    assert User.objects.get().password == "md5$new"


@pytest.mark.parametrize("more", [{}, {"password1": STRONG, "password2": STRONG}])
def test_no_form_takes_a_password_away(more):
    ann = person("ann", "administrator")
    client, address = fresh(ann), f"{LIST}{ann.pk}/password/"

    page = client.get(address).content.decode()
    client.post(address, {"usable_password": "false", "unset-password": "1", **more})

    assert 'name="password1"' in page
    assert "usable_password" not in page
    assert "unset-password" not in page
    assert User.objects.get().has_usable_password()


def test_another_password_is_set_and_logs_its_owner_out():
    ann, bob = person("ann", "administrator"), person("bob")
    theirs = logged_in(bob)

    typed = {"password1": STRONG, "password2": STRONG}
    answer = fresh(ann).post(f"{LIST}{bob.pk}/password/", typed)

    bob.refresh_from_db()
    assert answer.status_code == 302
    assert bob.check_password(STRONG)
    assert not is_in(theirs)


def test_a_weak_password_and_two_different_ones_are_refused():
    client, bob = fresh(person("ann", "administrator")), person("bob")

    for first, second in (("short", "short"), (STRONG, f"{STRONG}s"), ("", "")):
        typed = {"password1": first, "password2": second}
        assert client.post(f"{LIST}{bob.pk}/password/", typed).status_code == 200

    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


def test_secrets_have_no_page_in_the_admin():
    shown = {model._meta.label for model in admin.site._registry}

    assert "auth.User" in shown
    assert shown & {"auth.Group", "mfa.Authenticator", "account.EmailAddress"} == set()

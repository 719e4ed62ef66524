"""Accounts made and passwords set by command are in the audit log, without the password."""

import getpass

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from explainer.library import audit
from explainer.library.models import AuditEntry
from tests.accounts.staff_people import PASSWORD, is_in, logged_in, person

pytestmark = pytest.mark.django_db
STRONG = "seven slow lanterns drift"


@pytest.fixture
def typed(monkeypatch):
    """Answers to what a command asks, in order."""

    def give(*answers):
        waiting = iter(answers)
        monkeypatch.setattr("builtins.input", lambda *_: next(waiting))
        monkeypatch.setattr(getpass, "getpass", lambda *_, **__: next(waiting))

    return give


@pytest.fixture
def log_is_broken(monkeypatch):
    def refuse(*_, **__):
        raise RuntimeError("The log cannot be written.")

    monkeypatch.setattr(audit, "record", refuse)


class Terminal:
    """A terminal in which somebody sits."""

    def isatty(self):
        return True


def make(name="root", **more):
    call_command("createsuperuser", username=name, email="r@x.example", verbosity=0, **more)


def only_entry():
    entry = AuditEntry.objects.get()
    assert not any(word in f"{entry.before}{entry.after}{entry.comment}" for word in STRONG.split())
    assert entry.actor_name == "a command"
    return entry


def test_the_first_account_made_without_asking_is_told(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", STRONG)

    make(interactive=False)

    entry = only_entry()
    assert User.objects.get().check_password(STRONG)
    assert (entry.action, entry.subject) == ("account made", "accounts/root")
    assert entry.after["superuser"] is True


def test_the_first_account_made_by_asking_is_told(typed):
    typed("root", "r@x.example", "password", "password", "n", STRONG, STRONG)

    call_command("createsuperuser", stdin=Terminal(), verbosity=0)

    assert User.objects.get().check_password(STRONG)
    assert only_entry().subject == "accounts/root"


def test_a_name_that_is_taken_is_still_refused():
    person("root")

    with pytest.raises(CommandError, match="already taken"):
        make(interactive=False)

    assert AuditEntry.objects.count() == 0


def test_an_account_and_a_password_that_cannot_be_told_of_are_not_made(typed, log_is_broken):
    bob = person("bob")
    typed(STRONG, STRONG)

    with pytest.raises(RuntimeError):
        make(interactive=False)
    with pytest.raises(RuntimeError):
        call_command("changepassword", "bob")

    assert User.objects.get() == bob
    assert User.objects.get().check_password(PASSWORD)


def test_a_password_set_by_command_is_told_and_logs_out(typed):
    bob = person("bob")
    browser = logged_in(bob)
    before = AuditEntry.objects.count()
    typed(STRONG, "another", "short", "short", STRONG, STRONG)

    call_command("changepassword", "bob")

    bob.refresh_from_db()
    entry = AuditEntry.objects.order_by("number").last()
    assert bob.check_password(STRONG)
    assert not is_in(browser)
    assert AuditEntry.objects.count() == before + 1
    assert (entry.action, entry.subject) == ("password set by another", "accounts/bob")
    assert (entry.actor_name, entry.after) == ("a command", {"name": "bob"})


def test_three_bad_tries_and_an_unknown_name_change_nothing(typed):
    bob = person("bob")
    typed(*["short"] * 6)

    with pytest.raises(CommandError, match="Nothing was changed for bob after 3 tries"):
        call_command("changepassword", "bob")
    with pytest.raises(CommandError, match="no account 'eve'"):
        call_command("changepassword", "eve")

    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    assert AuditEntry.objects.count() == 0

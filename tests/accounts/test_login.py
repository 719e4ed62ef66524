"""Logging in: who may, how often one may guess, and that no other door stands open."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.accounts.staff_people import (
    HOME,
    LOGIN,
    PASSWORD,
    is_in,
    log_in,
    logged_in,
    pass_time,
    person,
)

pytestmark = pytest.mark.django_db


def guess(times, name="ann", address=HOME, **more):
    return [log_in(Client(), name, f"wrong {n}", address, **more) for n in range(times)][-1]


def test_staff_log_in_with_name_and_password_and_get_a_new_session_key(client):
    person()
    answer = log_in(client)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert is_in(client)


def test_a_stranger_at_the_admins_log_in_is_led_to_ours(client):
    answer = client.get("/admin/login/?next=/admin/library/claim/")

    assert answer.status_code == 302
    assert answer["Location"] == f"{LOGIN}?next=%2Fadmin%2Flibrary%2Fclaim%2F"


def test_the_admins_own_log_in_and_password_pages_take_no_password(client):
    person()

    answer = client.post("/admin/login/", {"username": "ann", "password": PASSWORD})
    changed = logged_in(person("bob")).post("/admin/password_change/", {"old_password": "x"})

    assert answer["Location"].startswith(LOGIN)
    assert not is_in(client)
    assert changed["Location"] == "/admin/account/password/"


@pytest.mark.parametrize("flags", [{"is_active": False}, {"is_staff": False}])
def test_a_right_password_of_somebody_else_is_answered_like_a_wrong_one(client, flags):
    person("out", **flags)
    person("ann")

    right, wrong = log_in(client, "out"), log_in(Client(), "ann", "wrong")

    assert right.status_code == wrong.status_code == 200
    assert right.context["form"].errors == wrong.context["form"].errors


def test_known_and_unknown_names_get_the_same_answer_and_cost_a_hash(monkeypatch):
    person()
    hashed = []
    encode = User.set_password
    monkeypatch.setattr(User, "set_password", lambda *a: hashed.append(1) or encode(*a))

    known, unknown = guess(1, "ann"), guess(1, "nobody")

    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors
    assert hashed == [1]


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_after_five_wrong_passwords_a_name_waits_even_with_the_right_one(name):
    person()
    guess(5, name)

    answer = log_in(Client(), name)

    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()
    assert answer["Retry-After"] == "300"
    assert log_in(Client(), "someone else", "wrong").status_code == 200


OURS = {"address": "127.0.0.1"}


def by_proxy(*addresses):
    return {"x-forwarded-for": ", ".join(addresses), "forwarded": f"for={addresses[0]}"}


COUNTED = {
    "one name however it is spelled": (5, lambda n: {"name": "ANN"}, {}, None),
    "one name from everywhere and under every host": (5,
        lambda n: {"address": f"203.0.113.{n}", "headers": {"host": f"localhost:{8000 + n}"}},
        {"address": "203.0.113.99"}, None),
    "many names from one address": (20,
        lambda n: {"name": f"name{n}"}, {}, {"address": "203.0.113.9"}),
    "many names from one address that says it was forwarded": (20,
        lambda n: {"name": f"name{n}", "headers": by_proxy(f"192.0.2.{n}")},
        {"headers": by_proxy("192.0.2.77")}, None),
    "many names from one address behind a proxy of ours": (20,
        lambda n: {"name": f"name{n}", **OURS, "headers": by_proxy(f"192.0.2.{n}", "203.0.113.5")},
        {**OURS, "headers": by_proxy("192.0.2.9", "203.0.113.5")},
        {**OURS, "headers": by_proxy("192.0.2.9", "203.0.113.6")}),
}  # fmt: skip


@pytest.mark.parametrize(("times", "guessed", "same", "other"), COUNTED.values(), ids=COUNTED)
def test_guesses_are_counted_together(times, guessed, same, other):
    person()
    for n in range(times):
        guess(1, **guessed(n))

    assert log_in(Client(), **same).status_code == 429
    assert other is None or log_in(Client(), **other).status_code == 302


def test_a_lockout_ends_by_itself(monkeypatch):
    person()
    guess(5)
    pass_time(monkeypatch, minutes=5.1)

    assert log_in(Client()).status_code == 302


def test_a_right_password_takes_the_wrong_ones_before_it_back():
    person()
    for _ in range(3):
        guess(4)

        assert log_in(Client()).status_code == 302


def test_twenty_wrong_passwords_in_an_hour_close_a_name_for_that_hour(monkeypatch):
    person()
    for _ in range(4):
        guess(5)
        pass_time(monkeypatch, minutes=6)

    assert log_in(Client()).status_code == 429
    pass_time(monkeypatch, minutes=60)
    assert log_in(Client()).status_code == 302


def test_an_administrator_with_a_command_line_frees_a_name():
    person()
    guess(5)

    call_command("unlock", "ann", verbosity=0)

    assert log_in(Client()).status_code == 302
    with pytest.raises(CommandError, match="no account 'bob'"):
        call_command("unlock", "bob")


TRY = """
import sys
from django.test import Client
from django.test.utils import setup_test_environment
from tests.conftest import pytest_configure
from tests.accounts.staff_people import log_in, person
setup_test_environment()
pytest_configure()
if sys.argv[1] == "first":
    person()
    [log_in(Client(), password="wrong") for _ in range(5)]
print(log_in(Client()).status_code)
"""
RUN = f"import django, sys; django.setup(); exec({TRY!r})"


def test_a_fresh_process_and_another_worker_know_who_is_locked_out(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "explainer.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "VAR_DIR": str(tmp_path),
    }

    def run(*line):
        done = subprocess.run(
            [sys.executable, *line],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    run("manage.py", "migrate", "-v0")

    assert run("-c", RUN, "first") == run("-c", RUN, "second") == ["429"]


def test_a_flood_of_names_cannot_push_a_counter_out():
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] == 100_000


CLOSED = [
    "account_signup",
    "account_email",
    "account_reset_password",
    "account_set_password",
    "account_request_login_code",
    "account_confirm_email",
]


@pytest.mark.parametrize("name", CLOSED)
def test_sign_up_mail_and_reset_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("place", ["signup/", "email/", "password/reset/", "password/set/"])
@pytest.mark.parametrize("root", ["/admin/account/", "/accounts/", "/account/"])
def test_a_form_sent_to_sign_up_or_reset_makes_nobody_and_sends_nothing(client, root, place):
    typed = {"username": "eve", "email": "eve@x.example", "password1": PASSWORD}

    answer = client.post(f"{root}{place}", {**typed, "password2": PASSWORD})

    assert answer.status_code in (302, 404, 405)
    assert answer.headers.get("Location", "/admin/login/").startswith("/admin/login/")
    assert User.objects.count() == 0
    assert mail.outbox == []


def test_old_hashes_become_argon2_when_their_owner_logs_in(client, settings):
    person()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]

    log_in(client)

    assert User.objects.get().password.startswith("argon2$argon2id$")

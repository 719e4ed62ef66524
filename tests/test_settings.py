"""A site starts safely, or not at all with an instruction."""

import runpy
import string
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = {
    "DJANGO_SECRET_KEY": string.ascii_letters,
    "DJANGO_ALLOWED_HOSTS": "hair.example, www.hair.example",
    "SITE_URL": "https://hair.example",
}
NAMES = (
    *PUBLIC, "DJANGO_FORMER_SECRET_KEYS", "DJANGO_DEBUG", "DATABASE_URL", "CONTENT_DIR",
    "TRUSTED_PROXIES", "HSTS_PRELOAD", "STAFF_SECOND_FACTOR", "STAFF_PATH", "STAFF_NETWORKS",
    "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS",
    "EMAIL_FROM",
)  # fmt: skip


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Read the settings file under nothing but the given variables."""

    def read(**variables):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "explainer" / "settings.py"))

    return read


def test_without_any_variable_the_site_is_for_this_machine_alone(start, tmp_path):
    found = start()

    assert not found["SITE_IS_PUBLIC"]
    assert sorted(found["ALLOWED_HOSTS"]) == ["127.0.0.1", "[::1]", "localhost"]
    assert not found["DEBUG"]
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "var" / "db.sqlite3")
    assert found["SECURE_HSTS_SECONDS"] == 0


def test_the_local_secret_is_made_once_and_readable_by_its_owner_alone(start, tmp_path):
    first, second = start()["SECRET_KEY"], start()["SECRET_KEY"]

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_a_public_site_starts_when_everything_is_given(start, tmp_path):
    found = start(**PUBLIC)

    assert found["SITE_IS_PUBLIC"]
    assert found["SECRET_KEY"] == PUBLIC["DJANGO_SECRET_KEY"]
    assert {"hair.example", "www.hair.example"} < set(found["ALLOWED_HOSTS"])
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] == 63_072_000
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert list((tmp_path / "var").iterdir()) == []


@pytest.mark.parametrize(
    ("change", "value_place_and_cure"),
    [
        ({"DJANGO_SECRET_KEY": ""}, r"DJANGO_SECRET_KEY is not set.*secrets\.token_urlsafe"),
        ({"DJANGO_SECRET_KEY": "short"}, r"DJANGO_SECRET_KEY has 5 characters.*at least 50"),
        ({"DJANGO_DEBUG": "yes"}, r"DJANGO_DEBUG is on.*DJANGO_DEBUG=0"),
        ({"DJANGO_DEBUG": "enabled"}, r"DJANGO_DEBUG is 'enabled'.*1, true or yes"),
        ({"DJANGO_ALLOWED_HOSTS": "*"}, r"DJANGO_ALLOWED_HOSTS holds '\*'.*hair\.example"),
        ({"TIME_ZONE": "Berlin"}, r"TIME_ZONE is 'Berlin'.*TIME_ZONE=Europe/Berlin"),
        ({"TIME_ZONE": "../etc"}, r"TIME_ZONE is '\.\./etc'.*Europe/Berlin"),
        ({"SITE_URL": ""}, r"SITE_URL is ''.*SITE_URL=https://hair\.example"),
        ({"SITE_URL": "http://hair.example"}, r"SITE_URL is 'http://hair\.example'.*https"),
        ({"SITE_URL": "hair.example"}, r"SITE_URL is 'hair\.example'.*without a path"),
        ({"SITE_URL": "https://hair.example/a"}, r"SITE_URL is 'https://hair\.example/a'"),
        ({"SITE_URL": "https://me@hair.example"}, r"SITE_URL is 'https://me@hair\.example'"),
    ],
)
def test_a_public_site_refuses_to_start(start, change, value_place_and_cure):
    with pytest.raises(ImproperlyConfigured, match=value_place_and_cure):
        start(**{**PUBLIC, **change})


@pytest.mark.parametrize(
    "one",
    [
        {"DJANGO_ALLOWED_HOSTS": "hair.example"},
        {"DJANGO_ALLOWED_HOSTS": "localhost,10.0.0.5"},
        {"SITE_URL": "http://hair.example"},
        {"SITE_URL": "https://127.0.0.1"},
    ],
)
def test_one_name_beyond_this_machine_makes_a_site_public(start, one):
    with pytest.raises(ImproperlyConfigured):
        start(**one)


def test_the_command_line_refuses_in_one_line_without_a_trace(tmp_path):
    line = [sys.executable, "manage.py", "serve"]
    public = {**PUBLIC, "DJANGO_SECRET_KEY": "", "VAR_DIR": str(tmp_path)}
    done = subprocess.run(line, cwd=ROOT, env=public, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Not started. DJANGO_SECRET_KEY is not set. Set it, for example:")
    assert done.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_named_with_the_variable_to_set(start, tmp_path):
    (tmp_path / "file").touch()
    cure = r"/file/var cannot be made \(Not a directory\)\. .*VAR_DIR="

    with pytest.raises(ImproperlyConfigured, match=cure):
        start(VAR_DIR=str(tmp_path / "file" / "var"))


def test_loopback_names_and_a_local_port_stay_local(start):
    found = start(DJANGO_ALLOWED_HOSTS="localhost", SITE_URL="http://127.0.0.1:8123/")

    assert not found["SITE_IS_PUBLIC"]
    assert found["SITE_URL"] == "http://127.0.0.1:8123"


def test_postgresql_comes_from_one_address_and_gets_no_option_of_sqlite(start):
    database = start(DATABASE_URL="postgresql://me:pw@db.example:5433/hair")["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "hair")
    assert "OPTIONS" not in database or "transaction_mode" not in database["OPTIONS"]


def test_django_has_nothing_to_warn_about_with_production_settings(tmp_path):
    line = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(line, cwd=ROOT, env=PUBLIC, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("System check identified no issues")


@pytest.mark.django_db
def test_sqlite_is_set_up_for_many_readers_and_a_power_cut():
    if connection.vendor != "sqlite":
        pytest.skip("the suite runs on PostgreSQL")
    found = {}
    with connection.cursor() as cursor:
        for name in ("synchronous", "foreign_keys", "busy_timeout"):
            found[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]

    assert found == {"synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}
    assert connection.transaction_mode == "IMMEDIATE"


def test_letters_are_printed_until_a_mail_server_is_named(start):
    assert start()["EMAIL_BACKEND"].endswith("console.EmailBackend")

    named = start(EMAIL_HOST="mail.hair.example", EMAIL_PORT="25")

    assert named["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (named["EMAIL_PORT"], named["EMAIL_USE_TLS"]) == (25, True)


def test_a_port_that_is_no_number_stops_the_start(start):
    with pytest.raises(ImproperlyConfigured, match=r"EMAIL_PORT is 'smtp'\. Write a whole number"):
        start(EMAIL_PORT="smtp")


def test_an_address_that_is_no_redis_stops_the_start(start):
    with pytest.raises(ImproperlyConfigured, match=r"CACHE_URL does not begin.*CACHE_URL=redis:"):
        start(CACHE_URL="memcached://127.0.0.1:11211")


def test_redis_is_used_once_it_is_named_and_the_table_stays_beside_it(start):
    table = start()["CACHES"]["default"]

    caches = start(CACHE_URL="redis://127.0.0.1:6379/0")["CACHES"]

    assert caches["default"]["LOCATION"] == "redis://127.0.0.1:6379/0"
    assert caches["table"] == table

"""Machines learn in one word whether the site lives and can serve; why not, its own people."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection, connections

from explainer.web import health, start_report
from tests.databases import in_use
from tests.disks import disk

NOT_HERE = {"REMOTE_ADDR": "203.0.113.7"}
ROOT = Path(__file__).parents[2]
sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")


@pytest.fixture(autouse=True)
def var(settings, tmp_path, monkeypatch):
    """A folder of each test's own, on a disk with room."""
    monkeypatch.setattr(health, "_sound_until", {})
    monkeypatch.setattr(health, "LEAST_FREE", 1_000_000)
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """The file of a site without words."""
    folder = tmp_path_factory.mktemp("migrated")
    line = [sys.executable, "manage.py", "migrate", "-v0"]
    places = {"VAR_DIR": str(folder), "DATABASE_URL": ""}
    subprocess.run(line, cwd=ROOT, env={**os.environ, **places}, check=True)
    return folder / "db.sqlite3"


@contextmanager
def serving(file, **settings):
    """Let the site use a file as its database."""
    own = connections.create_connection("default")
    own.settings_dict = {**own.settings_dict, "NAME": str(file), **settings}
    with in_use(own):
        yield


def words(client, **more):
    answer = client.get("/readyz", **more)
    assert answer.status_code == (503 if answer.text.startswith("not ready\n") else 200)
    return answer.text


@pytest.mark.parametrize(
    ("path", "word"),
    [("/healthz", b"alive\n"), pytest.param("/readyz", b"ready\n", marks=pytest.mark.django_db)],
)
def test_a_process_is_alive_without_a_database_and_ready_with_a_migrated_one(client, path, word):
    response = client.get(path, **NOT_HERE)

    assert (response.status_code, response.content) == (200, word)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["", "10.1.2.3:8000", "under_score", "evil.example"])
def test_a_load_balancer_may_ask_by_any_name_or_none(client, path, host):
    response = client.get(path, headers={"host": host}, SERVER_NAME="10.1.2.3")

    assert response.status_code == 200


def _forget_a_migration():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'library'")


BY_PROXY = {
    "another machine": NOT_HERE,
    "a proxy that names the client": {"headers": {"x-forwarded-for": "203.0.113.7"}},
    "a proxy that names the scheme alone": {"headers": {"x-forwarded-proto": "https"}},
}


@pytest.mark.django_db
@pytest.mark.parametrize("asked", BY_PROXY.values(), ids=BY_PROXY)
def test_strangers_are_told_no_more_than_that_it_is_not_ready(client, asked):
    _forget_a_migration()

    assert words(client, **asked) == "not ready\n"


@pytest.mark.django_db
def test_what_was_wrong_at_the_start_is_told_on_this_machine_alone(client):
    start_report.keep(["content/pages/x.md:3: No title. Add one."])

    assert words(client).startswith("ready\ncontent/pages/x.md:3: No title. Add one.\n")
    for asked in BY_PROXY.values():
        assert words(client, **asked) == "ready\n"


@pytest.mark.django_db
def test_a_missing_migration_is_named(client):
    _forget_a_migration()

    assert "migrations are missing, the first is library.0001_initial: run manage.py migrate" in (
        words(client)
    )


def _overwrite(file, at, data):
    with file.open("r+b") as opened:
        opened.seek(at)
        opened.write(data)


def _overwrite_a_table(file):
    """Break what no look at the migrations reads."""
    with closing(sqlite3.connect(file)) as opened:
        asked = "SELECT rootpage FROM sqlite_master WHERE name = 'library_revision'"
        page = opened.execute(asked).fetchone()[0]
    _overwrite(file, (page - 1) * 4096, b"x" * 4096)


BROKEN = {
    "garbage from its first byte on": lambda file: _overwrite(file, 0, b"garbage" * 1000),
    "garbage in a table that nothing asks": _overwrite_a_table,
    "half of it gone": lambda file: os.truncate(file, file.stat().st_size // 2),
}


@sqlite
@pytest.mark.parametrize("break_it", BROKEN.values(), ids=BROKEN)
def test_a_damaged_database_file_is_named_with_the_way_back(db, client, migrated, var, break_it):
    file = shutil.copy(migrated, var / "own.sqlite3")
    break_it(file)

    with serving(file):
        said = words(client)

    assert said.startswith("not ready\nThe database")
    assert "manage.py restore" in said
    assert "Traceback" not in said


@sqlite
def test_a_large_file_is_looked_through_for_half_a_second_once_a_minute(
    db, client, migrated, var, monkeypatch
):
    file = shutil.copy(migrated, var / "own.sqlite3")
    _overwrite_a_table(file)
    monkeypatch.setattr(health, "LOOKED_AT_FOR", -1)
    monkeypatch.setattr(health, "STEPS", 1)

    with serving(file):
        assert words(client).startswith("ready\n")
        monkeypatch.setattr(health, "LOOKED_AT_FOR", 10)
        assert words(client).startswith("ready\n")
        monkeypatch.setattr(health, "_sound_until", {})
        assert "is damaged" in words(client)


@sqlite
def test_a_database_that_is_away_is_named_and_none_is_made(db, client, var):
    with serving(var / "away.sqlite3", MUST_EXIST=True):
        assert "away.sqlite3 is not there" in words(client)
    assert not (var / "away.sqlite3").exists()


@pytest.mark.django_db
def test_a_full_disk_is_named_and_is_forgotten_once_there_is_room(client, settings, var):
    with disk(var / "disk", 2) as small:
        settings.VAR_DIR = small.path
        assert words(client).startswith("ready\n")
        (small.path / "growing").write_bytes(bytes(1_200_000))
        assert "is nearly full: 0 MB are free" in words(client)
        small.fill()
        assert "Nothing can be written to" in words(client)
        assert "No space left on device" in words(client)
        small.make_room()
        (small.path / "growing").unlink()
        assert words(client).startswith("ready\n")


@pytest.mark.django_db
def test_a_read_only_folder_is_named(client, settings, var):
    with disk(var / "disk", 2) as small:
        settings.VAR_DIR = small.path
        small.make_read_only()

        assert f"Nothing can be written to {small.path} (Read-only file system)" in words(client)


@sqlite
def test_the_databases_own_folder_is_looked_at_too(db, client, migrated, var):
    with disk(var / "disk", 4) as small:
        file = shutil.copy(migrated, small.path / "own.sqlite3")
        with serving(file):
            assert words(client).startswith("ready\n")
            small.fill()
            assert f"Nothing can be written to {small.path} (No space left" in words(client)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_a_database_that_another_user_made_is_named():
    with TemporaryDirectory(dir="/tmp") as name:  # others can't enter pytest's own
        database = Path(name) / "own.sqlite3"
        database.touch()
        database.parent.chmod(0o755)
        os.setresuid(65534, 65534, 0)
        try:
            found = [one.words for one in health._closed(database)]
        finally:
            os.setresuid(0, 0, 0)

    assert found == [f"{database} cannot be written to by this user: change its owner or rights."]


@pytest.mark.django_db
def test_the_last_backup_is_told_and_never_keeps_the_site_from_being_ready(client):
    assert words(client) == "ready\nNo backup of this site is known: run manage.py backup\n"

    health.last_backup_file().touch()
    os.utime(health.last_backup_file(), (1_750_000_000, 1_750_000_000))
    said = words(client)

    assert said.startswith("ready\nThe last backup was made ")
    assert "days ago, at 2025-06-15 15:06:40 UTC." in said


@pytest.mark.django_db
def test_the_log_has_the_reason_once_however_often_somebody_asks(client, caplog):
    _forget_a_migration()

    for _ in range(3):
        words(client, **NOT_HERE)

    assert caplog.text.count("migrations are missing") == 1

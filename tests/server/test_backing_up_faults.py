"""Full disks, broken backups, missing programs: nothing half-done stays."""

import os
import random
import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.operations import backup_files as files
from tests.server import backing
from tests.server.backing import IS_POSTGRESQL, PASSWORD

on_postgresql = pytest.mark.skipif(not IS_POSTGRESQL, reason="pg_dump backs up PostgreSQL")
on_sqlite = pytest.mark.skipif(IS_POSTGRESQL, reason="a lock file is SQLite's")


def is_empty(place):
    """True if nothing is there that a restore could refuse, and no file but SQLite's and a key."""
    left = {path.name for path in Path(place["VAR_DIR"]).iterdir()}
    read = "from explainer.operations.backup import refuse_content as r; r()"
    done = backing.manage(place, "shell", "--no-imports", "-c", read)
    return done.returncode == 0 and left <= {"db.sqlite3", "secret-key"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tables": {"library_save": 9}}, "should have"),
        ({"migrations": ["library.9999_future"]}, "made by a newer program"),
        ({"vendor": "SQLite" if IS_POSTGRESQL else "PostgreSQL"}, "The backup is of"),
    ],
)
def test_a_backup_that_is_not_what_it_says_leaves_the_target_empty(
    backup, empty, tmp_path, changes, said
):
    other = files.with_manifest(backup, tmp_path / "other.tar.gz", **changes)

    done = backing.manage(empty, "restore", str(other))

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert is_empty(empty)


def test_a_broken_database_in_the_backup_leaves_the_target_empty(backup, empty, tmp_path):
    head, vendor = (b"PGDMP", "PostgreSQL") if IS_POSTGRESQL else (b"SQLite format 3\0", "SQLite")
    content = {"database": head + b"?" * 9000, files.IMAGE: b"\x89PNG"}
    broken = files.written(tmp_path / "broken.tar.gz", content, vendor=vendor)

    done = backing.manage(empty, "restore", str(broken))

    assert done.returncode == 1
    assert "pg_restore failed" in done.stderr or "not a database" in done.stderr
    assert is_empty(empty)


def limited(size):
    """Let no file of a process grow beyond so many bytes, as a full disk would."""
    return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))}


@pytest.fixture(params=["the copy of the database", "the archive"])
def disk(request, site):
    """A disk that takes no more in the middle of this."""
    if request.param == "the copy of the database":
        yield limited(100_000)
        return
    image = next(Path(site["VAR_DIR"], "images").iterdir())
    before = image.read_bytes()
    image.write_bytes(random.Random(1).randbytes(4_000_000))  # noqa: S311 - only hard to compress
    yield limited(3_000_000)
    image.write_bytes(before)


def test_a_full_disk_keeps_the_older_backups_and_nothing_half_written(site, backup, disk, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o700)
    older = folder / "said-and-shown-20260102T030405Z.tar.gz"
    older.write_bytes(backup.read_bytes())

    done = backing.manage(site, "backup", str(folder), "--keep", "1", **disk)

    assert done.returncode == 1
    assert "Earlier backups are untouched" in done.stderr or "pg_dump failed" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == [older]
    assert older.read_bytes() == backup.read_bytes()


def test_a_full_disk_leaves_the_target_of_a_restore_empty(backup, empty):
    done = backing.manage(empty, "restore", str(backup), **limited(100_000))

    assert done.returncode == 1
    assert "Nothing was restored" in done.stderr
    assert is_empty(empty)


@on_sqlite
@pytest.mark.parametrize(("lock", "status"), [("BEGIN", 0), ("BEGIN IMMEDIATE", 1)])
def test_who_reads_the_empty_database_sees_a_whole_one_and_who_writes_is_not_overwritten(
    backup, empty, lock, status
):
    backing.manage(empty, "migrate")
    with closing(sqlite3.connect(Path(empty["VAR_DIR"], "db.sqlite3"))) as other:
        other.execute(lock)
        count = "SELECT count(*) FROM library_document WHERE kind = 'claim'"
        assert other.execute(count).fetchone() == (0,)

        done = backing.manage(empty, "restore", str(backup))

        assert (done.returncode, other.execute(count).fetchone()) == (status, (0,)), done.stderr
        other.rollback()
        assert other.execute(count).fetchone() == (1 - status,)
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert ("Nothing was restored: database is locked" in done.stderr) is bool(status)


@on_sqlite
def test_a_log_that_was_changed_and_is_not_guarded_is_no_proof(site, backup, tmp_path):
    parts = {info.name: data for info, data in files.members(backup)}
    (tmp_path / "database").write_bytes(parts["database"])
    with closing(sqlite3.connect(tmp_path / "database", isolation_level=None)) as database:
        database.execute("DROP TRIGGER library_auditentry_kept")
        database.execute("DROP TRIGGER library_auditentry_fixed")
        database.execute("UPDATE library_auditentry SET comment = 'Other.' WHERE number = 1")
    del parts["manifest.json"]
    parts["database"] = (tmp_path / "database").read_bytes()
    facts = {name: files.manifest_of(backup)[name] for name in ("tables", "migrations")}
    forged = files.written(tmp_path / "forged.tar.gz", parts, **facts)

    done = backing.manage(site, "verify_backup", str(forged))

    assert done.returncode == 1
    assert "Entry 1 " in done.stderr
    assert "The trigger 'library_auditentry_kept' is missing" in done.stderr
    assert "cannot be restored in a scratch place" in done.stderr


@on_postgresql
def test_without_pg_dump_it_says_what_to_install(site, tmp_path):
    done = backing.manage({**site, "PATH": str(tmp_path)}, "backup", str(tmp_path / "kept"))

    assert done.returncode == 1
    assert "pg_dump failed" in done.stderr
    assert "postgresql-client" in done.stderr
    assert list((tmp_path / "kept").iterdir()) == []


@on_postgresql
def test_the_password_goes_by_the_environment_and_never_on_a_command_line(site, tmp_path):
    lines = (
        'echo "$*" > "$0.line"',
        'echo "$PGPASSWORD" > "$0.password"',
        "echo broken >&2; exit 3",
    )
    _program(tmp_path / "pg_dump", *lines)

    done = backing.manage({**site, "PATH": str(tmp_path)}, "backup", str(tmp_path / "kept"))

    assert "pg_dump failed: broken" in done.stderr
    assert (tmp_path / "pg_dump.password").read_text() == f"{PASSWORD}\n"
    line = (tmp_path / "pg_dump.line").read_text()
    assert "--snapshot=" in line
    assert PASSWORD not in line
    assert "hunter" not in done.stdout + done.stderr


@on_postgresql
def test_an_account_that_may_make_no_database_is_told_what_to_do(site, backup, tmp_path):
    import psycopg

    url, role = os.environ["DATABASE_URL"], f"plain_{os.getpid()}"
    plain = {**site, "DATABASE_URL": url.replace("postgres@", f"{role}@", 1)}
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE ROLE {role} LOGIN")
        done = backing.manage(plain, "verify_backup", str(backup))
        server.execute(f"DROP ROLE {role}")

    assert done.returncode == 1
    assert "No scratch database could be made (permission denied" in done.stderr
    assert "CREATEDB" in done.stderr


def _program(path: Path, *lines: str) -> None:
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o700)

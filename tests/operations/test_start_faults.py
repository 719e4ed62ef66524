"""A database that cannot be used ends any command with one line that says what to do."""

import subprocess
import sys

import pytest

from tests.operations.starts import ROOT, free_port, refused


def manage(*words, **variables):
    line = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        line, cwd=ROOT, env=variables, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


BROKEN = {
    "other bytes": b"Not a database at all. " * 500,
    "its first page alone": b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20" + b"\x07" * 8_000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_with_the_way_back(tmp_path, content):
    file = tmp_path / "db.sqlite3"
    file.write_bytes(content)

    for status, said in (
        refused(free_port(), VAR_DIR=str(tmp_path)),
        manage("verify_audit", VAR_DIR=str(tmp_path)),
    ):
        assert status == 1
        assert said.startswith(f"The database file {file} cannot be used (")
        assert "manage.py restore FILE" in said
        assert said.count("\n") == 1
    assert file.read_bytes() == content


def test_a_postgresql_server_that_is_stopped_is_said_to_be(tmp_path):
    pytest.importorskip("psycopg", reason="PostgreSQL is an extra")
    place = str(tmp_path).replace("/", "%2F")
    away = {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"postgresql://me:hunter2@{place}/site"}

    for status, said in (refused(free_port(), **away), manage("send_digest", **away)):
        assert status == 1
        assert said.startswith("PostgreSQL cannot be reached (connection ")
        assert "Start it, or correct DATABASE_URL" in said
        assert "hunter2" not in said
        assert said.count("\n") == 1


def test_a_database_without_our_tables_is_told_to_migrate(tmp_path):
    status, said = manage("verify_audit", VAR_DIR=str(tmp_path))

    assert status == 1
    assert said.endswith("Run: manage.py migrate\n")
    assert "Traceback" not in said


def test_whoever_wants_the_lines_of_code_gets_them(tmp_path):
    (tmp_path / "db.sqlite3").write_bytes(BROKEN["other bytes"])

    status, said = manage("verify_audit", "--traceback", VAR_DIR=str(tmp_path))

    assert status == 1
    assert "Traceback" in said


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        (b"", "has 0 characters, not 50 or more"),
        (b"\n", "has 0 characters, not 50 or more"),
        (b"\xff" * 60, "holds no secret but other bytes"),
    ],
    ids=["empty", "a line end", "other bytes"],
)
def test_a_secret_that_is_none_is_named_with_the_file_and_the_cure(tmp_path, secret, said):
    file = tmp_path / "secret-key"
    file.write_bytes(secret)

    status, words = refused(free_port(), VAR_DIR=str(tmp_path))

    assert status == 1
    assert words.startswith("Not started. ")
    assert str(file) in words
    assert said in words
    assert "delete the file, and the next start makes another" in words
    assert words.count("\n") == 1
    assert file.read_bytes() == secret

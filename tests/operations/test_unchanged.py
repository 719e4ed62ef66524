"""`serve` again makes nothing ready if nothing changed, and goes the long way if anything did."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files.folders import SMALL, fill
from tests.operations.starts import ROOT, fetch, free_port, lines_until, refused, started

ASK = "from explainer.operations import unchanged; print(unchanged.files_there())"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A site that was served once: its folder, and what it said."""
    folder = tmp_path_factory.mktemp("site")
    fill(folder / "content", SMALL)
    with started(free_port(), **variables(folder)) as running:
        lines_until(running, "Ctrl-C")
    return folder


@pytest.fixture
def site(served, tmp_path):
    """The same at another place, with the times of all files."""
    return shutil.copytree(served, tmp_path / "site")


def variables(folder, **others):
    return {"VAR_DIR": str(folder / "var"), "CONTENT_DIR": str(folder / "content"), **others}


def there(folder, **others):
    """Give what is said of the files of a site that was noted at this place."""
    line = [sys.executable, "-c", ASK]
    given = {**variables(folder, **others), "DJANGO_SETTINGS_MODULE": "explainer.settings"}
    return subprocess.check_output(line, cwd=ROOT, env=given, text=True).strip()


def note(folder):
    state = (folder / "var" / "started").stat()
    return state.st_ino, state.st_mtime_ns


def test_again_it_says_the_same_serves_the_same_and_makes_nothing_ready(served):
    port, before = free_port(), note(served)

    with started(port, **variables(served)) as running:
        said = lines_until(running, "Ctrl-C")
        page = fetch(port, "/claims/red-light/eye-harm/")

    assert said.startswith(f"0 files loaded, {len(SMALL)} were there already.\nOpen http://127")
    assert "manage.py createsuperuser" in said
    assert "Sore eyes" in page
    assert note(served) == before, "it was made ready once more"


def _words(folder):
    fill(folder / "content", {"pages/notes.md": "Words.\n"})


def _no_words(folder):
    shutil.rmtree(folder / "content")


def _not_collected(folder):
    (folder / "var" / "static" / "staticfiles.json").unlink()


def _other_files_collected(folder):
    (folder / "var" / "static-fingerprint").write_text("others")


def _a_migration_taken_back(folder):
    with sqlite3.connect(folder / "var" / "db.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE id = 2")
    database.close()


def _another_database(folder):
    (folder / "var" / "db.sqlite3").unlink()


def _no_database(folder):
    (folder / "var" / "db.sqlite3").write_bytes(b"Not a database at all. " * 500)


def _a_torn_database(folder):
    with (folder / "var" / "db.sqlite3").open("r+b") as file:
        file.seek(-3 * 4096, os.SEEK_END)
        file.write(b"\7" * 2 * 4096)


def _no_note(folder):
    (folder / "var" / "started").write_text("{}")


CHANGES = [
    _words, _no_words, _not_collected, _other_files_collected, _a_migration_taken_back,
    _another_database, _no_database, _a_torn_database, _no_note,
]  # fmt: skip


@pytest.fixture
def noted(site):
    """A site that is known to be unchanged where it lies."""
    line = [
        sys.executable,
        "-c",
        "from explainer.operations import unchanged; unchanged.remember()",
    ]
    given = {**variables(site), "DJANGO_SETTINGS_MODULE": "explainer.settings"}
    subprocess.run(line, cwd=ROOT, env=given, check=True)
    assert there(site) == str(len(SMALL))
    return site


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changed_is_seen(noted, change):
    change(noted)

    assert there(noted) == "None"


@pytest.mark.parametrize(
    "others", [{"STAFF_PATH": "/desk/"}, {"READ_ONLY": "1"}, {"CONTENT_DIR": str(ROOT / "content")}]
)
def test_another_variable_is_seen(noted, others):
    assert there(noted, **others) == "None"


def test_no_password_lies_in_the_note(noted):
    assert (noted / "var" / "secret-key").read_text().strip() not in _read(noted)


def _read(folder: Path) -> str:
    return (folder / "var" / "started").read_text()


def test_a_site_whose_database_broke_since_is_refused_as_ever(noted):
    _no_database(noted)

    status, said = refused(free_port(), **variables(noted))

    assert status == 1
    assert said.startswith(f"The database file {noted / 'var' / 'db.sqlite3'} cannot be used (")


@pytest.mark.parametrize("words", [("--port", "many"), ("--workers",), ("--help",), ("--else",)])
def test_what_it_does_not_understand_is_left_to_the_command(noted, words):
    line = [sys.executable, "manage.py", "serve", *words]
    done = subprocess.run(
        line, cwd=ROOT, env=variables(noted), capture_output=True, text=True, check=False
    )

    assert "usage: manage.py serve" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr

"""The command tells each fault on a line, exits by errors alone, and repairs if asked to."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from explainer.library.models import Mention, Revision
from tests.library import shelf
from tests.operations import faults

pytestmark = pytest.mark.django_db

LACKS = "library: What is derived from 1 documents is out of date (articles/red-light/safety)."
LAST = "0006_fields_to_find_by"
MADE = "What is derived from 9 documents was made anew."


@pytest.fixture(autouse=True)
def _library(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path
    faults.sound(tmp_path)


def run(*arguments: str) -> tuple[list[str], str, int]:
    """Give the lines that a command prints, its last word and its exit status."""
    out = StringIO()
    try:
        call_command(*(arguments or ["check_library"]), stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error), error.returncode
    return out.getvalue().splitlines(), "", 0


def lose_a_list() -> None:
    Mention.objects.filter(revision__document__key="red-light/safety").delete()


def test_a_sound_library_is_counted_and_that_is_all() -> None:
    lines, error, status = run()

    assert (error, status) == ("", 0)
    assert lines == [
        "Checked: 20 triggers, 0 audit entries, 9 revisions, 0 revisions in review, 0 images, "
        "16 pages. Warnings: 0."
    ]


def test_an_error_is_a_line_with_subject_and_cure_and_the_exit_status_is_1() -> None:
    lose_a_list()

    lines, error, status = run()

    assert f"{LACKS} Run 'manage.py check_library --repair'." in lines
    assert (error, status) == ("1 errors. Put them right and check again.", 1)


def test_warnings_alone_are_no_failure() -> None:
    harm = shelf.document("claims/red-light/eye-harm").live
    faults.change(Revision.objects.filter(pk=harm.pk), review_due=date(2026, 2, 2))
    run("check_library", "--repair")

    lines, error, status = run()

    assert lines[0].startswith("claims/red-light/eye-harm: warning: Its review was due on 2026-02")
    assert lines[-1].endswith("Warnings: 1.")
    assert (error, status) == ("", 0)


def test_a_repair_says_what_it_changed_and_what_is_left() -> None:
    lose_a_list()
    faults.rewrite("articles/notes", "Read [this](/nowhere/).")

    lines, error, status = run("check_library", "--repair")

    assert lines[0] == MADE
    assert lines[1].startswith("articles/notes: body, line ")
    assert len(lines) == 3
    assert (error, status) == ("1 errors. Put them right and check again.", 1)


def test_nonsense_keeps_nothing_from_being_told() -> None:
    faults.revise("claims/red-light/eye-harm", topic="nonsense")

    lines, _, status = run("check_library", "--repair")

    assert any(line.startswith("/claims/red-light/eye-harm/: The page cannot") for line in lines)
    assert status == 1


def test_nothing_is_repaired_in_a_database_that_is_not_up_to_date() -> None:
    lose_a_list()
    MigrationRecorder(connection).record_unapplied("library", LAST)

    lines, _, status = run("check_library", "--repair")

    assert lines == [
        f"database: The migration 'library.{LAST}' is not applied. Run 'manage.py migrate'.",
        "Checked: nothing. Warnings: 0.",
    ]
    assert status == 1


def test_check_content_asks_the_same_of_the_library_if_told_to() -> None:
    lose_a_list()

    assert run("check_content", "--library") == run("check_library")
    assert run("check_content", "--library", "--repair")[0][0] == MADE
    assert run("check_content", "--library")[2] == 0


def test_there_is_nothing_to_repair_in_files() -> None:
    _, error, status = run("check_content", "--repair")

    assert (error, status) == ("Files hold nothing derived to repair. Add --library.", 1)


@pytest.mark.parametrize("more", [["pages/about.md"], ["--report"]])
def test_what_is_only_for_files_is_refused_beside_the_library(more) -> None:
    _, error, status = run("check_content", *more, "--library")

    assert "leave out paths" in str(error)
    assert status == 1

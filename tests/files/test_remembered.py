"""The same files are not read and judged again; other files, or another database, always are."""

import shutil

import pytest

from explainer.files import fingerprint
from explainer.files.remembered import files_as_loaded
from explainer.library.models import Change
from tests.files.folders import SMALL, TREATMENT, fill
from tests.files.loads import (
    ARTICLE,
    CLAIM,
    NEW_HARM,
    NEW_SAFETY,
    public_article,
    run,
    staff_draft,
    staff_publishes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return fill(tmp_path / "content", SMALL)


def test_files_that_were_loaded_are_known_and_the_command_says_what_it_always_said(folder):
    run(folder)

    assert files_as_loaded(folder) == len(SMALL)
    assert run(folder) == (f"0 files loaded, {len(SMALL)} were there already.\n", "", "")


def test_what_staff_publish_afterwards_changes_nothing_about_the_files(folder):
    run(folder)
    staff_publishes(public_article(), title="Another title")

    assert files_as_loaded(folder) == len(SMALL)


def _changed(folder):
    fill(folder, {CLAIM: NEW_HARM})


def _gone(folder):
    (folder / ARTICLE).unlink()


def _more(folder):
    fill(folder, {"treatments/green-light.md": TREATMENT})


def _linked(folder):
    (folder / CLAIM).rename(folder.parent / "moved.md")
    (folder / CLAIM).symlink_to(folder.parent / "moved.md")


@pytest.mark.parametrize("change", [_changed, _gone, _more, _linked])
def test_a_folder_in_which_anything_changed_is_not_known(folder, change):
    run(folder)

    change(folder)

    assert files_as_loaded(folder) == 0


def test_files_are_read_again_by_other_code(folder, monkeypatch):
    run(folder)

    monkeypatch.setattr(fingerprint, "build_of", lambda *_: "another")

    assert files_as_loaded(folder) == 0


def test_a_database_that_never_took_the_files_reads_them(folder, monkeypatch):
    run(folder)

    monkeypatch.setattr(Change, "objects", Change.objects.none())

    assert files_as_loaded(folder) == 0


def test_what_is_for_staff_to_settle_is_told_each_time(folder):
    run(folder)
    staff_draft(public_article(), title="Another title")
    fill(folder, {ARTICLE: NEW_SAFETY})

    assert "1 files are for staff to settle" in run(folder)[2]
    assert files_as_loaded(folder) == 0
    assert "1 files are for staff to settle" in run(folder)[2]


def test_a_folder_that_cannot_be_read_is_told_of_and_not_passed_over(folder):
    run(folder)
    shutil.rmtree(folder)

    assert files_as_loaded(folder) == 0
    assert "no such folder" in run(folder)[1]

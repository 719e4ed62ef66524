"""Where backups may lie, who may look, and which of them go."""

import os
import time
from datetime import timedelta

import pytest

from explainer.operations import retention
from explainer.operations.exceptions import CannotBackUp
from tests.operations import backup_files as files


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    settings.STATICFILES_DIRS = [tmp_path / "code" / "static"]
    for root in ("var/static", "var/images", "code/static"):
        (tmp_path / root).mkdir(parents=True)


@pytest.fixture
def folder(tmp_path):
    return retention.ready(tmp_path / "backups")


def night(folder, number):
    return files.written(folder / retention.name_of(files.AT + timedelta(days=number)))


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "parts")


def test_a_new_folder_is_for_its_owner_alone(tmp_path) -> None:
    folder = retention.ready(tmp_path / "far" / "backups")

    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("root", ["var/static", "var/images", "code/static", "var/static/deep"])
def test_a_folder_that_readers_are_served_from_is_refused(tmp_path, root) -> None:
    (tmp_path / "link").symlink_to(tmp_path / root)

    for folder in (tmp_path / root, tmp_path / "link", tmp_path / "code" / ".." / root):
        with pytest.raises(CannotBackUp, match="gives to readers"):
            retention.ready(folder)
    assert not (tmp_path / "var/static/deep").exists()


@pytest.mark.parametrize("mode", [0o1777, 0o770, 0o702])
def test_a_folder_that_others_may_write_to_is_refused(tmp_path, mode) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(mode)

    with pytest.raises(CannotBackUp, match="Other users may write"):
        retention.ready(tmp_path / "open")


def test_a_folder_that_cannot_be_made_is_told(tmp_path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CannotBackUp, match=r"cannot be made \(.+\)\. Make it"):
        retention.ready(tmp_path / "file" / "backups")


def test_names_sort_by_age_and_are_known_again() -> None:
    name = retention.name_of(files.AT)

    assert name == "said-and-shown-20260102T030405Z.tar.gz"
    assert retention.NAME.fullmatch(name)
    assert name < retention.name_of(files.AT + timedelta(seconds=1))


def test_the_oldest_go_beyond_those_to_keep(folder) -> None:
    nights = [night(folder, number) for number in range(4)]

    removed = retention.rotate(folder, keep=2, good=nights[3])

    assert sorted(removed) == nights[:2]
    assert names(folder) == [path.name for path in nights[2:]]


def test_the_one_just_read_back_stays_even_if_a_clock_made_it_the_oldest(folder) -> None:
    nights = [night(folder, number) for number in range(3)]

    retention.rotate(folder, keep=1, good=nights[0])

    assert names(folder) == [nights[0].name]


def test_what_is_no_backup_of_ours_is_neither_removed_nor_counted(folder, tmp_path) -> None:
    good = [night(folder, number) for number in (1, 2)]
    (folder / retention.name_of(files.AT - timedelta(days=9))).write_bytes(b"")
    files.pack(folder / retention.name_of(files.AT), [files.member("other.txt")])
    (folder / "said-and-shown-20250101T000000Z.tar.gz.age").write_bytes(b"x")
    (folder / retention.name_of(files.AT - timedelta(days=3))).symlink_to(good[0])
    (folder / retention.name_of(files.AT - timedelta(days=4))).mkdir()
    before = names(folder)

    removed = retention.rotate(folder, keep=2, good=good[1])

    assert removed == []
    assert names(folder) == before


def test_nothing_unfinished_stays_whatever_happens(folder) -> None:
    def work():
        with retention.unfinished(folder) as working:
            (working / "half").write_bytes(b"x")
            assert working.stat().st_mode & 0o777 == 0o700
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        work()

    assert names(folder) == []


def test_what_a_power_cut_left_goes_the_next_time(folder) -> None:
    for name in ("old", "young"):
        (folder / f"{retention.UNFINISHED}{name}").mkdir()
        (folder / f"{retention.UNFINISHED}{name}" / "half").write_bytes(b"x")
    long_ago = time.time() - retention.ABANDONED - 5
    os.utime(folder / f"{retention.UNFINISHED}old", (long_ago, long_ago))

    with retention.unfinished(folder):
        pass

    assert names(folder) == [f"{retention.UNFINISHED}young"]

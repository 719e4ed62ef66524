"""Where backups may lie, which of them go, what is left of a failed one, whom a restore refuses."""

import os
import socket
import subprocess
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from explainer.images import storage
from explainer.operations import backup, databases
from explainer.operations.archive import BackupError
from tests.images import pictures
from tests.library import shelf
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
    return backup.ready(tmp_path / "far" / "backups")


def night(folder, number):
    moment = files.AT + timedelta(days=number)
    return files.written(folder / f"said-and-shown-{moment:%Y%m%dT%H%M%S.%fZ}.tar.gz")


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "parts")


def test_a_new_folder_is_for_its_owner_alone(folder) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("root", ["var/static", "var/images", "code/static", "var/static/deep"])
def test_a_folder_that_readers_are_served_from_is_refused(tmp_path, root) -> None:
    (tmp_path / "link").symlink_to(tmp_path / root)

    for folder in (tmp_path / root, tmp_path / "link", tmp_path / "code" / ".." / root):
        with pytest.raises(BackupError, match="gives to readers"):
            backup.ready(folder)
    assert not (tmp_path / "var/static/deep").exists()


@pytest.mark.parametrize("mode", [0o1777, 0o770, 0o702])
def test_a_folder_that_others_may_write_to_is_refused(tmp_path, mode) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(mode)

    with pytest.raises(BackupError, match="Other users may write"):
        backup.ready(tmp_path / "open")


def test_a_folder_that_cannot_be_made_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(BackupError, match=r"Not a directory: .*file/backups.* may write to"):
        backup.back_up(tmp_path / "file" / "backups", at=files.AT)


def test_a_backup_of_this_very_moment_is_not_overwritten(folder) -> None:
    made = night(folder, 0)
    before = made.read_bytes()

    with pytest.raises(BackupError, match=rf"{made.name} is there already"):
        backup.back_up(folder, at=files.AT)

    assert made.read_bytes() == before


def test_the_oldest_go_beyond_those_to_keep(folder) -> None:
    nights = [night(folder, number) for number in range(4)]

    removed = backup.rotate(nights[3], keep=2)

    assert sorted(removed) == nights[:2]
    assert names(folder) == [path.name for path in nights[2:]]


def test_the_one_just_read_back_stays_even_if_a_clock_made_it_the_oldest(folder) -> None:
    nights = [night(folder, number) for number in range(3)]

    backup.rotate(nights[0], keep=1)

    assert names(folder) == [nights[0].name]


def test_what_is_no_backup_of_ours_is_neither_removed_nor_counted(folder) -> None:
    good = [night(folder, number) for number in (1, 2)]
    (folder / "said-and-shown-20250101T000000Z.tar.gz").write_bytes(b"")
    (folder / "said-and-shown-20250102T000000Z.tar.gz").write_bytes(good[0].read_bytes()[:12])
    files.pack(folder / "said-and-shown-20250103T000000Z.tar.gz", [files.member("other.txt")])
    (folder / "said-and-shown-20250104T000000Z.tar.gz.age").write_bytes(b"x")
    (folder / "said-and-shown-20250105T000000Z.tar.gz").symlink_to(good[0])
    (folder / "said-and-shown-20250106T000000Z.tar.gz").mkdir()
    before = names(folder)

    assert backup.rotate(good[1], keep=2) == []
    assert names(folder) == before


def test_nothing_unfinished_stays_whatever_happens(folder) -> None:
    def work():
        with backup.unfinished(folder) as working:
            (working / "half").write_bytes(b"x")
            assert working.stat().st_mode & 0o777 == 0o700
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        work()

    assert names(folder) == []


def left(folder, name, *, hours=0):
    """Leave what an unfinished backup leaves when nobody can clear up any more."""
    made = folder / f"{backup.UNFINISHED}{name}"
    made.mkdir()
    (made / "half").write_bytes(b"x")
    then = time.time() - hours * 3600
    os.utime(made, (then, then))
    return made.name


def test_what_a_kill_left_goes_the_next_time_and_what_is_at_work_stays(folder) -> None:
    here = socket.gethostname()
    killed = subprocess.Popen(["true"])
    killed.wait()
    left(folder, f"{here}.{killed.pid}.a")
    left(folder, "elsewhere.7.b", hours=2)
    left(folder, "of-an-earlier-version", hours=2)
    left(folder, "elsewhere.7.from-a-clock-ahead", hours=-9000)
    running = left(folder, f"{here}.{os.getppid()}.c", hours=2)
    far = left(folder, "elsewhere.7.d")

    with backup.unfinished(folder):
        pass

    assert names(folder) == sorted([running, far])


def a_claim():
    shelf.treatment()
    shelf.publish(shelf.claim_draft())


def a_person_and_an_image():
    storage.remove(pictures.sent(pictures.person()).file_name)


def a_file():
    storage.store(f"{'0' * 32}.png", b"x")


def a_table_of_something_else():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE a_shop (id integer)")


@pytest.mark.django_db
def test_a_site_as_migrations_leave_it_counts_as_empty() -> None:
    backup.refuse_content()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (a_claim, r"it has documents\. Restore onto an empty"),
        (a_person_and_an_image, r"it has users and images\."),
        (a_file, r"it has files in .*images\."),
        (a_table_of_something_else, r"it has the table a_shop\."),
    ],
)
def test_a_site_with_anything_is_refused(fill, said) -> None:
    fill()

    with pytest.raises(BackupError, match=f"not empty: {said}"):
        backup.refuse_content()


@pytest.mark.django_db
def test_sessions_and_counters_count_as_nothing() -> None:
    a_claim()
    Session.objects.create(session_key="k", session_data="d", expire_date=shelf.NOON)
    cache.set("login", 3)

    counts = databases.row_counts()

    assert databases.never_travel() == ["django_session", "shared_cache"]
    assert (counts["django_session"], counts["shared_cache"]) == (0, 0)
    assert (counts["library_document"], counts["library_position"]) == (3, 1)


def test_other_rows_than_the_backup_says_are_refused() -> None:
    manifest = files.manifest(tables={"library_save": 0})

    backup.refuse_other_rows(manifest, {"library_save": 0})
    with pytest.raises(BackupError, match="library_save should have 0 rows and has 2"):
        backup.refuse_other_rows(manifest, {"library_save": 2})
    with pytest.raises(BackupError, match="extra should have None rows and has 0"):
        backup.refuse_other_rows(manifest, {"library_save": 0, "extra": 0})
    with pytest.raises(BackupError, match="library_save should have 0 rows and has None"):
        backup.refuse_other_rows(manifest, {})


@pytest.mark.django_db
def test_a_backup_of_a_newer_program_is_refused_and_an_older_one_is_not() -> None:
    older = files.manifest(vendor=connection.display_name, migrations=["auth.0001_initial"])
    newer = files.manifest(vendor=connection.display_name, migrations=["library.9999_future"])

    backup.refuse_unfit(older)
    with pytest.raises(BackupError, match=r"migrations library\.9999_future\. Bring this one up"):
        backup.refuse_unfit(newer)


@pytest.mark.django_db
def test_a_backup_of_the_other_kind_of_database_is_refused_and_the_way_over_named() -> None:
    other = {"SQLite": "PostgreSQL", "PostgreSQL": "SQLite"}[connection.display_name]
    said = rf"of {other}, .* is {connection.display_name}\. .*dump_content.*load_content"

    with pytest.raises(BackupError, match=said):
        backup.refuse_unfit(files.manifest(vendor=other))

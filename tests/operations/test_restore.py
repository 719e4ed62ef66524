"""Whom a restore refuses, and what counts as the rows of a backup."""

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

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


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


def test_a_site_as_migrations_leave_it_counts_as_empty() -> None:
    backup.refuse_content()


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


def test_a_backup_of_a_newer_program_is_refused_and_an_older_one_is_not() -> None:
    older = files.manifest(vendor=connection.display_name, migrations=["auth.0001_initial"])
    newer = files.manifest(vendor=connection.display_name, migrations=["library.9999_future"])

    backup.refuse_unfit(older)
    with pytest.raises(BackupError, match=r"migrations library\.9999_future\. Bring this one up"):
        backup.refuse_unfit(newer)


def test_a_backup_of_the_other_kind_of_database_is_refused_and_the_way_over_named() -> None:
    other = {"SQLite": "PostgreSQL", "PostgreSQL": "SQLite"}[connection.display_name]
    said = rf"of {other}, .* is {connection.display_name}\. .*dump_content.*load_content"

    with pytest.raises(BackupError, match=said):
        backup.refuse_unfit(files.manifest(vendor=other))

"""A database file that is taken away or replaced: no save is lost in silence, none made anew."""

import shutil

import pytest
from django.db import OperationalError, connection, connections, transaction

from tests.databases import in_use

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")


@pytest.fixture
def own(db, tmp_path):
    """What the site uses, a file of this test."""
    own = connections.create_connection("default")
    own.settings_dict = {**own.settings_dict, "NAME": str(tmp_path / "own.sqlite3")}
    with in_use(own):
        with own.cursor() as cursor:
            cursor.execute("CREATE TABLE word (text)")
        yield own


def save(own) -> None:
    with transaction.atomic(), own.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES ('kept')")


def words(own) -> int:
    with own.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM word").fetchone()[0]


@pytest.mark.parametrize("replaced", [False, True], ids=["removed", "replaced"])
def test_a_save_into_a_file_that_is_gone_fails(own, tmp_path, replaced):
    file = tmp_path / "own.sqlite3"
    save(own)
    shutil.copy(file, tmp_path / "copy")
    file.unlink()
    if replaced:
        shutil.copy(tmp_path / "copy", file)

    with pytest.raises(OperationalError, match=r"own.sqlite3 is not the one that was opened"):
        save(own)


def test_a_file_that_came_back_is_used_from_the_next_request_on(own, tmp_path):
    file, away = tmp_path / "own.sqlite3", tmp_path / "away.sqlite3"
    save(own)
    own.close()
    own.connect()
    file.rename(away)
    assert not own.is_usable()

    away.rename(file)
    own.close()
    save(own)
    assert words(own) == 2


def test_a_server_makes_no_empty_file_in_place_of_one_that_is_gone(own, tmp_path):
    file = tmp_path / "own.sqlite3"
    own.settings_dict["MUST_EXIST"] = True
    own.close()
    file.unlink()

    with pytest.raises(OperationalError, match="is not there, and a server makes none"):
        own.connect()
    assert not file.exists()

"""Each thread asks by connections of its own, so each of these holds little of its file."""

import sqlite3

import pytest
from django.db import connection

from explainer.web.page_cache.editions import SQLiteEdition
from tests.web.page_cache.toy import Toy

KILOBYTES = "PRAGMA cache_size"


def test_a_connection_to_the_kept_pages_holds_little_of_them(tmp_path):
    (held,) = Toy(tmp_path).store._connection().execute(KILOBYTES).fetchone()

    assert -100 <= held < 0


def test_a_connection_that_asks_for_the_edition_holds_little(tmp_path):
    sqlite3.connect(tmp_path / "db.sqlite3").execute("CREATE TABLE one (word)")
    edition = SQLiteEdition(tmp_path / "db.sqlite3", "SELECT 1")

    assert edition.current() == "1"
    assert -100 <= int(edition.ask(KILOBYTES)) < 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a setting of SQLite")
def test_a_connection_of_django_holds_a_quarter_of_what_is_usual(db):
    with connection.cursor() as cursor:
        assert cursor.execute(KILOBYTES).fetchone() == (-500,)

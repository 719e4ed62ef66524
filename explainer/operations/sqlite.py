"""Backups of a SQLite database: by its backup interface, never by copying a live file.

A copied file lacks what is still in the write-ahead log. The interface reads one
moment while others write.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from explainer.operations import facts, retention
from explainer.operations.exceptions import BadBackup, CannotBackUp, CannotRestore
from explainer.operations.manifest import Manifest

TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence' "
    "ORDER BY name"
)


class SQLite:
    """See `vendors.Vendor`."""

    def tool(self) -> str:
        """Name the library that Python brings along."""
        return f"SQLite {sqlite3.sqlite_version}"

    @contextmanager
    def snapshot(self) -> Iterator[str]:
        """Read inside one transaction; in the write-ahead mode it stops nobody."""
        # Not `atomic`: on this site that takes the one lock writers need (transaction_mode), and
        # SQLite copies nothing for a connection that may write: it would wait for itself.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                # The moment is that of the first read.
                cursor.execute("SELECT count(*) FROM sqlite_master")
                yield ""
            finally:
                cursor.execute("ROLLBACK")

    def dump(self, target: Path, snapshot: str) -> None:
        """Copy page by page, then empty and compress the copy."""
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(target, isolation_level=None)) as copy:
                connection.connection.backup(copy)
                _empty(copy)
        except sqlite3.Error as error:
            raise CannotBackUp(
                f"The database could not be copied ({error}). If its disk or that of the backups "
                "is full, make room and try again. Earlier backups are untouched."
            ) from error

    def put(self, dump: Path, told: Manifest) -> None:
        """Check the copy, then rename it to where the database is configured to be."""
        _refuse_unlike(dump, told)
        target = Path(connection.settings_dict["NAME"])
        _refuse_open(target)
        waiting = target.with_name(f".{target.name}.restoring")
        try:
            shutil.copyfile(dump, waiting)
            waiting.chmod(0o600)
            with waiting.open("rb+") as file:
                retention.to_disk(file)
            waiting.rename(target)
            retention.settle(target.parent)
        finally:
            waiting.unlink(missing_ok=True)

    @contextmanager
    def scratch(self) -> Iterator[str]:
        """Name nothing: without DATABASE_URL the database lies in VAR_DIR."""
        yield ""


def _empty(copy: sqlite3.Connection) -> None:
    # One file, not three: the copy would otherwise go on with a write-ahead log of its own.
    copy.execute("PRAGMA journal_mode = DELETE")
    for name in facts.left_behind():
        copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 - names of our own tables
    # Deleted rows stay readable in a file's free pages until it is written anew.
    copy.execute("VACUUM")


def _refuse_unlike(dump: Path, told: Manifest) -> None:
    """Refuse a copy that is broken inside, or holds other rows or triggers than it should."""
    try:
        with closing(sqlite3.connect(f"{dump.as_uri()}?mode=ro", uri=True)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {name: _rows(copy, name) for (name,) in copy.execute(TABLES).fetchall()}
            triggers = tuple(name for (name,) in copy.execute(facts.TRIGGERS["sqlite"]))
            loose = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise BadBackup(f"The database in the backup cannot be read ({error}).") from error
    if sound != "ok" or loose:
        raise BadBackup(f"The database in the backup is broken inside: {loose or sound}.")
    facts.refuse_unlike(told.facts, tables, triggers)


def _rows(copy: sqlite3.Connection, name: str) -> int:
    quoted = name.replace('"', '""')
    return int(copy.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608


def _refuse_open(target: Path) -> None:
    """Refuse while somebody else has the empty database open: its log would fall on the new one."""
    connection.close()
    # The last one who closes a database clears its log away; what is left is somebody's.
    left = [target.with_name(target.name + end) for end in ("-wal", "-journal")]
    if found := [path for path in left if path.exists()]:
        raise CannotRestore(
            f"{target} is in use ({found[0].name} is there). Stop the site, then restore."
        )

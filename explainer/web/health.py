"""Whether this machine can serve: database, migrations, disk and folders, and the last backup.

Changes nothing, and costs little however often it is asked. Readers may still get their kept pages
while something here is wrong; what is asked is whether all of the site works, saving included.
"""

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, Error, connection
from django.db.migrations.executor import MigrationExecutor

from explainer.web import start_report

LEAST_FREE = 100_000_000
"""Bytes that must be free: a start, a backup and a day of saves fit in."""
LOOKED_AT_FOR = 0.5
"""Seconds after which looking through a SQLite file is broken off: what was read was sound."""
SOUND_FOR = 60
"""Seconds for which a file that was looked through counts as sound."""
STEPS = 10_000
"""Instructions of SQLite between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: the words for whoever runs the site, and whether it cannot serve."""

    words: str
    is_fault: bool = True


def look() -> list[Finding]:
    """Look at everything once; what is wrong names the place and the cure."""
    return [finding for one in (_database, _files, _last_start, _last_backup) for finding in one()]


def faults(findings: list[Finding]) -> list[str]:
    return [finding.words for finding in findings if finding.is_fault]


def _database() -> Iterator[Finding]:
    """Read from the database, look a file of SQLite through, compare the migrations."""
    try:
        yield from _damage()
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        # The next look, and the next request, begin with a connection of their own.
        if not connection.in_atomic_block:
            connection.close()
        yield Finding(
            f"The database cannot be read ({' '.join(str(error).split())}). See that it runs and "
            "that this user may read it; if it is damaged, restore a backup: manage.py restore"
        )
        return
    if missing:
        first = missing[0][0]
        yield Finding(
            f"{len(missing)} migrations are missing, the first is {first}: run manage.py migrate"
        )


_sound_until: dict[str, float] = {}


def _damage() -> Iterator[Finding]:
    """Look through a SQLite file for half a second, once a minute; PostgreSQL minds its own."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or time.monotonic() < _sound_until.get(name, 0):
        return
    found = _quick_check()
    if found != "ok":
        yield Finding(
            f"The database file {name} is damaged ({' '.join(found.split())}). Stop the site and "
            "restore a backup: manage.py restore"
        )
        return
    _sound_until[name] = time.monotonic() + SOUND_FOR


def _quick_check() -> str:
    """Give the first thing that is wrong inside the file, or ok (sqlite.org/pragma.html)."""
    connection.ensure_connection()
    raw: sqlite3.Connection = connection.connection
    end = time.monotonic() + LOOKED_AT_FOR
    raw.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        with connection.wrap_database_errors:
            return str(raw.execute("PRAGMA quick_check(1)").fetchone()[0])
    except DatabaseError as error:
        if "interrupted" in str(error):
            return "ok"
        raise
    finally:
        raw.set_progress_handler(None, 0)


def _files() -> Iterator[Finding]:
    """Write a little where the site writes, and see what room is left there."""
    folders = {Path(settings.VAR_DIR)}
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        database = Path(connection.settings_dict["NAME"])
        folders.add(database.parent)
        yield from _closed(database)
    for folder in sorted(folders):
        yield from _room(folder)


def _closed(database: Path) -> Iterator[Finding]:
    """Find a database that another user made, such as root by a command."""
    for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
        # Never opened to find out: closing it would drop this process's locks on it.
        if os.access(path, os.F_OK) and not os.access(path, os.W_OK):
            yield Finding(f"{path} cannot be written to by this user: change its owner or rights.")


def _room(folder: Path) -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))
            file.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding(
            f"Nothing can be written to {folder} ({error.strerror}). Nothing can be saved until "
            "it can: see its owner, how it is mounted, and what fills it."
        )
        return
    if free < LEAST_FREE:
        yield Finding(
            f"The disk of {folder} is nearly full: {free // 1_000_000} MB are free, and "
            f"{LEAST_FREE // 1_000_000} should be. Make room, or saving will fail."
        )


def _last_start() -> Iterator[Finding]:
    """Tell what was wrong at the start: what was public before is served all the same."""
    for line in start_report.lines():
        yield Finding(line, is_fault=False)


def last_backup_file() -> Path:
    """Give the file whose time is that of the last backup; `manage.py backup` touches it."""
    return Path(settings.VAR_DIR) / "last-backup"


def _last_backup() -> Iterator[Finding]:
    """Tell, and no more: a site does not serve worse for a backup that is old."""
    try:
        at = datetime.fromtimestamp(last_backup_file().stat().st_mtime, UTC)
    except OSError:
        yield Finding("No backup of this site is known: run manage.py backup", is_fault=False)
        return
    days = (datetime.now(UTC) - at).days
    ago = f"{days} days ago" if days > 1 else "within two days"
    yield Finding(f"The last backup was made {ago}, at {at:%F %T} UTC.", is_fault=False)

"""Which edition of the site is public: one row that every publishing raises, in either database."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, local
from typing import Any

RETRY = 1.0
"""Seconds before a database that was away is asked again."""


class SQLiteEdition:
    """Asks a SQLite file, without ever making one: a file that is gone has no edition."""

    def __init__(self, path: Path, sql: str) -> None:
        self._path, self._sql = path, sql
        self._own = local()

    def current(self) -> str | None:
        try:
            inode = self._path.stat().st_ino
            if getattr(self._own, "inode", None) != inode:
                address = f"file:{self._path}?mode=ro"
                self._own.connection = sqlite3.connect(address, uri=True, isolation_level=None)
                self._own.inode = inode
            found = self._own.connection.execute(self._sql).fetchone()
        except (OSError, sqlite3.Error):
            self._own.inode = None
            return None
        return str(found[0]) if found else None


class PostgreSQLEdition:
    """Asks a PostgreSQL server over one connection that all threads share."""

    def __init__(self, params: dict[str, Any], sql: str) -> None:
        self._params, self._sql = params, sql
        self._lock = Lock()
        self._connection: Any = None
        self._away_until = 0.0

    def current(self) -> str | None:
        # Imported here: a site on SQLite does without.
        import psycopg  # noqa: PLC0415

        with self._lock:
            if time.monotonic() < self._away_until:
                return None
            try:
                if self._connection is None or self._connection.closed:
                    self._connection = psycopg.connect(
                        **self._params, autocommit=True, connect_timeout=2
                    )
                    self._connection.prepare_threshold = 1
                found = self._connection.execute(self._sql).fetchone()
            except psycopg.Error:
                with suppress(Exception):
                    self._connection.close()
                self._connection = None
                self._away_until = time.monotonic() + RETRY
                return None
        return str(found[0]) if found else None

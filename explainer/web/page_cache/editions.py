"""Which edition of the site is public: one row that every publishing raises, in either database.

The same connection answers other questions that come before Django, of one row each.
"""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, local
from typing import Any

RETRY = 1.0
"""Seconds before a database that was away is asked again."""
PATIENCE = 2.0
"""Seconds that a thread waits for another's question; after that the database counts as away."""
LIMITS = {"connect_timeout": 2, "tcp_user_timeout": 2_000}
"""How long the server may say nothing: seconds at the beginning, milliseconds after that."""

LITTLE = 64
"""Kilobytes of the file that a connection holds: there is one in each thread, and it reads rows."""


class SQLiteEdition:
    """Asks a SQLite file, without ever making one: a file that is gone has no edition."""

    def __init__(self, path: Path, sql: str) -> None:
        self._path, self._sql = path, sql
        self._own = local()

    def current(self) -> str | None:
        return self.ask(self._sql)

    def ask(self, sql: str, *values: str) -> str | None:
        """Give the first value of the first row; None if there is none or nobody can be asked."""
        try:
            inode = self._path.stat().st_ino
            if getattr(self._own, "inode", None) != inode:
                address = f"file:{self._path}?mode=ro"
                self._own.connection = sqlite3.connect(address, uri=True, isolation_level=None)
                self._own.connection.execute(f"PRAGMA cache_size=-{LITTLE}")
                self._own.inode = inode
            found = self._own.connection.execute(sql, values).fetchone()
        except (OSError, sqlite3.Error):
            self._own.inode = None
            return None
        return str(found[0]) if found else None


class PostgreSQLEdition:
    """Asks a PostgreSQL server over one connection that all threads share.

    While it is away one thread finds out whether it is back, and no other waits for that: a machine
    that is switched off refuses nothing, it only never answers.
    """

    def __init__(self, params: dict[str, Any], sql: str) -> None:
        self._params, self._sql = {**params, **LIMITS}, sql
        self._lock = Lock()
        self._connection: Any = None
        self._is_away, self._asked_again_at = False, 0.0

    def current(self) -> str | None:
        return self.ask(self._sql)

    def ask(self, sql: str, *values: str) -> str | None:
        """Give the first value of the first row; None if there is none or nobody can be asked.

        Places of values are written as SQLite has them.
        """
        # Imported here: a site on SQLite does without.
        import psycopg  # noqa: PLC0415

        if self._is_away and time.monotonic() < self._asked_again_at:
            return None
        if not self._lock.acquire(timeout=0 if self._is_away else PATIENCE):
            self._is_away = True
            return None
        try:
            found = self._found(sql.replace("?", "%s"), values)
        except psycopg.Error:
            with suppress(Exception):
                self._connection.close()
            self._connection = None
            self._is_away, self._asked_again_at = True, time.monotonic() + RETRY
            return None
        finally:
            self._lock.release()
        self._is_away = False
        return str(found[0]) if found else None

    def _found(self, sql: str, values: tuple[str, ...]) -> Any:
        import psycopg  # noqa: PLC0415

        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(**self._params, autocommit=True)
            self._connection.prepare_threshold = 1
        return self._connection.execute(sql, values or None).fetchone()

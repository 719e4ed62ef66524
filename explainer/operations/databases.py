"""The two kinds of database, as backups need them: copied at one moment, filled, emptied."""

import os
import secrets
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction

from explainer.operations.archive import BackupError


def never_travel() -> list[str]:
    return [Session._meta.db_table, str(settings.TABLE["LOCATION"])]


def row_counts() -> dict[str, int]:
    counts = dict.fromkeys(sorted(connection.introspection.table_names()), 0)
    with connection.cursor() as cursor:
        for name in counts.keys() - {*never_travel()}:
            table = connection.ops.quote_name(name)
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a table's own name
            counts[name] = cursor.fetchone()[0]
    return counts


class SQLite:
    """By its backup interface: a copy of the live file would lack the write-ahead log."""

    @contextmanager
    def copied(self, target: Path) -> Iterator[None]:
        """Copy the database without what never travels; inside, the same moment is read."""
        # Not `atomic`: on this site that takes the one lock writers need (transaction_mode), and
        # SQLite copies nothing for a connection that may write: it would wait for itself.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                # The moment is that of the first read.
                cursor.execute("SELECT count(*) FROM sqlite_master")
                with connection.wrap_database_errors:
                    self._copy(target)
                yield
            finally:
                cursor.execute("ROLLBACK")

    def _copy(self, target: Path) -> None:
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            connection.connection.backup(copy)
            # One file, not three: a copy goes on with a write-ahead log of its own.
            copy.execute("PRAGMA journal_mode = DELETE")
            for name in never_travel():
                copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 - our own tables
            # Deleted rows stay readable in free pages until a file is written anew.
            copy.execute("VACUUM")

    def fill(self, copy: Path | str) -> None:
        with connection.wrap_database_errors, closing(sqlite3.connect(copy)) as source:
            source.backup(connection.connection)
        with connection.cursor() as cursor:
            broken = cursor.execute("PRAGMA integrity_check").fetchone()[0]
            loose = cursor.execute("PRAGMA foreign_key_check").fetchone()
        if broken != "ok" or loose:
            raise BackupError(f"The database in the backup is broken inside: {loose or broken}.")

    def empty(self) -> None:
        self.fill(":memory:")

    @contextmanager
    def scratch(self) -> Iterator[str]:
        yield ""  # without a DATABASE_URL the database lies in VAR_DIR


class PostgreSQL:
    """By pg_dump and pg_restore, which come with its client; what they refuse, they explain."""

    @contextmanager
    def copied(self, target: Path) -> Iterator[None]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            moment = f"--snapshot={cursor.fetchone()[0]}"
            excluded = [f'--exclude-table-data="{name}"' for name in never_travel()]
            # Not compressed: the archive around it is.
            _run("pg_dump", "-Fc", "--compress=0", moment, *excluded, f"--file={target}")
            yield

    def fill(self, copy: Path) -> None:
        self.empty()
        name = connection.settings_dict["NAME"]
        _run("pg_restore", "--single-transaction", "--exit-on-error", f"--dbname={name}", str(copy))
        with connection.cursor() as cursor:
            # Until it has counted the new rows, it chooses plans that take seconds a page.
            cursor.execute("ANALYZE")

    def empty(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT 'FUNCTION ' || tgfoid::regprocedure FROM pg_trigger "
                "WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
            )
            functions = [name for (name,) in cursor.fetchall()]
            tables = map(connection.ops.quote_name, connection.introspection.table_names(cursor))
            for name in (*functions, *(f"TABLE {table}" for table in tables)):
                cursor.execute(f"DROP {name} CASCADE")

    @contextmanager
    def scratch(self) -> Iterator[str]:
        """Give the DATABASE_URL of an empty database that is gone afterwards."""
        name = f"verify_{secrets.token_hex(6)}"
        try:
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        except DatabaseError as error:
            raise BackupError(
                f"No scratch database could be made ({str(error).strip()}). Let the account make "
                "them (ALTER ROLE name CREATEDB), or verify on another server."
            ) from error
        try:
            yield urlsplit(settings.DATABASE_URL)._replace(path=f"/{quote(name)}").geturl()
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's client, as this site's account; nobody is asked anything.

    The password goes by the environment: every user of the machine can read a command line.
    """
    given = connection.get_connection_params()
    options = connection.Database.pq.Conninfo.get_defaults()  # type: ignore[attr-defined]
    values = {o.envvar.decode(): given.get(o.keyword.decode()) for o in options if o.envvar}
    server = {name: str(value) for name, value in values.items() if value}
    # Whoever restores owns what is restored.
    line = [program, "--no-owner", "--no-privileges", "--no-password", *arguments]
    environment = {**os.environ, **server, "LC_ALL": "C"}
    try:
        subprocess.run(line, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        reason = " ".join((getattr(error, "stderr", "") or str(error)).split())
        raise BackupError(
            f"{program} failed: {reason}. It comes with the client programs of PostgreSQL, on "
            "Debian the package postgresql-client, and must not be older than the server."
        ) from error


def here() -> SQLite | PostgreSQL:
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()

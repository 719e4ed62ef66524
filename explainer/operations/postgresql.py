"""Backups of a PostgreSQL database: by pg_dump and pg_restore, which come with its client.

Where the server is and who asks goes to them by the environment, never on a command
line that every user of the machine can read (requirement D17).
"""

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from explainer.operations import facts
from explainer.operations.exceptions import BackupError, CannotBackUp, CannotRestore
from explainer.operations.manifest import Manifest

PLACES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
    "options": "PGOPTIONS",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
"""What a connection is made of, and the variable by which the programs learn it."""

FUNCTIONS = (
    "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger "
    "WHERE tgrelid = %s::regclass AND NOT tgisinternal"
)
"""What a table's triggers call."""


class PostgreSQL:
    """See `vendors.Vendor`."""

    def tool(self) -> str:
        """Find pg_dump, which must not be older than the server."""
        found = _version("pg_dump")
        server = _server()
        if found < server:
            raise CannotBackUp(
                f"pg_dump is of PostgreSQL {found}, the server of {server}: it cannot read a newer "
                f"server. {_install(server)}"
            )
        return f"PostgreSQL {server}, pg_dump {found}"

    @contextmanager
    def snapshot(self) -> Iterator[str]:
        """Hold one moment and give its name, by which pg_dump joins it."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0]

    def dump(self, target: Path, snapshot: str) -> None:
        """Let pg_dump write its own format; the archive around it is what gets compressed."""
        left = (f'--exclude-table-data="{name}"' for name in facts.left_behind())
        line = ["--format=custom", "--compress=0", *_PLAIN, f"--snapshot={snapshot}", *left]
        try:
            _run("pg_dump", *line, f"--file={target}")
        except subprocess.CalledProcessError as failed:
            raise CannotBackUp(
                f"pg_dump failed: {_said(failed)}. Earlier backups are untouched."
            ) from failed

    def put(self, dump: Path, told: Manifest) -> None:
        """Clear empty tables away, then restore in one transaction and count."""
        _refuse_older_tools(told)
        _clear()
        connection.close()
        line = ["--single-transaction", "--exit-on-error", *_PLAIN]
        try:
            _run("pg_restore", *line, f"--dbname={_name()}", str(dump))
        except subprocess.CalledProcessError as failed:
            raise CannotRestore(
                f"pg_restore failed and took everything back: {_said(failed)}"
            ) from failed
        try:
            facts.refuse_unlike(told.facts, facts.tables(), facts.triggers())
        except BackupError:
            _clear()
            raise
        # Until it has counted the new rows, it chooses plans that take seconds a page. If it cannot
        # count now, it does so by itself later: the rows are there.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    @contextmanager
    def scratch(self) -> Iterator[str]:
        """Make an empty database on the same server; drop it afterwards."""
        name = f"verify_{secrets.token_hex(6)}"
        try:
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        except DatabaseError as error:
            raise CannotRestore(
                f"No scratch database could be made ({str(error).strip()}). Let the account "
                "make them (ALTER ROLE name CREATEDB), or verify on another machine, with "
                "DATABASE_URL naming a server where it may."
            ) from error
        try:
            place = urlsplit(settings.DATABASE_URL)
            yield place._replace(path=f"/{quote(name)}").geturl()
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_PLAIN = ("--no-owner", "--no-privileges", "--no-password")
"""Whoever restores owns what is restored; nobody is asked for a password."""


def _clear() -> None:
    """Drop tables without content and the functions of their triggers, all or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            table = connection.ops.quote_name(name)
            cursor.execute(FUNCTIONS, [table])
            functions = [function for (function,) in cursor.fetchall()]
            cursor.execute(f"DROP TABLE {table} CASCADE")
            for function in functions:
                cursor.execute(f"DROP FUNCTION {function}")


def _refuse_older_tools(told: Manifest) -> None:
    """Refuse a pg_restore that cannot read what a newer pg_dump wrote."""
    made = re.search(r"pg_dump (\d+)", told.tool)
    found, needed = _version("pg_restore"), int(made[1]) if made else 0
    if found < needed:
        raise CannotRestore(
            f"pg_restore is of PostgreSQL {found}, the backup was made by pg_dump {needed}. "
            f"{_install(needed)}"
        )


def _version(program: str) -> int:
    if shutil.which(program) is None:
        raise BackupError(f"{program} is not installed. {_install(_server())}")
    said = _run(program, "--version")
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    if found is None:
        raise BackupError(f"{program} does not say its version, but: {said.strip()}")
    return int(found[1])


def _server() -> int:
    """Give the server's version; since 10 it is one number."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _install(version: int) -> str:
    return (
        f"Install the client programs of PostgreSQL {version} or later: on Debian the package "
        f"postgresql-client-{version}."
    )


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, *arguments], env=_environment(), capture_output=True, text=True, check=True
    )
    return done.stdout


def _environment() -> dict[str, str]:
    given = connection.get_connection_params()
    told = {place: str(given[key]) for key, place in PLACES.items() if given.get(key)}
    # The programs answer in English, so that what they say can be looked up.
    return {**os.environ, **told, "PGDATABASE": _name(), "LC_ALL": "C"}


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _said(failed: subprocess.CalledProcessError) -> str:
    return " ".join(str(failed.stderr).split())[:500] or f"exit status {failed.returncode}"

"""What each kind of database can do for a backup; `here` gives the one this site has."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.db import connection

from explainer.operations.exceptions import BadBackup
from explainer.operations.manifest import Manifest
from explainer.operations.postgresql import PostgreSQL
from explainer.operations.sqlite import SQLite

TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Vendor(Protocol):
    """A kind of database, as backups need it."""

    def tool(self) -> str:
        """Name what writes the copy, with its version; raises `BackupError` if it is missing."""

    def snapshot(self) -> AbstractContextManager[str]:
        """Hold one moment for everything that is read inside; writers go on. Gives its name."""

    def dump(self, target: Path, snapshot: str) -> None:
        """Write the copy of that moment, without what never travels."""

    def put(self, dump: Path, told: Manifest) -> None:
        """Put a copy where this site's empty database is, if it is what its manifest says.

        Raises `BackupError`, with nothing put, if it is not.
        """

    def scratch(self) -> AbstractContextManager[str]:
        """Give the DATABASE_URL of an empty database that is gone afterwards."""


def here() -> Vendor:
    """Give the vendor of this site's database."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def refuse_other(told: Manifest) -> None:
    """Refuse a backup of another kind of database than this site has (requirement D18)."""
    if told.vendor == connection.vendor:
        return
    theirs, ours = (TITLES.get(name, name) for name in (told.vendor, connection.vendor))
    raise BadBackup(
        f"The backup is of {theirs}, and the database of this site is {ours}. Set DATABASE_URL "
        f"to {theirs} and restore there. To move what is public to another kind of database, use "
        "manage.py dump_content on the old site and manage.py load_content on the new one."
    )

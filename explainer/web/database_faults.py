"""What to do when the database cannot be used at all, for whoever runs a command."""

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError

NO_TABLE = ("no such table", "no such column", "does not exist")
LOCKED = ("locked", "busy")


def cure(error: Exception) -> str | None:
    """Say what is wrong with the database and what to do; None if it is no fault of the database.

    What a statement did wrong is a fault of ours, and its traceback tells more.
    """
    # A broken file is a DatabaseError and none of its kinds.
    if (
        not isinstance(error, OperationalError | InterfaceError)
        and type(error) is not DatabaseError
    ):
        return None
    said = " ".join(str(error).split())
    if any(words in said for words in NO_TABLE):
        return f"The database lacks a table or column ({said}). Run: manage.py migrate"
    if any(words in said for words in LOCKED):
        return f"The database is in use ({said}). Try again when the other command has ended."
    return f"{_file(said) if _is_sqlite() else _server(said)}"


def _is_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def _file(said: str) -> str:
    name = settings.DATABASES["default"]["NAME"]
    return (
        f"The database file {name} cannot be used ({said}). If its folder, its owner and the disk "
        "are right, it is broken: move it away with what lies beside it under its name, then "
        "bring the newest backup back by manage.py restore FILE"
    )


def _server(said: str) -> str:
    return (
        f"PostgreSQL cannot be reached ({said}). Start it, or correct DATABASE_URL; "
        "pg_isready says whether it answers."
    )

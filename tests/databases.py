"""Databases beside the tests' usual one, which is in a transaction all the time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def in_use(own: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the site use a connection that is in no transaction."""
    usual = connections["default"]
    connections["default"] = own
    try:
        yield
    finally:
        own.close()
        connections["default"] = usual


def copied(name: str) -> BaseDatabaseWrapper:
    """Copy what the site uses, a SQLite database, to a file or to memory."""
    own = connections.create_connection("default")
    own.settings_dict = {**own.settings_dict, "NAME": name}
    for one in (connection, own):
        one.ensure_connection()
    connection.connection.backup(own.connection)
    return own

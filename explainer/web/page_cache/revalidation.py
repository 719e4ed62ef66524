"""Whether a kept page would be made as it was: what it read of the database is read once more.

A page is what code makes of the rows it read, on a day. Another build or day has pages of its own;
so a publishing that left all those rows as they were left the page as it was. What is compared is
every row of every query, not what somebody thought that a page depends on.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from hashlib import blake2b
from typing import Any

from django.db import connection
from django.http import HttpResponseNotModified

SELECTS = ("SELECT", "(SELECT", "WITH")

_reading: ContextVar["Reading | None"] = ContextVar("reading", default=None)
_shared: dict[str, Callable[[], str]] = {}


class Unchanged(HttpResponseNotModified):
    """The answer to who has a kept page: it would be made as it was."""

    page_is_unchanged = True


class Reading:
    """What one page read so far: queries, and the names of values that pages share.

    It is not `repeatable` once the page did more than ask for rows.
    """

    def __init__(self) -> None:
        self.queries: list[tuple[str, Any]] = []
        self.names: set[str] = set()
        self.repeatable = True

    def record(self, execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Note a query and run it, as Django's `execute_wrapper` asks it of a wrapper."""
        if _reading.get() is self:
            values = tuple(params or ())
            # The moment at which one asks is another one the next time.
            timely = any(isinstance(value, date) for value in values)
            self.repeatable &= sql.startswith(SELECTS) and not (many or timely)
            self.queries.append((sql, values))
        return execute(sql, params, many, context)

    def written(self) -> str:
        """Give it as text that `is_unchanged` understands; nothing if it cannot be repeated.

        Only within the snapshot in which the page was made.
        """
        if not self.repeatable or not self.names <= _shared.keys():
            return ""
        names = sorted(self.names)
        try:
            return json.dumps([self.queries, names, _digest(self.queries, names)])
        except TypeError:  # a value that JSON does not know
            return ""


@contextmanager
def recorded() -> Iterator[Reading]:
    """Note in the reading that is given what is read within."""
    reading = Reading()
    token = _reading.set(reading)
    try:
        with connection.execute_wrapper(reading.record):
            yield reading
    finally:
        _reading.reset(token)


def is_unchanged(written: str) -> bool:
    """Read again what a page read and say if it is the same; only within a snapshot."""
    queries, names, digest = json.loads(written)
    return _shared.keys() >= set(names) and bool(_digest(queries, names) == digest)


def share(name: str, digest: Callable[[], str]) -> None:
    """Tell one state of a shared value from another; pages that read others are always made."""
    _shared[name] = digest


@contextmanager
def shared(name: str) -> Iterator[None]:
    """Note that the page reads a value that pages share, in place of the queries within."""
    reading, token = _reading.get(), _reading.set(None)
    try:
        yield
    finally:
        _reading.reset(token)
        if reading is not None:
            reading.names.add(name)


def _digest(queries: list[tuple[str, Any]], names: list[str]) -> str:
    found = blake2b(digest_size=16)
    for name in names:
        found.update(_shared[name]().encode())
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)
            for row in cursor.fetchall():
                found.update(repr(row).encode())
            found.update(b"\n")
    return found.hexdigest()

"""Ends a verb in its middle, after each of its writes in turn, to see what it leaves behind.

A test runs inside a transaction that the suite undoes; a verb's own transaction is a
savepoint of it. What a verb without one leaves behind is seen here all the same.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction


class Cut(Exception):
    """The process ended in the middle of a verb."""


class Writes:
    """Notes the tables that are written to; ends the process after so many writes."""

    def __init__(self, end: int = 0) -> None:
        self.end = end
        self.tables: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        verb, *words = sql.split(maxsplit=3)
        if verb in ("INSERT", "UPDATE", "DELETE"):
            table = words[0] if verb == "UPDATE" else words[1]
            self.tables.append(table.strip('"').removeprefix("library_"))
            if len(self.tables) == self.end:
                raise Cut
        return result


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table of the library; a new table is among them."""
    models = apps.get_app_config("library").get_models(include_auto_created=True)
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in models
    }


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def assert_whole_or_nothing(verb: Callable[[], object], tables: set[str]) -> None:
    """End the process after each write of a verb in turn; nothing may be left of it."""
    before, writes = everything(), Writes()
    with undone(), connection.execute_wrapper(writes):
        verb()
        assert everything() != before
    assert set(writes.tables) == tables
    for end, table in enumerate(writes.tables, start=1):
        with undone():
            with pytest.raises(Cut), connection.execute_wrapper(Writes(end)):
                verb()
            # Django would refuse to look at what a verb without a transaction left behind.
            transaction.set_rollback(False)
            assert everything() == before, f"Left behind after write {end}, to {table}"

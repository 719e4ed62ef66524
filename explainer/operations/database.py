"""What everything else stands on: the database answers, is up to date, and guards itself.

Tells, line by line, what is wrong; changes nothing.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from explainer.library import triggers

_WORD = re.compile(r"\w+")

_TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    # One that is switched off ('D'), or works for replicas alone ('R'), guards nothing.
    "postgresql": (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
        "AND pg_table_is_visible(t.tgrelid)"
    ),
}
"""What gives the name and the text of every trigger that works, by kind of database."""


def unready() -> Iterator[str]:
    """Say what keeps the library from being asked anything at all."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        yield f"The database does not answer ({error}). Start it, or correct DATABASE_URL."
        return
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield (
            f"The migration '{migration.app_label}.{migration.name}' is not applied. "
            "Run 'manage.py migrate'."
        )


def unguarded() -> Iterator[str]:
    """Say which triggers are missing, switched off, or let through what they should refuse."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        held = dict(cursor.fetchall())
    for name, condition in expected().items():
        if name not in held:
            yield (
                f"The trigger '{name}' is missing or switched off, so what was public or audited "
                "can be changed unseen. Restore the database from a backup."
            )
        elif not {*_WORD.findall(condition)} <= {*_WORD.findall(held[name])}:
            yield (
                f"The trigger '{name}' does not refuse all that it should. Restore the database "
                "from a backup."
            )


def expected() -> dict[str, str]:
    """Give the condition of every trigger there should be, by name."""
    return triggers.conditions(apps, connection.schema_editor())

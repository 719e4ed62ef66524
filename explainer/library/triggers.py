"""Triggers that keep what was public, saved or audited as it was; used by migrations alone.

Migration 0002 made the first of them. A migration that rebuilds one of the tables on
SQLite drops its triggers on the way, so it takes all down before and puts all up after.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# A module whose name begins with a digit can only be imported by its name as text.
first = import_module("explainer.library.migrations.0002_fixed_history")

Guard = tuple[str, str, str, str]
"""Name, event, table and condition of a trigger."""

REFERENCES = "library_referenceversion"
FIXED_ROWS = {
    "library_save": "c.id = NEW.id OR (c.subject = NEW.subject AND c.number = NEW.number "
    "AND c.count = NEW.count)",
    "library_auditentry": "c.id = NEW.id OR c.number = NEW.number",
}
"""Tables whose rows never change, with what makes a new row replace an old one."""


def take_down_first(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take down the triggers of migration 0002."""
    _take_down(schema_editor, first._guards(apps, ""))


def put_up_first(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put up the triggers of migration 0002, with the columns there were then."""
    _put_up(schema_editor, first._guards(apps, _differs(schema_editor)))


def take_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take down all triggers."""
    _take_down(schema_editor, _guards(apps, ""))


def put_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put up all triggers, for the columns the tables have at this migration."""
    _put_up(schema_editor, _guards(apps, _differs(schema_editor)))


def conditions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> dict[str, str]:
    """Give the condition of every trigger that there should be, by the trigger's name."""
    return {name: condition for name, _, _, condition in _guards(apps, _differs(schema_editor))}


def _guards(apps: Apps, differs: str) -> Iterator[Guard]:
    yield from first._guards(apps, differs)
    yield from _references(apps, differs)
    for table, same in FIXED_ROWS.items():
        replaced = f"EXISTS (SELECT 1 FROM {table} c WHERE {same})"  # noqa: S608 - our constants
        yield f"{table}_begun", "INSERT", table, replaced
        yield f"{table}_fixed", "UPDATE", table, "TRUE"
        yield f"{table}_kept", "DELETE", table, "TRUE"
    yield "library_audithead_raised", "UPDATE", "library_audithead", "NEW.number <= OLD.number"
    yield "library_audithead_kept", "DELETE", "library_audithead", "TRUE"


def _references(apps: Apps, differs: str) -> Iterator[Guard]:
    fields = apps.get_model("library", "ReferenceVersion")._meta.concrete_fields
    columns = [field.column for field in fields if field.column not in first.ENDING]
    # PostgreSQL compares its JSON by value; SQLite's is text.
    yield f"{REFERENCES}_fixed", "UPDATE", REFERENCES, first._changed(columns, differs)
    yield f"{REFERENCES}_kept", "DELETE", REFERENCES, f"OLD.state IN {first.FIXED}"
    yield f"{REFERENCES}_begun", "INSERT", REFERENCES, first._inserted(REFERENCES, "what")


def _differs(schema_editor: BaseDatabaseSchemaEditor) -> str:
    return "IS DISTINCT FROM" if _is_postgresql(schema_editor) else "IS NOT"


def _is_postgresql(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    return schema_editor.connection.vendor == "postgresql"


def _put_up(schema_editor: BaseDatabaseSchemaEditor, guards: Iterable[Guard]) -> None:
    write = first._postgresql if _is_postgresql(schema_editor) else first._sqlite
    for guard in guards:
        schema_editor.execute(write(*guard), params=None)


def _take_down(schema_editor: BaseDatabaseSchemaEditor, guards: Iterable[Guard]) -> None:
    for name, _, table, _ in guards:
        if _is_postgresql(schema_editor):
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}", params=None)
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {name}", params=None)

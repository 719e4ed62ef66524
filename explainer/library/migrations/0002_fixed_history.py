"""The edition's one row, and triggers that keep public versions as they were.

Constraints can't say "never changes", so triggers do, on SQLite and PostgreSQL
alike: they hold against raw SQL too. Allowed for a fixed version is one move
only, from published to superseded or withdrawn, with the columns of its end.
"""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Guard = tuple[str, str, str, str]

FIXED = "('published', 'superseded', 'withdrawn')"
MESSAGE = "A version that is or was public never changes."
ENDING = {"state", "ended_at", "ended_by_id", "ended_because"}
TABLES = ("library_claimversion", "library_articleversion")
POSITIONS = "library_position"
IDENTITIES = {
    "library_claim": ("key", "treatment_id"),
    "library_article": ("key", "treatment_id", "topic"),
}
MODELS = {"library_claimversion": "ClaimVersion", "library_articleversion": "ArticleVersion"}


def _columns(apps: Apps, table: str) -> list[str]:
    model = apps.get_model("library", MODELS[table])
    return [field.column for field in model._meta.concrete_fields if field.column not in ENDING]


def _changed(columns: list[str], differs: str) -> str:
    words = " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)
    return (
        f"OLD.state IN {FIXED} AND ({words} OR NOT "
        "(OLD.state = 'published' AND NEW.state IN ('superseded', 'withdrawn')))"
    )


def _inserted(table: str, identity: str) -> str:
    # An insert may replace a row on SQLite; then no other trigger sees the old one go.
    return (
        f"NEW.state IN {FIXED} OR EXISTS (SELECT 1 FROM {table} t "  # noqa: S608 - our constants
        f"WHERE (t.id = NEW.id OR (t.{identity} = NEW.{identity} AND t.number = NEW.number)) "
        f"AND t.state IN {FIXED})"
    )


def _was_public(table: str) -> str:
    name = table.removeprefix("library_")
    return (
        f"EXISTS (SELECT 1 FROM {table}version v "  # noqa: S608 - constants of this file only
        f"WHERE v.{name}_id = OLD.id AND v.state IN {FIXED})"
    )


def _parent(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM library_claimversion v "  # noqa: S608 - constants of this file only
        f"WHERE v.id = {row}.version_id AND v.state IN {FIXED})"
    )


def _guards(apps: Apps, differs: str) -> Iterator[Guard]:
    """Give (name, event, table, condition) of every trigger."""
    for table in TABLES:
        yield f"{table}_fixed", "UPDATE", table, _changed(_columns(apps, table), differs)
        yield f"{table}_kept", "DELETE", table, f"OLD.state IN {FIXED}"
        identity = f"{MODELS[table].removesuffix('Version').lower()}_id"
        yield f"{table}_begun", "INSERT", table, _inserted(table, identity)
    moved = f"{_parent('OLD')} OR {_parent('NEW')}"
    yield f"{POSITIONS}_insert", "INSERT", POSITIONS, _parent("NEW")
    yield f"{POSITIONS}_update", "UPDATE", POSITIONS, moved
    yield f"{POSITIONS}_delete", "DELETE", POSITIONS, _parent("OLD")
    for table, columns in IDENTITIES.items():
        changed = " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)
        yield f"{table}_fixed", "UPDATE", table, f"({changed}) AND {_was_public(table)}"
    replaced = (
        "EXISTS (SELECT 1 FROM library_change c WHERE c.id = NEW.id OR c.edition = NEW.edition)"
    )
    yield "library_change_begun", "INSERT", "library_change", replaced
    yield "library_edition_raised", "UPDATE", "library_edition", "NEW.number < OLD.number"
    yield "library_edition_kept", "DELETE", "library_edition", "TRUE"
    yield "library_change_fixed", "UPDATE", "library_change", "TRUE"
    yield "library_change_kept", "DELETE", "library_change", "TRUE"


def _sqlite(name: str, event: str, table: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _postgresql(name: str, event: str, table: str, condition: str) -> str:
    result = "OLD" if event == "DELETE" else "NEW"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; "
        f"END IF; RETURN {result}; END $$; "
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the edition's row and the triggers."""
    # After a step back and forth the record of changes is still there; the number goes on from it.
    last = apps.get_model("library", "Change").objects.order_by("-edition").first()
    number = last.edition if last else 0
    apps.get_model("library", "Edition").objects.create(pk=1, number=number)
    postgresql = schema_editor.connection.vendor == "postgresql"
    write = _postgresql if postgresql else _sqlite
    for guard in _guards(apps, "IS DISTINCT FROM" if postgresql else "IS NOT"):
        schema_editor.execute(write(*guard), params=None)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers and the row away again."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, _, table, _ in _guards(apps, "IS NOT"):
        where = f" ON {table}" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{where}", params=None)
        if postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)
    apps.get_model("library", "Edition").objects.filter(pk=1).delete()


class Migration(migrations.Migration):
    """Fixed history, held by the database."""

    dependencies = [("library", "0001_rows")]
    operations = [migrations.RunPython(add, remove)]

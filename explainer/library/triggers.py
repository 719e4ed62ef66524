"""Triggers that keep what was public, saved or audited as it was, against raw SQL too.

Allowed for a fixed revision is one move only, from published to superseded or withdrawn, with the
columns of its end. A migration that rebuilds one of these tables on SQLite drops its triggers on
the way, so it takes all down before and puts all up after. Plain SQL: this module knows no model.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

MESSAGE = "What is or was public, saved or audited never changes."

FIXED = "('published', 'superseded', 'withdrawn')"
REVISION = (
    "id", "document_id", "number", "fields", "level", "ground", "file_text", "created_at",
    "author_id", "lock_version", "saved_at", "saved_by_id", "note", "correction", "submitted_at",
    "submitted_by_id", "approved_at", "approved_by_id", "reviewed_by", "reviewer_qualification",
    "reviewed_at", "review_due", "publish_at", "scheduled_by_id", "emergency", "published_at",
    "published_by_id", "published_because", "changed_on",
)  # fmt: skip
"""The columns of a revision that never change once it was public; not those of its end."""

DOCUMENT = ("kind", "key", "treatment_id")
"""The columns of a document that never change once it was public; the rest is derived."""


class Trigger(NamedTuple):
    """A trigger that refuses an event on a table where its condition holds."""

    name: str
    event: str
    table: str
    condition: str


def put_up(schema_editor: Any) -> None:
    write = _postgresql if _is_postgresql(schema_editor) else _sqlite
    for trigger in triggers(schema_editor.connection.vendor):
        schema_editor.execute(write(trigger), params=None)


def take_down(schema_editor: Any) -> None:
    for trigger in triggers(schema_editor.connection.vendor):
        if _is_postgresql(schema_editor):
            schema_editor.execute(f"DROP TRIGGER {trigger.name} ON {trigger.table}", params=None)
            schema_editor.execute(f"DROP FUNCTION {trigger.name}()", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {trigger.name}", params=None)


def triggers(vendor: str) -> Iterator[Trigger]:
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    yield from _revisions(differs)
    yield from _positions()
    yield from _documents(differs)
    yield from _only_growing(
        "library_save",
        "c.id = NEW.id OR (c.document_id = NEW.document_id "
        "AND c.number = NEW.number AND c.lock_version = NEW.lock_version)",
    )
    yield from _only_growing("library_auditentry", "c.id = NEW.id OR c.number = NEW.number")
    yield from _only_growing("library_change", "c.id = NEW.id OR c.number = NEW.number")
    for table, falls in (
        ("library_audithead", "NEW.number <= OLD.number"),
        ("library_siteversion", "NEW.number < OLD.number"),
    ):
        yield Trigger(f"{table}_raised", "UPDATE", table, falls)
        yield Trigger(f"{table}_kept", "DELETE", table, "TRUE")


def _revisions(differs: str) -> Iterator[Trigger]:
    table = "library_revision"
    changed = _changed(REVISION, differs)
    moved = "OLD.state = 'published' AND NEW.state IN ('superseded', 'withdrawn')"
    yield Trigger(
        f"{table}_fixed", "UPDATE", table, f"OLD.state IN {FIXED} AND ({changed} OR NOT ({moved}))"
    )
    yield Trigger(f"{table}_kept", "DELETE", table, f"OLD.state IN {FIXED}")
    # An insert may replace a row on SQLite; then no other trigger sees the old one go.
    replaced = (
        f"EXISTS (SELECT 1 FROM {table} t WHERE (t.id = NEW.id OR (t.document_id = "  # noqa: S608
        f"NEW.document_id AND t.number = NEW.number)) AND t.state IN {FIXED})"
    )
    yield Trigger(f"{table}_begun", "INSERT", table, f"NEW.state IN {FIXED} OR {replaced}")


def _positions() -> Iterator[Trigger]:
    table = "library_position"
    new, old = (
        f"EXISTS (SELECT 1 FROM library_revision v WHERE v.id = {row}.revision_id "  # noqa: S608
        f"AND v.state IN {FIXED})"
        for row in ("NEW", "OLD")
    )
    yield Trigger(f"{table}_insert", "INSERT", table, new)
    yield Trigger(f"{table}_update", "UPDATE", table, f"{old} OR {new}")
    yield Trigger(f"{table}_delete", "DELETE", table, old)


def _documents(differs: str) -> Iterator[Trigger]:
    table = "library_document"
    was_public = (
        "EXISTS (SELECT 1 FROM library_revision v WHERE v.document_id = OLD.id "  # noqa: S608
        f"AND v.state IN {FIXED})"
    )
    changed = _changed(DOCUMENT, differs)
    yield Trigger(f"{table}_fixed", "UPDATE", table, f"({changed}) AND {was_public}")


def _only_growing(table: str, same: str) -> Iterator[Trigger]:
    replaced = f"EXISTS (SELECT 1 FROM {table} c WHERE {same})"  # noqa: S608 - our constants
    yield Trigger(f"{table}_begun", "INSERT", table, replaced)
    yield Trigger(f"{table}_fixed", "UPDATE", table, "TRUE")
    yield Trigger(f"{table}_kept", "DELETE", table, "TRUE")


def _changed(columns: tuple[str, ...], differs: str) -> str:
    # PostgreSQL compares its JSON by value; SQLite's is text.
    return " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)


def _is_postgresql(schema_editor: Any) -> bool:
    return bool(schema_editor.connection.vendor == "postgresql")


def _sqlite(trigger: Trigger) -> str:
    name, event, table, condition = trigger
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _postgresql(trigger: Trigger) -> str:
    name, event, table, condition = trigger
    result = "OLD" if event == "DELETE" else "NEW"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; "
        f"END IF; RETURN {result}; END $$; "
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )

"""A sound library, and ways to plant a fault in it behind everybody's back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.models import QuerySet

from explainer.library import triggers
from explainer.library.models import Image, Revision
from explainer.operations import integrity
from tests.files import loads
from tests.files.folders import SMALL, fill
from tests.images import pictures
from tests.library import shelf

SAFETY = "articles/red-light/safety"


def sound(tmp_path: Path) -> None:
    """Load the invented folder, in which nothing is wrong."""
    loads.bring(fill(tmp_path / "content", SMALL))


def told(now=loads.LATER) -> list[str]:
    """Give what the survey says, line by line."""
    return [str(fault) for fault in integrity.survey(now=now).faults]


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the triggers down, as somebody could who has the database's password."""
    editor = connection.schema_editor()
    # PostgreSQL refuses to while a constraint still waits to be looked at.
    connection.check_constraints()
    triggers.take_down(editor)
    yield
    connection.check_constraints()
    triggers.put_up(editor)


def change(rows, **columns) -> None:
    """Change rows by SQL alone, past the library and past the triggers."""
    with unguarded():
        changed = QuerySet(rows.model).filter(pk__in=rows.values("pk")).update(**columns)
    assert changed == 1


def revise(subject: str, **words) -> None:
    """Change words of a public document."""
    rows = Revision.objects.filter(pk=shelf.document(subject).live_id)
    change(rows, fields={**rows.get().fields, **words})


def rewrite(subject: str, more: str) -> None:
    """Add words to a public page's body."""
    body = shelf.document(subject).live.fields["body"]
    revise(subject, body=f"{body}\n::: background\n{more}\n:::\n")


def show_an_image(subject: str = SAFETY) -> Image:
    """Put an image into a public article."""
    image = pictures.sent(pictures.person())
    rewrite(subject, f"![Hair roots](figure:{image.key})")
    return image


def weaken_two_triggers() -> None:
    """Take one trigger away, and make of another one that lets nearly everything through."""
    table = "library_revision"
    fixed = f"{table}_fixed"
    editor = connection.schema_editor()
    connection.check_constraints()
    postgresql = connection.vendor == "postgresql"
    for name, of in (("library_change_kept", "library_change"), (fixed, table)):
        editor.execute(f"DROP TRIGGER {name}{f' ON {of}' if postgresql else ''}", params=None)
    write = triggers._postgresql if postgresql else triggers._sqlite
    weak = write(triggers.Trigger(fixed, "UPDATE", table, "OLD.number = 0"))
    editor.execute(weak.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), params=None)

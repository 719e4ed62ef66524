"""A sound library, and ways to plant a fault in it behind everybody's back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from explainer.library import triggers
from explainer.library.models import ArticleVersion, Image
from explainer.operations import integrity
from tests.files import loads
from tests.files.folders import SMALL, fill
from tests.images import pictures

SAFETY = "articles/red-light/safety"


def sound(tmp_path: Path) -> None:
    """Load the invented folder, in which nothing is wrong."""
    loads.bring(fill(tmp_path / "content", SMALL))


def told(at=loads.LATER) -> list[str]:
    """Give what the survey says, line by line."""
    return [str(fault) for fault in integrity.survey(at=at).faults]


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the triggers down, as somebody could who has the database's password."""
    editor = connection.schema_editor()
    # PostgreSQL refuses to while a constraint still waits to be looked at.
    connection.check_constraints()
    triggers.take_down(apps, editor)
    yield
    connection.check_constraints()
    triggers.put_up(apps, editor)


def change(rows, **columns) -> None:
    """Change rows by SQL alone, past the library and past the triggers."""
    with unguarded():
        changed = QuerySet(rows.model).filter(pk__in=rows.values("pk")).update(**columns)
    assert changed == 1


def rewrite(key: str, more: str) -> None:
    """Add words to a public article's body."""
    rows = ArticleVersion.objects.published().filter(article__key=key)
    change(rows, body=f"{rows.get().body}\n::: background\n{more}\n:::\n")


def show_an_image(key: str = "red-light/safety") -> Image:
    """Put an image into a public article."""
    image = pictures.sent(pictures.person())
    rewrite(key, f"![Hair roots](figure:{image.key})")
    return image


def weaken_two_triggers() -> None:
    """Take one trigger away, and make of another one that lets nearly everything through."""
    fixed = "library_claimversion_fixed"
    editor = connection.schema_editor()
    connection.check_constraints()
    postgresql = connection.vendor == "postgresql"
    for name, table in (("library_change_kept", "library_change"), (fixed, fixed[:-6])):
        editor.execute(f"DROP TRIGGER {name}{f' ON {table}' if postgresql else ''}", params=None)
    write = triggers.first._postgresql if postgresql else triggers.first._sqlite
    weak = write(fixed, "UPDATE", fixed[:-6], "OLD.number = 0")
    editor.execute(weak.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), params=None)

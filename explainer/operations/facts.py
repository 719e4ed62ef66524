"""What the database of this process holds and shows: read for a backup, and again to prove it.

Reads only. Called inside one snapshot, all its answers are of one moment.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import chain

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from explainer.library import scenes
from explainer.library.models import (
    ArticleVersion,
    ClaimVersion,
    Edition,
    Image,
    ReferenceVersion,
    State,
)
from explainer.library.models.versions import Version
from explainer.library.nouns import public_versions
from explainer.operations.exceptions import BadBackup
from explainer.operations.manifest import Facts

DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}


def facts() -> Facts:
    """Gather everything that a restored database has to have and show again."""
    applied = MigrationRecorder(connection).applied_migrations()
    return Facts(
        edition=Edition.objects.current().number,
        migrations=tuple(sorted(f"{app}.{name}" for app, name in applied)),
        tables=tables(),
        triggers=triggers(),
        pages=pages(),
    )


def left_behind() -> tuple[str, ...]:
    """Name the tables whose rows never travel: sessions and caches (requirement D17)."""
    caches = (
        str(cache["LOCATION"])
        for cache in settings.CACHES.values()
        if cache["BACKEND"] == DATABASE_CACHE
    )
    return (Session._meta.db_table, *caches)


def tables() -> dict[str, int]:
    """Count the rows of every table; those that never travel count as empty."""
    left = left_behind()
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        return {name: 0 if name in left else _rows(cursor, name) for name in names}


def triggers() -> tuple[str, ...]:
    """Name the triggers, which keep history as it was."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        return tuple(name for (name,) in cursor.fetchall())


def pages() -> dict[str, str]:
    """Give a digest of the words and labels that readers see, for each public address."""
    found = scenes.scenes_of(list(_public()))
    digests = {
        path: _digest(one.title, sorted(one.labels.items()), one.text)
        for path, one in found.items()
    }
    for key, version in public_versions().items():
        if version.state == State.WITHDRAWN:
            digests[f"/claims/{key}/"] = _digest(version.statement, [], version.ended_because)
    return dict(sorted(digests.items()))


def images() -> tuple[str, ...]:
    """Name the files of all images that the database knows."""
    return tuple(image.file_name for image in Image.objects.order_by("key"))


def known_migrations() -> frozenset[str]:
    """Name every migration that this program has, or has put together from older ones."""
    loader = MigrationLoader(None)
    replaced = (one.replaces for one in loader.disk_migrations.values())
    names = chain(loader.disk_migrations, chain.from_iterable(replaced))
    return frozenset(f"{app}.{name}" for app, name in names)


def refuse_unlike(told: Facts, rows: Mapping[str, int], found: tuple[str, ...]) -> None:
    """Refuse tables and triggers that are not those a backup says it holds.

    Raises:
        BadBackup: names the first table that differs, or the triggers.
    """
    for name in sorted({*told.tables, *rows}):
        should, does = told.tables.get(name), rows.get(name)
        if should != does:
            raise BadBackup(
                f"The table {name} should have {_counted(should)} and has {_counted(does)}. "
                "Use another backup."
            )
    if sorted(told.triggers) != sorted(found):
        differ = ", ".join(sorted({*told.triggers} ^ {*found}))
        raise BadBackup(f"Triggers that keep history differ: {differ}. Use another backup.")


def _counted(rows: int | None) -> str:
    return "no place here" if rows is None else f"{rows} rows"


def _public() -> Iterator[Version]:
    for model in (ArticleVersion, ClaimVersion, ReferenceVersion):
        yield from model._default_manager.filter(state=State.PUBLISHED)


def _rows(cursor: CursorWrapper, name: str) -> int:
    quoted = connection.ops.quote_name(name)
    cursor.execute(f"SELECT count(*) FROM {quoted}")  # noqa: S608 - a table's own name, quoted
    return int(cursor.fetchone()[0])


def _digest(*told: object) -> str:
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

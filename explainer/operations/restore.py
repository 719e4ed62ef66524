"""Puts a backup onto an empty site, whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from explainer.images import storage
from explainer.library import audit
from explainer.library.models import Claim, Image
from explainer.operations import archive, drivers, facts, retention
from explainer.operations.exceptions import BackupError, BadBackup, CannotRestore
from explainer.operations.manifest import IMAGES, Manifest

BY_NAME = "restore"
MIGRATIONS = MigrationRecorder.Migration._meta.db_table


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and what does not fit in its audit log."""

    manifest: Manifest
    audit: tuple[str, ...]


def restore(file: Path, *, at: datetime) -> Restored:
    """Check a backup, put it in place, bring it to this program's migrations, and log it.

    Raises:
        BackupError: if the target has content, or the backup is not whole, not of this kind of
            database or newer than this program; the target is then as empty as before.
    """
    try:
        refuse_content()
        with retention.unfinished(Path(settings.VAR_DIR)) as unpacked:
            told = archive.unpack(file, unpacked)
            drivers.refuse_other(told)
            refuse_newer(told)
            refuse_strangers(told)
            with _images_placed(unpacked / IMAGES):
                drivers.here().put(unpacked / archive.DATABASES[told.vendor], told)
    except (OSError, DatabaseError) as error:
        raise CannotRestore(f"Nothing was restored: {str(error).strip()}.") from error
    try:
        return Restored(told, _begin_again(told, at))
    except (DatabaseError, CommandError) as error:
        raise BackupError(
            f"The backup is in place, but could not be brought up to date ({str(error).strip()}). "
            "See what manage.py migrate says."
        ) from error


def refuse_content() -> None:
    """Refuse to put a backup onto a site that holds anything.

    A database without tables will do, or one of this site as migrations leave it, without
    a claim, a person or an image.

    Raises:
        CannotRestore: names what is there.
    """
    tables = {*connection.introspection.table_names()}
    held = [str(model._meta.verbose_name_plural) for model in _content(tables)]
    if any(storage.files()):
        held.append(f"files in {storage.folder()}")
    if held:
        raise CannotRestore(
            f"This site is not empty: it has {' and '.join(held)}. Restore onto an empty one: "
            "name another VAR_DIR or DATABASE_URL, or move what is there out of the way first."
        )


def refuse_strangers(told: Manifest) -> None:
    """Refuse a database that something else keeps its tables in: ours would take their place.

    Raises:
        CannotRestore: names one of these tables.
    """
    introspection = connection.introspection
    ours = {
        *introspection.django_table_names(),
        MIGRATIONS,
        *facts.left_behind(),
        *told.facts.tables,
    }
    if strange := {*introspection.table_names()} - ours:
        raise CannotRestore(
            f"The database has tables of something else, such as {min(strange)}. "
            "Give the site an empty database of its own: DATABASE_URL"
        )


def refuse_newer(told: Manifest) -> None:
    """Refuse a backup whose database this program is too old for.

    Raises:
        BadBackup: names the migrations that it does not know.
    """
    unknown = sorted({*told.facts.migrations} - facts.known_migrations())
    if unknown:
        raise BadBackup(
            f"The backup was made by a newer program, which has the migrations "
            f"{', '.join(unknown)}. Bring this one up to date, then restore."
        )


def _content(tables: set[str]) -> Iterator[type[Claim] | type[User] | type[Image]]:
    for model in (Claim, User, Image):
        if model._meta.db_table in tables and model._default_manager.exists():
            yield model


@contextmanager
def _images_placed(unpacked: Path) -> Iterator[None]:
    """Have the images in place while the database is put; without the database they go again."""
    # The rows come last: it is they that make a site more than empty.
    target = storage.folder()
    with_images = any(unpacked.iterdir())
    if with_images:
        if target.exists():
            target.rmdir()
        unpacked.rename(target)
        retention.settle(target.parent)
    try:
        yield
    except BaseException:
        if with_images:
            shutil.rmtree(target)
        raise


def _begin_again(told: Manifest, at: datetime) -> tuple[str, ...]:
    """Migrate what an older program left, and say in the log that time was turned back."""
    call_command("migrate", interactive=False, verbosity=0)
    audit.record(
        by=None,
        by_name=BY_NAME,
        action="restore",
        at=at,
        after={"backup": told.moment.isoformat(), "edition": told.facts.edition},
    )
    return tuple(audit.verify())

"""Makes a backup while the site runs, and puts one onto an empty site, or a scratch place.

A backup is read back before it gets its name. It is put back whole or not at all.
"""

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from explainer.images import storage
from explainer.library import audit
from explainer.library.models import Document, Image, SiteVersion
from explainer.operations import archive, databases
from explainer.operations.archive import BackupError, Manifest
from explainer.operations.integrity import unguarded
from explainer.web.health import last_backup_file

NAME = re.compile(r"said-and-shown-\d{8}T\d{6}(?:\.\d{6})?Z\.tar\.gz")
"""What a backup is called: by its moment in UTC, so that names sort by age."""

UNFINISHED = ".unfinished-"
ABANDONED = 60 * 60
"""Seconds after which what another machine left unfinished here counts as given up."""


def back_up(folder: Path, *, at: datetime) -> tuple[Path, Manifest]:
    """Write everything into one new file, or raise `BackupError`, with nothing half-written."""
    try:
        place = ready(folder)
        target = place / f"said-and-shown-{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}.tar.gz"
        if target.exists():
            raise BackupError(f"{target} is there already: it was made at this very moment.")
        with unfinished(place) as working:
            manifest = _written(working / target.name, at)
            (working / target.name).rename(target)
        with suppress(OSError):
            last_backup_file().touch()
        # The new name goes down to the disk too: a rename can be lost with the power.
        os.sync()
    except (OSError, DatabaseError) as error:
        raise BackupError(
            f"The backup could not be written: {str(error).strip()}. See that the database runs "
            f"and is migrated, and that this user may write to {folder} and finds room there. "
            "Earlier backups are untouched."
        ) from error
    return target, manifest


def _written(file: Path, at: datetime) -> Manifest:
    copy = file.with_name(archive.DATABASE)
    with databases.here().copied(copy):
        manifest = Manifest(
            moment=at,
            vendor=connection.display_name,
            site_version=SiteVersion.objects.current().number,
            migrations=sorted(map(".".join, MigrationRecorder(connection).applied_migrations())),
            tables=databases.row_counts(),
            images=sorted(image.file_name for image in Image.objects.all()),
        )
    # An image's file is stored before its row and never changes: whatever the rows of that moment
    # name is in the folder by now.
    images = [(archive.IMAGES + name, storage.place(name)) for name in manifest.images]
    archive.write(file, manifest, [(archive.DATABASE, copy), *images])
    return archive.check(file)


def ready(folder: Path) -> Path:
    """Make the folder, for its owner alone, or find it fit; gives its true path.

    Raises `BackupError` if readers' files lie there or others may write there, OSError.
    """
    place = folder.resolve()
    for root in (settings.STATIC_ROOT, storage.folder(), *settings.STATICFILES_DIRS):
        if place.is_relative_to(Path(root).resolve()):
            raise BackupError(
                f"{folder} lies in {root}, whose files the site gives to readers. "
                "Name a folder outside it, such as /var/backups/said-and-shown."
            )
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise BackupError(
            f"Other users may write to {folder}, and so could change backups. "
            "Name a folder that is not there yet, or close this one: chmod 700"
        )
    return place


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """Give a folder to work in, on the same disk, that is gone afterwards whatever happens.

    What a kill or a power cut left there is cleared away first: it may hold what never travels.
    """
    for left in folder.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            if _is_given_up(left):
                shutil.rmtree(left)
    ours = f"{UNFINISHED}{socket.gethostname()}.{os.getpid()}."
    with tempfile.TemporaryDirectory("", ours, folder, ignore_cleanup_errors=True) as place:
        yield Path(place)


def _is_given_up(left: Path) -> bool:
    """True if the process that its name tells of is gone; of another machine, if it is old.

    A clock that was ahead makes nothing younger than now.
    """
    machine, _, process = left.name.removeprefix(UNFINISHED).rpartition(".")[0].rpartition(".")
    if machine == socket.gethostname() and process.isdecimal():
        return int(process) == os.getpid() or not Path(f"/proc/{process}").exists()
    return not 0 <= time.time() - left.stat().st_mtime <= ABANDONED


def rotate(good: Path, *, keep: int) -> list[Path]:
    """Remove the oldest backups beyond so many; gives those removed.

    `good` was read back a moment ago and stays, however old its name makes it: a clock may
    have been wrong. What only looks like a backup is neither counted nor removed.
    """
    named = [path for path in good.parent.iterdir() if NAME.fullmatch(path.name) and path != good]
    others = [path for path in named if not path.is_symlink() and archive.is_archive(path)]
    removed = sorted(others, reverse=True)[keep - 1 :]
    for path in removed:
        path.unlink()
    return removed


def restore(file: Path, *, now: datetime) -> tuple[Manifest, list[str]]:
    """Check a backup, put it in place, bring it to this program's migrations, and log it.

    Gives, line by line, what is wrong with the log or the triggers that came back. Raises
    `BackupError` if the target has content, or the backup is not whole, not of this kind of
    database or newer than this program; the target is then as empty as before.
    """
    try:
        # On SQLite this takes the lock of writers for a moment, and fails if somebody keeps it: the
        # copying below would wait for them without end.
        with transaction.atomic():
            refuse_content()
        with unfinished(Path(settings.VAR_DIR)) as unpacked:
            manifest = archive.unpack(file, unpacked)
            refuse_unfit(manifest)
            _put(unpacked, manifest)
    except (OSError, DatabaseError) as error:
        raise BackupError(f"Nothing was restored: {str(error).strip()}.") from error
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, CommandError) as error:
        raise BackupError(
            f"The backup is in place, but could not be brought up to date ({str(error).strip()}). "
            "See what manage.py migrate says."
        ) from error
    after = {"backup": str(manifest.moment), "site_version": manifest.site_version}
    audit.record(None, "restore", now, actor_name="restore", after=after)
    return manifest, [*audit.verify(), *unguarded()]


def verify(file: Path) -> Manifest:
    """Restore a backup in a scratch place and throw it away; the site may run.

    By the very command an administrator would use, in a process that knows that place alone.
    Raises `BackupError` if it cannot be restored whole.
    """
    manifest = archive.check(file)
    refuse_unfit(manifest)
    with unfinished(Path(settings.VAR_DIR)) as folder, databases.here().scratch() as url:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, settings.BASE_DIR / "manage.py", "restore", file.resolve()],
            env={**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise BackupError(f"{file} cannot be restored in a scratch place: {done.stderr.strip()}")
    return manifest


def refuse_content() -> None:
    """Refuse a site that holds anything more than the tables that migrations make."""
    tables = {*connection.introspection.table_names()}
    migrations = MigrationRecorder.Migration._meta.db_table
    ours = {*connection.introspection.django_table_names(), migrations, *databases.never_travel()}
    found = [
        str(model._meta.verbose_name_plural)
        for model in (Document, User, Image)
        if model._meta.db_table in tables and model._default_manager.exists()
    ]
    found += [f"the table {name}" for name in sorted(tables - ours)]
    if any(storage.files()):
        found.append(f"files in {storage.folder()}")
    if found:
        raise BackupError(
            f"This site is not empty: it has {' and '.join(found)}. Restore onto an empty one: "
            "name another VAR_DIR or DATABASE_URL, or move what is there out of the way first."
        )


def refuse_unfit(manifest: Manifest) -> None:
    if manifest.vendor != connection.display_name:
        raise BackupError(
            f"The backup is of {manifest.vendor}, and the database of this site is "
            f"{connection.display_name}. Name another in DATABASE_URL and restore there. To move "
            "what is public to another kind of database, use manage.py dump_content on the old "
            "site and manage.py load_content on the new one."
        )
    known = MigrationLoader(None).disk_migrations
    replaced = {name for migration in known.values() for name in migration.replaces}
    if unknown := sorted({*manifest.migrations} - {*map(".".join, replaced | known.keys())}):
        raise BackupError(
            f"The backup was made by a newer program, which has the migrations "
            f"{', '.join(unknown)}. Bring this one up to date, then restore."
        )


def _put(unpacked: Path, manifest: Manifest) -> None:
    """Put the images and the database in place: both, or neither."""
    images, target = storage.folder(), databases.here()
    # The rows come last, when the images are on the disk: it is they that make a site full.
    (unpacked / archive.IMAGES).rename(images)
    try:
        os.sync()
        target.fill(unpacked / archive.DATABASE)
        refuse_other_rows(manifest, databases.row_counts())
    except BaseException:
        shutil.rmtree(images)
        target.empty()
        raise


def refuse_other_rows(manifest: Manifest, counts: dict[str, int]) -> None:
    for name in sorted({*manifest.tables, *counts}):
        expected, found = manifest.tables.get(name), counts.get(name)
        if expected != found:
            raise BackupError(
                f"The table {name} should have {expected} rows and has {found}. Use another backup."
            )

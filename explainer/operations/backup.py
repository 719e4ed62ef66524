"""Makes a backup while the site runs, reads it back before it gets its name, drops old ones."""

import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from explainer.images import storage
from explainer.library.models import Image, SiteVersion
from explainer.operations import archive, databases
from explainer.operations.archive import BackupError, Manifest

NAME = re.compile(r"said-and-shown-\d{8}T\d{6}Z\.tar\.gz")
"""What a backup is called: by its moment in UTC, so that names sort by age."""

UNFINISHED = ".unfinished-"
ABANDONED = 60 * 60
"""Seconds after which an unfinished backup is what a power cut left."""


def back_up(folder: Path, *, at: datetime) -> tuple[Path, Manifest]:
    """Write everything into one new file, or raise `BackupError`, with nothing half-written."""
    try:
        place = ready(folder)
        target = place / f"said-and-shown-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.gz"
        if target.exists():
            raise BackupError(f"{target} is there already: it was made this very second.")
        with unfinished(place) as working:
            manifest = _written(working / target.name, at)
            (working / target.name).rename(target)
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

    What a power cut left there is cleared away first: it may hold what never travels.
    """
    for left in folder.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory("", UNFINISHED, folder, ignore_cleanup_errors=True) as place:
        yield Path(place)


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

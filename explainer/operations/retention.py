"""The folder that backups lie in: who may look, what they are called, how many stay.

Knows names and modes; whether a backup is good, `archive` knows.
"""

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
from typing import IO

from django.conf import settings

from explainer.images import storage
from explainer.operations import archive
from explainer.operations.exceptions import CannotBackUp

NAME = re.compile(r"said-and-shown-\d{8}T\d{6}Z\.tar\.gz")
"""What a backup is called: by its moment in UTC, so that names sort by age."""

UNFINISHED = ".unfinished-"
ABANDONED = 60 * 60
"""Seconds after which an unfinished backup is what a power cut left."""


def name_of(moment: datetime) -> str:
    """Give a backup's name."""
    return f"said-and-shown-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.gz"


def ready(folder: Path) -> Path:
    """Make the folder, for its owner alone, or find it fit; gives its true path.

    Raises:
        CannotBackUp: if it lies where readers' files lie, or others may write there
            (requirement D17).
    """
    place = folder.resolve()
    for root in _served():
        if place == root or root in place.parents:
            raise CannotBackUp(
                f"{folder} lies in {root}, whose files the site gives to readers. "
                "Name a folder outside it, such as /var/backups/said-and-shown."
            )
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotBackUp(
            f"{folder} cannot be made ({error.strerror}). Make it, with this user as its owner."
        ) from error
    if place.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise CannotBackUp(
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
    with tempfile.TemporaryDirectory(
        dir=folder, prefix=UNFINISHED, ignore_cleanup_errors=True
    ) as place:
        yield Path(place)


def to_disk(file: IO[bytes]) -> None:
    """Bring a file's bytes down to the disk."""
    file.flush()
    os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Bring the names in a folder down to the disk: a rename can be lost with the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rotate(folder: Path, *, keep: int, good: Path) -> list[Path]:
    """Remove the oldest backups beyond so many; gives those removed.

    `good` was read back a moment ago and stays, however old its name makes it: a clock may
    have been wrong. What only looks like a backup is neither counted nor removed.
    """
    others = sorted((path for path in _backups(folder) if path != good), reverse=True)
    removed = others[max(keep, 1) - 1 :]
    for path in removed:
        path.unlink()
    return removed


def _backups(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        ours = NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink()
        if ours and archive.begins_like_ours(path):
            yield path


def _served() -> Iterator[Path]:
    for root in (settings.STATIC_ROOT, storage.folder(), *settings.STATICFILES_DIRS):
        yield Path(root).resolve()

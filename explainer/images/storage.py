"""The folder that holds the images' files: written whole or not at all.

A file never changes, and only the server's own user may read it.
Knows names, not rows.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{32}\.(?:png|jpg|webp)")
"""What a stored file may be called; nothing else leads into the folder."""

UNFINISHED = ".part"


class CannotStore(Exception):
    """The disk took no more; nothing was stored."""


def folder() -> Path:
    """Give the folder of images; `store` makes it."""
    return Path(settings.VAR_DIR) / "images"


def place(name: str) -> Path:
    """Give where a stored file lies; raises ValueError for what is no name of ours."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a stored image.")
    return folder() / name


def store(name: str, data: bytes) -> None:
    """Write a new file: under another name first, to the disk, then renamed (requirement U10).

    Raises `CannotStore`, leaving no file behind, if the disk is full or cannot be written to.
    """
    target = place(name)
    unfinished = target.with_name(f"{name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(unfinished, data)
        unfinished.rename(target)
        _settle(target.parent)
    except OSError as error:
        for left in (unfinished, target):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise CannotStore(
            "The server cannot store the image: its disk is full or cannot be written to. "
            "Nothing was kept. Tell whoever looks after the server, then try again."
        ) from error


def remove(name: str) -> None:
    """Delete a file, if it is there."""
    place(name).unlink(missing_ok=True)


def exists(name: str) -> bool:
    """True if there is such a file."""
    return place(name).is_file()


def files() -> Iterator[Path]:
    """Give every file of the folder that is an image of ours or an unfinished one."""
    if folder().is_dir():
        for path in sorted(folder().iterdir()):
            if path.is_file() and (NAME.fullmatch(path.name) or path.suffix == UNFINISHED):
                yield path


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(place: Path) -> None:
    # Without this the rename itself may be lost with the power.
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

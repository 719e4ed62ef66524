"""The folder that holds the images' files: written whole or not at all, and never changed."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from explainer.library.images import NAME as NAME
from explainer.library.images import folder as folder
from explainer.library.images import place as place

UNFINISHED = ".part"


class CannotStore(Exception):
    """The disk took no more; nothing was stored."""


def store(name: str, data: bytes) -> None:
    """Write a new file under another name, to the disk, then rename it.

    Only the server's own user may read it. Raises `CannotStore`, leaving no file behind.
    """
    target = place(name)
    unfinished = target.with_name(f"{name}{UNFINISHED}")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(unfinished, data)
        unfinished.rename(target)
        _sync(target.parent)
    except OSError as error:
        for path in (unfinished, target):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise CannotStore(
            "The server cannot store the image: its disk is full or cannot be written to. "
            "Nothing was kept. Tell whoever looks after the server, then try again."
        ) from error


def remove(name: str) -> None:
    place(name).unlink(missing_ok=True)


def files() -> Iterator[Path]:
    for path in sorted(folder().iterdir()) if folder().is_dir() else ():
        if path.is_file() and (NAME.fullmatch(path.name) or path.suffix == UNFINISHED):
            yield path


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(directory: Path) -> None:
    # Without this the rename itself may be lost with the power.
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

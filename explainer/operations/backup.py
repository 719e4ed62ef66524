"""Makes a backup while the site runs, and reads it back before it counts as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection

from explainer.images import storage
from explainer.operations import archive, drivers, facts, retention
from explainer.operations.exceptions import CannotBackUp
from explainer.operations.manifest import IMAGES, Facts, Manifest, Member


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and read back, and the older ones it took the place of."""

    path: Path
    manifest: Manifest
    removed: tuple[Path, ...]


def back_up(folder: Path, *, at: datetime, keep: int | None = None) -> Made:
    """Write everything into one new file, and keep so many of the newest.

    Raises:
        CannotBackUp: with nothing half-written left and all earlier backups there
            (requirement D16).
    """
    place = retention.ready(folder)
    target = place / retention.name_of(at)
    if target.exists():
        raise CannotBackUp(f"{target} is there already: it was made this very second.")
    try:
        with retention.unfinished(place) as working:
            told = _written(working / target.name, at)
            (working / target.name).rename(target)
        retention.settle(place)
        removed = retention.rotate(place, keep=keep, good=target) if keep else []
    except OSError as error:
        raise CannotBackUp(
            f"The backup could not be written ({error}). Make room on the disk, or name "
            f"another folder than {folder}. Earlier backups are untouched."
        ) from error
    except DatabaseError as error:
        raise CannotBackUp(
            f"The database could not be read ({str(error).strip()}). See that its server runs and "
            "manage.py migrate has been run. Earlier backups are untouched."
        ) from error
    return Made(target, told, tuple(removed))


def _written(file: Path, at: datetime) -> Manifest:
    """Write a backup and read it back, hash by hash."""
    vendor, dump = drivers.here(), file.with_name(archive.DATABASES[connection.vendor])
    tool = vendor.tool()
    with vendor.snapshot() as snapshot:
        found, named = facts.facts(), facts.images()
        vendor.dump(dump, snapshot)

    def describe(members: tuple[Member, ...]) -> Manifest:
        return _described(members, found, named, at=at, tool=tool)

    archive.write(file, _files(dump), describe)
    return archive.check(file)


def _described(
    members: tuple[Member, ...], found: Facts, named: tuple[str, ...], *, at: datetime, tool: str
) -> Manifest:
    written = {member.name for member in members}
    lost = tuple(name for name in named if IMAGES + name not in written)
    return Manifest(at, connection.vendor, tool, found, members, lost)


def _files(dump: Path) -> Iterator[tuple[str, Path]]:
    # The database first, then the images. An image's file is stored before its row and never
    # changes, so whatever the copied rows name was in the folder when we come to look; the other
    # way round, an image sent in between would be a row without its file. What is sent in
    # afterwards is a file without a row, and does no harm.
    yield dump.name, dump
    for path in storage.files():
        if storage.NAME.fullmatch(path.name):
            yield IMAGES + path.name, path

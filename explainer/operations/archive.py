"""One file a backup: a compressed tar with the database, its images and a manifest.

It may be damaged or made by somebody else: whatever `write` would not have put there is refused.
"""

import hashlib
import io
import json
import os
import re
import tarfile
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError

from explainer.images import storage

DATABASE = "database"
IMAGES = "images/"
MANIFEST = "manifest.json"
LEFT_OUT = (
    "Not in here: the secret (DJANGO_SECRET_KEY, or secret-key in VAR_DIR), with which second "
    "factors are sealed: keep it apart from the backups. Sessions and the counters of failed "
    "log-ins. Content files and the program: they are in the repository."
)
_MEMBER = re.compile(rf"{DATABASE}|{re.escape(MANIFEST)}|{IMAGES}{storage.NAME.pattern}")
_UNREADABLE = (OSError, EOFError, tarfile.TarError, zlib.error)


class BackupError(CommandError):
    """Why there is no backup or no restore; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself, for programs and for whoever opens it.

    `vendor` is the kind of database; `migrations` are the applied ones, `app.name`; `tables`
    has the number of rows of each table, 0 for those that never travel; `images` are the files
    that rows name; `hashes` has the SHA-256 of each file in the archive.
    """

    moment: datetime
    vendor: str
    site_version: int
    migrations: list[str]
    tables: dict[str, int]
    images: list[str]
    hashes: dict[str, str] = field(default_factory=dict)
    left_out: str = LEFT_OUT

    @property
    def lost(self) -> list[str]:
        return [name for name in self.images if IMAGES + name not in self.hashes]

    def __str__(self) -> str:
        rows, images = sum(self.tables.values()), len(self.hashes) - 1
        return f"site_version {self.site_version}, {rows} rows, {images} images"


def write(target: Path, manifest: Manifest, files: Iterable[tuple[str, Path]]) -> None:
    """Write a new file for its owner alone, down to the disk; leaves out files that are gone.

    The manifest comes last: an archive that was cut off has none. Raises OSError.
    """
    hashes = {}
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            for name, path in files:
                with suppress(FileNotFoundError), path.open("rb") as file:
                    hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()
                    _add(tar, name, file)
            fields = asdict(replace(manifest, hashes=hashes))
            _add(tar, MANIFEST, io.BytesIO(json.dumps(fields, indent=1, default=str).encode()))
        raw.flush()
        os.fsync(raw.fileno())


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = file.seek(0, os.SEEK_END), 0o600, int(time.time())
    file.seek(0)
    tar.addfile(info, file)


def check(file: Path) -> Manifest:
    """Read a backup to its end, hash by hash; raises `BackupError` unless all is there."""
    try:
        hashes, data = _read(file)
        fields = json.loads(data)
        manifest = Manifest(**fields | {"moment": datetime.fromisoformat(fields["moment"])})
    except _UNREADABLE as error:
        raise BackupError(
            f"{file} cannot be read to its end ({error}). It is missing, cut off, damaged or no "
            "backup of this site: use another."
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupError(
            f"{MANIFEST} in {file} cannot be read ({type(error).__name__}: {error}). Use another "
            "backup, or the version of the program that made this one."
        ) from error
    for name in sorted({DATABASE, *hashes, *manifest.hashes}):
        found, expected = hashes.get(name), manifest.hashes.get(name)
        if found is None or found != expected:
            raise BackupError(
                f"{name!r} in {file} is not what was backed up: its SHA-256 is {found}, and "
                f"{MANIFEST} says {expected}. Use another backup."
            )
    return manifest


def unpack(file: Path, into: Path) -> Manifest:
    manifest = check(file)
    (into / IMAGES).mkdir(mode=0o700)
    with tarfile.open(file, "r:gz") as tar:
        tar.extractall(into, filter="data")
    return manifest


def is_archive(file: Path) -> bool:
    try:
        with tarfile.open(file, "r:gz") as tar:
            first = tar.next()
    except _UNREADABLE:
        return False
    return first is not None and first.name == DATABASE


def _read(file: Path) -> tuple[dict[str, str], bytes]:
    hashes: dict[str, str] = {}
    data = b""
    with tarfile.open(file, "r:gz") as tar:
        for info in tar:
            source = tar.extractfile(info) if info.isreg() else None
            if source is None or not _MEMBER.fullmatch(info.name) or info.name in hashes:
                raise BackupError(
                    f"{file} holds {info.name!r}, which no backup of this site has. "
                    "Somebody else made or changed it: use another."
                )
            if info.name == MANIFEST:
                data = source.read()
            else:
                hashes[info.name] = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
    return hashes, data

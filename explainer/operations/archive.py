"""One file a backup: a compressed tar with the database, the images and the manifest.

Writes a file and reads it back, hash by hash; knows no database. What it reads may be
damaged or made by somebody else, so nothing is believed before it was checked, and no
name leads out of the folder it is unpacked into.
"""

import hashlib
import io
import os
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from explainer.images import storage
from explainer.operations import manifest
from explainer.operations.exceptions import BadBackup
from explainer.operations.manifest import Manifest, Member

DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""What the database's copy is called in a backup, by the database's kind."""

CHUNK = 1 << 20
LONGEST_MANIFEST = 64 << 20
_IMAGE = re.compile(rf"{manifest.IMAGES}{storage.NAME.pattern}")
_BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error)


class _Counted:
    """A file that is hashed while somebody reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._size = 0

    def read(self, size: int = CHUNK) -> bytes:
        """Give the next bytes."""
        data = self._file.read(size)
        self._hash.update(data)
        self._size += len(data)
        return data

    def as_member(self, name: str) -> Member:
        """Say what was read so far."""
        return Member(name, self._size, self._hash.hexdigest())


def write(
    target: Path,
    files: Iterable[tuple[str, Path]],
    describe: Callable[[tuple[Member, ...]], Manifest],
) -> None:
    """Write a new file for its owner alone, down to the disk; raises OSError.

    A file that is gone by now is left out: `describe` sees what was written, and its
    manifest comes last, so that each hash is of the very bytes that are in.
    """
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            members = tuple(filter(None, (_add_file(tar, *file) for file in files)))
            told = describe(members).to_json()
            _add(tar, manifest.NAME, io.BytesIO(told), len(told))
        raw.flush()
        os.fsync(raw.fileno())


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> Member | None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        return _add(tar, name, file, os.fstat(file.fileno()).st_size)


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes], size: int) -> Member:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    counted = _Counted(file)
    tar.addfile(info, counted)
    return counted.as_member(name)


def check(file: Path) -> Manifest:
    """Read a backup to its end and give its manifest; raises `BadBackup` unless all fits."""
    return _walk(file, None)


def unpack(file: Path, into: Path) -> Manifest:
    """Check a backup while it is written into a new folder, which is worthless if this raises.

    Raises `BadBackup` for what is wrong with the file, OSError for what is wrong with the disk.
    """
    (into / manifest.IMAGES).mkdir(mode=0o700)
    return _walk(file, into)


def begins_like_ours(file: Path) -> bool:
    """True if a file is an archive whose first member is a database's copy."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            first = tar.next()
    except _BROKEN:
        return False
    return first is not None and first.name in DATABASES.values()


def _walk(file: Path, into: Path | None) -> Manifest:
    found: dict[str, Member] = {}
    told = b""
    with _opened(file) as tar:
        while info := _next(tar, file):
            _vet(info, found, into)
            if info.name == manifest.NAME:
                told = _content(tar, info, file)
            else:
                found[info.name] = _copied(tar, info, file, into)
    if not told:
        raise BadBackup(f"{file} has no {manifest.NAME}: it is cut off, or no backup of this site.")
    read = manifest.read(told)
    _compare(file, found, read)
    return read


def _opened(file: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(file, "r:gz")
    except FileNotFoundError:
        raise BadBackup(f"There is no file {file}. Name one that manage.py backup wrote.") from None
    except _BROKEN as error:
        raise _damaged(file, error) from error


def _next(tar: tarfile.TarFile, file: Path) -> tarfile.TarInfo | None:
    try:
        return tar.next()
    except _BROKEN as error:
        raise _damaged(file, error) from error


def _vet(info: tarfile.TarInfo, found: dict[str, Member], into: Path | None) -> None:
    """Refuse what we never write: links, devices, other names, a name twice."""
    try:
        tarfile.data_filter(info, str(into or Path.cwd()))
    except tarfile.FilterError as error:
        raise BadBackup(f"The backup holds {info.name!r}, which is refused: {error}.") from error
    ours = info.name in {*DATABASES.values(), manifest.NAME} or _IMAGE.fullmatch(info.name)
    if not info.isreg() or not ours or info.name in found:
        raise BadBackup(
            f"The backup holds {info.name!r}, which no backup of this site has. "
            "Somebody else made or changed it: use another."
        )


def _content(tar: tarfile.TarFile, info: tarfile.TarInfo, file: Path) -> bytes:
    if info.size > LONGEST_MANIFEST:
        raise BadBackup(f"{manifest.NAME} in {file} says it has {info.size} bytes: too many.")
    return b"".join(_chunks(tar, info, file))


def _copied(tar: tarfile.TarFile, info: tarfile.TarInfo, file: Path, into: Path | None) -> Member:
    size, digest = 0, hashlib.sha256()
    out = (into / info.name).open("xb") if into else None
    try:
        for data in _chunks(tar, info, file):
            size += len(data)
            digest.update(data)
            if out:
                out.write(data)
        if out:
            out.flush()
            os.fsync(out.fileno())
    finally:
        if out:
            out.close()
    return Member(info.name, size, digest.hexdigest())


def _chunks(tar: tarfile.TarFile, info: tarfile.TarInfo, file: Path) -> Iterable[bytes]:
    """Give a member's bytes; what is wrong with reading is told apart from what is with writing."""
    source = tar.extractfile(info)
    assert source is not None  # noqa: S101 - only files come this far
    while True:
        try:
            data = source.read(CHUNK)
        except _BROKEN as error:
            raise _damaged(file, error) from error
        if not data:
            return
        yield data


def _compare(file: Path, found: dict[str, Member], told: Manifest) -> None:
    named = {member.name: member for member in told.members}
    if extra := sorted(found.keys() - named.keys()):
        raise BadBackup(
            f"{file} holds {extra[0]!r}, which its {manifest.NAME} does not name. "
            "Somebody changed it: use another backup."
        )
    needed = {*named, DATABASES.get(told.vendor, "")}
    if missing := sorted(needed - found.keys()):
        raise BadBackup(f"{file} lacks {missing[0]!r}. Use another backup.")
    for name, member in named.items():
        if found[name] != member:
            raise BadBackup(
                f"{name!r} in {file} is not what was backed up: its SHA-256 is "
                f"{found[name].sha256}, not {member.sha256}. Use another backup."
            )


def _damaged(file: Path, error: Exception) -> BadBackup:
    return BadBackup(
        f"{file} cannot be read to its end ({error}). It is cut off, damaged or no backup "
        "of this site: use another."
    )

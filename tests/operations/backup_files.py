"""Backups as tests need them: whole ones without a database, and ones somebody changed."""

import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

from explainer.operations import archive

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
IMAGE = f"images/{'0' * 32}.png"
CONTENT = {"database": b"rows" * 5000, IMAGE: b"\x89PNG" * 5000}

Members = list[tuple[tarfile.TarInfo, bytes]]


def manifest(**changes) -> archive.Manifest:
    fields = {
        "moment": AT,
        "vendor": "SQLite",
        "site_version": 3,
        "migrations": ["auth.0001_initial"],
    }
    fields |= {"tables": {"library_claim": 2}, "images": [IMAGE.removeprefix("images/")]}
    return archive.Manifest(**fields | changes)


def written(target: Path, content: dict[str, bytes] = CONTENT, **changes) -> Path:
    """Write a backup of files that only look like a database and images."""
    folder = target.parent / "parts"
    (folder / "images").mkdir(parents=True, exist_ok=True)
    for name, data in content.items():
        (folder / name).write_bytes(data)
    archive.write(target, manifest(**changes), [(name, folder / name) for name in content])
    return target


def members(file: Path) -> Members:
    """Read an archive without a look at what it is."""
    with tarfile.open(file) as tar:
        return [(info, tar.extractfile(info).read()) for info in tar.getmembers()]


def pack(target: Path, parts: Members) -> Path:
    """Write an archive of anything."""
    with tarfile.open(target, "w:gz") as tar:
        for info, data in parts:
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return target


def member(name: str, data: bytes = b"x", kind: bytes = tarfile.REGTYPE, to: str = ""):
    """Make one member of an archive."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info, (data if kind == tarfile.REGTYPE else b"")


def with_manifest(file: Path, target: Path, **changes: object) -> Path:
    """Write a backup again, with other values in its manifest."""
    changed = json.dumps(manifest_of(file) | changes).encode()
    *files, (info, _) = members(file)
    return pack(target, [*files, (info, changed)])


def manifest_of(file: Path) -> dict[str, object]:
    """Read a manifest as anybody can: it comes last."""
    return json.loads(members(file)[-1][1])

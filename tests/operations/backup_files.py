"""Backups as tests need them: whole ones without a database, and ones somebody changed."""

import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

from explainer.operations import archive
from explainer.operations.manifest import NAME, Facts, Manifest

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
IMAGE = f"images/{'0' * 32}.png"
FACTS = Facts(3, ("library.0001_rows",), {"library_claim": 2}, ("library_claim_fixed",), {"/": "x"})
CONTENT = {"database.sqlite3": b"rows" * 5000, IMAGE: b"\x89PNG" * 5000}

Members = list[tuple[tarfile.TarInfo, bytes]]


def written(target: Path, content: dict[str, bytes] = CONTENT) -> Path:
    """Write a backup of files that only look like a database and images."""
    folder = target.parent / "parts"
    files = []
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        files.append((name, folder / name))
    archive.write(target, files, lambda members: Manifest(AT, "sqlite", "SQLite", FACTS, members))
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
    """Give one member of an archive."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info, (data if kind == tarfile.REGTYPE else b"")


def with_manifest(file: Path, target: Path, **changes: object) -> Path:
    """Write a backup again, with other values in its manifest."""
    parts = [
        (info, json.dumps({**json.loads(data), **changes}).encode() if info.name == NAME else data)
        for info, data in members(file)
    ]
    return pack(target, parts)


def told(file: Path) -> dict[str, object]:
    """Read a manifest as anybody can."""
    return next(json.loads(data) for info, data in members(file) if info.name == NAME)

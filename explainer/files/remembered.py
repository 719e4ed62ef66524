"""Which content folder was loaded last, so that the same files are not read and judged again.

A load that left nothing to settle is remembered by the bytes of all files, the code that judged
them, and the last change of the database that took them. What staff do afterwards changes nothing
about files that are the same.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from explainer.files.sync import Loaded
from explainer.library.models import Change
from explainer.web.page_cache.build import build_of

_CODE = {
    "code": settings.BASE_DIR / "explainer",
    "libraries": settings.BASE_DIR / "requirements.lock",
}


def files_as_loaded(folder: Path) -> int:
    """Say how many files a folder has if all are as when it was loaded last; 0 if not."""
    try:
        mark, files, number, at = _note().read_text().split()
        same = mark == _mark(folder)
    except (OSError, ValueError):
        # Nothing is remembered, or a file cannot be read: reading all of them tells which.
        return 0
    last = Change.objects.filter(number=number).values_list("at", flat=True).first()
    return int(files) if same and last and last.isoformat() == at else 0


def remember(folder: Path, loaded: Loaded) -> None:
    """Note what was loaded, unless staff have something to settle or only the form differs."""
    _note().unlink(missing_ok=True)
    last = Change.objects.order_by("-number").first()
    if last and not (loaded.conflicts or loaded.alike):
        files = len(loaded.written) + len(loaded.unchanged)
        _note().write_text(f"{_mark(folder)} {files} {last.number} {last.at.isoformat()}")


def _note() -> Path:
    return Path(settings.VAR_DIR) / "loaded"


def _mark(folder: Path) -> str:
    whole = hashlib.sha256(build_of(_CODE, {}).encode())
    for line in _files(str(folder), ""):
        whole.update(line)
    return whole.hexdigest()


def _files(folder: str, prefix: str) -> Iterator[bytes]:
    """Give the name of everything in a folder, and a digest of what each file holds."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = f"{prefix}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield f"{name}\0".encode(errors="surrogateescape")
            yield from _files(entry.path, name)
            continue
        mode = entry.stat(follow_symlinks=False).st_mode
        yield f"{name}\0{stat.S_IFMT(mode)}\0".encode(errors="surrogateescape")
        if stat.S_ISREG(mode):
            with open(entry.path, "rb") as file:  # noqa: PTH123 - ten thousand paths cost a second
                yield hashlib.sha256(file.read()).digest()

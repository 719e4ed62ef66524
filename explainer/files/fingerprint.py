"""Whether a content folder is as it was when it was loaded last; told without Django."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from explainer.web.page_cache.build import build_of

_CODE = {
    "code": settings.BASE_DIR / "explainer",
    "libraries": settings.BASE_DIR / "requirements.lock",
}


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of a load: the fingerprint, how many files, and the last change they made."""

    fingerprint: str
    files: int
    number: int
    at: str

    @classmethod
    def read(cls) -> "Note | None":
        try:
            fingerprint, files, number, at = note_file().read_text().split()
            return cls(fingerprint, int(files), int(number), at)
        except (OSError, ValueError):
            return None

    def write(self) -> None:
        note_file().write_text(f"{self.fingerprint} {self.files} {self.number} {self.at}")


def note_file() -> Path:
    return Path(settings.VAR_DIR) / "loaded"


def fingerprint(folder: Path) -> str:
    """Hash the bytes of all files and the state of the code that judges them.

    Raises OSError if a file cannot be read.
    """
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

"""Which code and settings pages were made by: another build's pages are never shown."""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ENDINGS = frozenset({".py", ".html", ".toml", ".tsv", ".xml", ".txt", ".webmanifest", ".svg"})


def build_of(folders: Mapping[str, Path], settings: Mapping[str, object]) -> str:
    """Give a name to the files that make pages, as they lie there now, and to what is set.

    `folders` hold code and templates, or are one file; `settings` is whatever a page may show.
    """
    lines = [sys.version, *(f"{name}={value!r}" for name, value in sorted(settings.items()))]
    for name, folder in sorted(folders.items()):
        lines += [f"{name}/{line}" for line in sorted(_states(folder))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _states(place: Path) -> Iterator[str]:
    for path in [place] if place.is_file() else place.rglob("*"):
        if path == place or path.suffix in ENDINGS:
            state = path.stat()
            yield f"{path.relative_to(place)} {state.st_size} {state.st_mtime_ns}"

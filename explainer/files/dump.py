"""From the library back to content files.

What staff have not edited comes out byte for byte as it went in. Only what is public is written: a
withdrawn claim must not come back by a load.
"""

from collections.abc import Iterator
from pathlib import Path

from explainer.files.folder import misplaced
from explainer.files.frontmatter import write
from explainer.library.models import Revision


class CannotDump(Exception):
    """The library cannot be written to this place; nothing was written."""


def dump(folder: Path) -> tuple[str, ...]:
    """Write every content file into an empty folder; gives their paths."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotDump(f"'{folder}' is not an empty folder. Choose a new one.")
    files = dict(_files())
    for path in files:
        if wrong := misplaced(path):
            raise CannotDump(f"'{path}' cannot be written. {wrong}")
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    return tuple(sorted(files))


def canonical(revision: Revision) -> str:
    entry = revision.entry
    return write(entry.kind, entry.fields)


def _files() -> Iterator[tuple[str, str]]:
    for revision in Revision.objects.published().select_related("document"):
        document = revision.document
        path = document.kind.file_path(document.key)
        yield path, revision.file_text or canonical(revision)

"""The folder of an export: written beside, then switched to by one link, which is never half."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from explainer.web.page_cache.encodings import BEST, compressed

MARK = "written-by-export_site"
"""A file by which an export knows its own folder; it holds the lock of whoever writes there."""
UNFINISHED = "unfinished-"
KEPT = 2
"""Releases that stay: the one that is public, and the one before it."""
EARLIEST, SPAN = 1_000_000_000, 700_000_000
"""Seconds since 1970 from which, and over which, the times of files are spread."""


class ExportRefused(Exception):
    """An export that cannot be made; its text says why, where and what to do."""


class Release:
    """One edition of the site as files, while it is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, body: bytes, *, compress: bool = False) -> None:
        """Write a file, and beside it what is smaller compressed: `.br` and `.gz`."""
        self._write(name, body)
        if compress:
            br, gz = compressed(body, BEST)
            for ending, packed in ((".br", br), (".gz", gz)):
                if packed and len(packed) < len(body):
                    self._write(f"{name}{ending}", packed)

    def _write(self, name: str, body: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        # A public site may be read by whichever account the web server has.
        path.chmod(0o644)
        # nginx makes a file's tag of its time and size. So the time is made of the content: a
        # page that stays the same keeps its tag, in the next export and on another machine.
        time = EARLIEST + int.from_bytes(blake2b(body, digest_size=8).digest(), "big") % SPAN
        os.utime(path, (time, time))


@contextmanager
def new_release(target: Path) -> Iterator[Release]:
    """Give a new release to write, and make it what `target` leads to if nothing went wrong.

    Raises ExportRefused if `target` or the folder beside it was not written by an export, or if
    another one is writing.
    """
    _refuse_foreign(target)
    home = _home(target)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    with (home / MARK).open("a") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ExportRefused(
                f"Another export writes to '{target}'. Wait for its end, or stop it."
            ) from None
        for left in home.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        release = Release(home / f"{UNFINISHED}{name}")
        release.folder.mkdir()
        try:
            yield release
            _finish(release.folder, home / name)
            _switch(target, home / name)
        except BaseException:
            shutil.rmtree(release.folder, ignore_errors=True)
            raise
        for old in sorted(path for path in home.iterdir() if path.is_dir())[:-KEPT]:
            shutil.rmtree(old)


def _home(target: Path) -> Path:
    return target.with_name(f"{target.name}.releases")


def _refuse_foreign(target: Path) -> None:
    home = _home(target)
    cure = "Nothing was changed. Name a folder that is not there yet, or an empty one."
    is_ours = target.is_symlink() and target.parent / target.readlink().parent == home
    is_free = not os.path.lexists(target) or (target.is_dir() and not any(target.iterdir()))
    if not is_ours and (target.is_symlink() or not is_free):
        raise ExportRefused(f"'{target}' holds what no export wrote. {cure}")
    if home.exists() and not (home / MARK).is_file() and any(home.iterdir()):
        raise ExportRefused(f"'{home}' holds what no export wrote. {cure}")


def _finish(folder: Path, whole: Path) -> None:
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        place.chmod(0o755)
    # A link to files that a loss of power emptied would be worse than the old one.
    os.sync()
    folder.rename(whole)


def _switch(target: Path, release: Path) -> None:
    beside = target.with_name(f".{target.name}.new")
    beside.unlink(missing_ok=True)
    # Relative, so that the folder may be copied and moved together with its releases.
    beside.symlink_to(Path(release.parent.name) / release.name)
    if target.is_dir() and not target.is_symlink():
        target.rmdir()
    beside.replace(target)

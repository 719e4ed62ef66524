"""A small disk of a test's own, which can be filled or made read-only."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """A file system in memory, at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fill(self) -> None:
        """Write until there is no room for another byte."""
        with (self.path / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)):
                    pass
            except OSError:
                return

    def make_room(self) -> None:
        (self.path / "filler").unlink()

    def make_read_only(self) -> None:
        _run("mount", "-o", "remount,ro", str(self.path))


@contextmanager
def disk(path: Path, megabytes: int) -> Iterator[Disk]:
    """Mount one while the block lasts; a test is skipped where that is not allowed."""
    path.mkdir()
    size = f"size={megabytes}m,mode=755"
    mounted = _run("mount", "-t", "tmpfs", "-o", size, "tmpfs", str(path), check=False)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield Disk(path)
    finally:
        _run("umount", "--lazy", str(path))


def _run(*line: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(line, capture_output=True, text=True, check=check)

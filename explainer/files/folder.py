"""The content folder on disk: which files there are and whether each is in its place."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from explainer.evidence.problems import Problem, did_you_mean
from explainer.files.frontmatter import MAX_BYTES
from explainer.kinds import BY_FOLDER, Kind
from explainer.kinds.base import SUFFIX
from explainer.kinds.schema import KEY

TRACE = "trace"  # a folder of working notes beside the content; not content
MAX_NAME = 90  # longest part of a key, so that treatment/slug fits a row's column
MAX_DEPTH = 3  # folders inside folders that are looked into; content needs two


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and the file it is in; prints as `file:line: message`."""

    path: str
    problem: Problem

    def __str__(self) -> str:
        mark = "" if self.problem.is_error else "warning: "
        return f"{self.path}:{self.problem.line or 1}: {mark}{self.problem.message}"


@dataclass(frozen=True, slots=True)
class File:
    """One content file that is in its place: `path` is relative, `key` follows from it."""

    kind: Kind
    key: str
    path: str
    data: bytes


def read_files(folder: Path) -> tuple[tuple[File, ...], tuple[Finding, ...]]:
    """Read the files that are in their place, and give a finding for everything else."""
    if not folder.is_dir():
        problem = Problem("no-folder", "There is no such folder. Correct the path.")
        return (), (Finding(str(folder), problem),)
    files: list[File] = []
    wrong: list[Finding] = []
    try:
        for path, entry in _walk(folder, ""):
            # A link is named as such wherever it stands: it may only look misplaced.
            place = Path(entry.path)
            data = not_ordinary(place) or misplaced(path) or read_bytes(place)
            if isinstance(data, str):
                wrong.append(Finding(path, Problem("misplaced-file", data)))
            else:
                name, _, key = path.removesuffix(SUFFIX).partition("/")
                files.append(File(BY_FOLDER[name], key, path, data))
    except OSError as error:
        message = f"The folder cannot be read ({error.strerror}). Check its rights."
        wrong.append(Finding(str(error.filename or folder), Problem("unreadable-folder", message)))
    return tuple(files), tuple(wrong)


def misplaced(path: str) -> str:
    name, *names = path.split("/")
    if name not in BY_FOLDER:
        known = ", ".join(BY_FOLDER)
        hint = did_you_mean(name, BY_FOLDER)
        return f"'{name}' is not one of the content folders {known}.{hint}"
    kind = BY_FOLDER[name]
    depth = next(folder.depth for folder in kind.folders if folder.name == name)
    if len(names) != depth:
        form = f"{name}/<treatment>/<name>.md" if depth == 2 else f"{name}/<key>.md"
        return f"The file is at the wrong depth. Its place is {form}."
    if not names[-1].endswith(SUFFIX):
        return f"'{names[-1]}' does not end with {SUFFIX}. Rename it or take it away."
    names[-1] = names[-1].removesuffix(SUFFIX)
    for part in names:
        if not KEY.fullmatch(part) or len(part) > MAX_NAME:
            return f"'{part}' is not a key. Use lower case letters, digits and single hyphens."
    return kind.refuse_key("/".join(names))


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path = prefix + printable(entry.name)
        if not entry.is_dir(follow_symlinks=False) or path.count("/") >= MAX_DEPTH:
            yield path, entry
        elif path != TRACE:
            yield from _walk(folder / entry.name, f"{path}/")


def printable(name: str) -> str:
    """Give a file's name without what a terminal would obey or cannot print."""
    return name if name.isprintable() else ascii(name)


def not_ordinary(place: Path) -> str:
    """Say why what stands here may not be opened as a file, or nothing if it may."""
    mode = place.lstat().st_mode
    # A link could show the public any file the server can read.
    if stat.S_ISLNK(mode):
        return "This is a link. Put the file itself here."
    if stat.S_ISDIR(mode):
        return f"This folder is not looked into (at most {MAX_DEPTH} deep). Take it away."
    if not stat.S_ISREG(mode):
        return "This is not an ordinary file. Take it away."
    return ""


def read_bytes(place: Path) -> bytes | str:
    try:
        with place.open("rb") as stream:
            # One byte more than allowed is enough to see that a file is too large.
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return f"The file cannot be read ({error.strerror}). Check its rights."

"""The content folder on disk: which files there are and whether each is in its place.

Reads bytes, never follows a link, and knows nothing of what is in a file.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from explainer.evidence.levels import Topic
from explainer.evidence.problems import Problem, did_you_mean
from explainer.files.frontmatter import MAX_BYTES
from explainer.files.records import Finding
from explainer.library.fields import KEY
from explainer.library.schema import Part

SUFFIX = ".md"

TRACE = "trace"
"""A folder of working notes beside the content; not content."""

RESERVED_KEYS = frozenset(
    {
        "accounts", "admin", "changes", "claims", "feeds", "glossary", "healthz", "media",
        "readyz", "search", "sources", "static",
    }
)  # fmt: skip
"""First parts of the site's own addresses: a treatment or a page cannot have them."""

PAGE_KEYS = frozenset({"compare", "home", "questions"})
"""Pages that the site shows in a way of its own: a treatment cannot have their keys."""

MAX_NAME = 90
"""Longest part of a key, so that treatment/slug fits a row's column."""

MAX_DEPTH = 3
"""Folders inside folders that are looked into; content needs two."""

_TWO_DEEP = (Part.CLAIMS, Part.ARTICLES)


@dataclass(frozen=True, slots=True)
class File:
    """One content file that is in its place: `path` is relative, `key` follows from it."""

    part: Part
    key: str
    path: str
    data: bytes


def read_files(folder: Path) -> tuple[tuple[File, ...], tuple[Finding, ...]]:
    """Read every file of a content folder, in order of path.

    Returns the files that are in their place and a finding for everything
    else: links, stray files, wrong names. Raises nothing about what is inside.
    """
    if not folder.is_dir():
        problem = Problem("unreadable-folder", "There is no such folder. Correct the path.")
        return (), (Finding(str(folder), problem),)
    files: list[File] = []
    wrong: list[Finding] = []
    try:
        for path, entry in _walk(folder, ""):
            # A link is named as such wherever it stands: it may only look misplaced.
            place = Path(entry.path)
            read = not_ordinary(place) or misplaced(path) or read_bytes(place)
            if isinstance(read, str):
                wrong.append(Finding(path, Problem("file-misplaced", read)))
            else:
                part, _, key = path.removesuffix(SUFFIX).partition("/")
                files.append(File(Part(part), key, path, read))
    except OSError as error:
        message = f"The folder cannot be read ({error.strerror}). Check its rights."
        wrong.append(Finding(str(error.filename or folder), Problem("unreadable-folder", message)))
    return tuple(files), tuple(wrong)


def misplaced(path: str) -> str:
    """Say what is wrong with a file's place and name, or nothing if it is right."""
    part, *names = path.split("/")
    if part not in list(Part):
        known = ", ".join(Part)
        return f"'{part}' is not one of the content folders {known}.{did_you_mean(part, Part)}"
    depth = 2 if part in _TWO_DEEP else 1
    if len(names) != depth:
        form = f"{part}/<treatment>/<name>.md" if depth == 2 else f"{part}/<key>.md"
        return f"The file is at the wrong depth. Its place is {form}."
    if not names[-1].endswith(SUFFIX):
        return f"'{names[-1]}' does not end with {SUFFIX}. Rename it or take it away."
    names[-1] = names[-1].removesuffix(SUFFIX)
    for name in names:
        if not KEY.fullmatch(name) or len(name) > MAX_NAME:
            return f"'{name}' is not a key. Use lower case letters, digits and single hyphens."
    return _wrong_name(Part(part), names[-1])


def _wrong_name(part: Part, name: str) -> str:
    if part is Part.ARTICLES and name not in list(Topic):
        known = ", ".join(Topic)
        return f"'{name}' is not one of the topics {known}.{did_you_mean(name, Topic)}"
    taken = RESERVED_KEYS | PAGE_KEYS if part is Part.TREATMENTS else RESERVED_KEYS
    if part in (Part.TREATMENTS, Part.PAGES) and name in taken:
        return f"'/{name}/' is an address the site uses itself. Choose another name."
    return ""


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
    """Give the bytes of an ordinary file, or why they cannot be had."""
    try:
        with place.open("rb") as stream:
            # One byte more than allowed is enough to see that a file is too large.
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return f"The file cannot be read ({error.strerror}). Check its rights."

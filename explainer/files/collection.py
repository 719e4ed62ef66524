"""A content folder: its files in their places, read as entries, and what can't be read of it.

Needs no database, so authors can check their work anywhere.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from explainer.evidence.context import Context
from explainer.files.frontmatter import CHANGED, MAX_BYTES, ParsedFile, parse
from explainer.kinds import BY_FOLDER, KINDS, TREATMENT, Entry, Kind
from explainer.kinds.base import SUFFIX
from explainer.kinds.problems import SIGNS, Places, nearest_line
from explainer.kinds.schema import KEY, Day, Field, read
from explainer.library.context import context_of
from explainer.search import lists
from explainer.text.problems import Problem, did_you_mean

TRACE = "trace"  # a folder of working notes beside the content; not content
_DATED = Field(CHANGED, Day(), "Words changed on")
APART = frozenset({TRACE, lists.FOLDER})
"""Folders beside the content that hold no documents; each has a check of its own."""
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
        elif path not in APART:
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


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What one content file says, and where each part stands in it.

    `changed` is the day that it names as that of its words, None if it names none.
    """

    path: str
    entry: Entry
    parsed: ParsedFile
    changed: date | None = None

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def text(self) -> str:
        return self.parsed.text

    def line(self, field: str) -> int:
        if field == self.entry.kind.body:
            return self.parsed.body_line
        return nearest_line(self.parsed.lines, field)

    def place(self, problem: Problem) -> Finding:
        line = self.line(problem.field) + max(problem.line - 1, 0)
        return Finding(self.path, replace(problem, line=line))


@dataclass(frozen=True, slots=True)
class Collection:
    """Every file of a content folder that can be read, by subject."""

    entries: Mapping[str, FileEntry]

    def of(self, kind: Kind) -> dict[str, FileEntry]:
        return {file.key: file for file in self.entries.values() if file.entry.kind is kind}

    @property
    def pages(self) -> dict[str, FileEntry]:
        """All that becomes a page: topics, overviews and pages of the site, by key."""
        return {file.key: file for file in self.entries.values() if file.entry.kind.texts}

    @property
    def context(self) -> Context:
        return context_of(file.entry for file in self.entries.values())


def read_collection(folder: Path) -> tuple[Collection, tuple[Finding, ...]]:
    files, misplaced = read_files(folder)
    found, entries = list(misplaced), {}
    order = {kind: place for place, kind in enumerate(KINDS)}
    for file in sorted(files, key=lambda file: (order[file.kind], file.path)):
        entry, problems = read_file(file)
        found += [Finding(file.path, problem) for problem in problems]
        # A sign that nobody sees is no reason to keep the other problems for later.
        if entry and all(problem.code in SIGNS for problem in problems):
            entries[entry.entry.subject] = entry
    found += _without_treatment(files)
    return Collection(entries), tuple(found)


def read_file(file: File) -> tuple[FileEntry | None, list[Problem]]:
    """Read one file by its kind's schema; complete only if nothing is wrong."""
    parsed, problems = parse(file.data)
    if parsed is None:
        return None, problems
    places, body = Places(parsed.lines), file.kind.body
    if body in parsed.values:
        places.note("unknown-field", f"'{body}' stands below the front matter.")
    fields = read((*file.kind.front_matter, _DATED), {**parsed.values}, places)
    changed = fields.pop(CHANGED)
    if not parsed.body:
        message = f"There is no text after the front matter. {file.kind.missing_body}"
        places.problems += [Problem("missing", message, parsed.body_line, params={"name": body})]
    seen = {(problem.code, problem.line) for problem in problems}
    problems += [p for p in places.problems if (p.code, p.line) not in seen]
    entry = Entry(file.kind, file.key, {**fields, body: parsed.body})
    day = date.fromisoformat(changed) if changed else None
    return FileEntry(file.path, entry, parsed, day), problems


def _without_treatment(files: Iterable[File]) -> Iterator[Finding]:
    # Said once a folder: thirty claims of one misspelt treatment have one cure.
    known = {file.key for file in files if file.kind is TREATMENT}
    others = (file for file in files if file.kind is not TREATMENT)
    folders = {(file.path.partition("/")[0], file.kind.treatment(file.key)) for file in others}
    for folder, treatment in sorted(folders):
        if treatment and treatment not in known:
            hint = did_you_mean(treatment, known)
            message = f"There is no treatments/{treatment}.md.{hint} Add it or rename the folder."
            yield Finding(f"{folder}/{treatment}", Problem("no-treatment", message))

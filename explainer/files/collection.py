"""A whole content folder as entries with their places, and what can't be read of it.

Needs no database, so authors can check their work anywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.evidence.context import Context
from explainer.evidence.problems import Problem, did_you_mean
from explainer.files.folder import File, Finding, read_files
from explainer.files.frontmatter import ParsedFile, parse
from explainer.kinds import KINDS, TREATMENT, Entry, Kind
from explainer.kinds.problems import Places, nearest_line
from explainer.kinds.schema import read
from explainer.library.context import context_of


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What one content file says, and where each part stands in it."""

    path: str
    entry: Entry
    parsed: ParsedFile

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
        if entry and not problems:
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
    fields = read(file.kind.front_matter, {**parsed.values}, places)
    if not parsed.body:
        message = f"There is no text after the front matter. {file.kind.missing_body}"
        places.problems += [Problem("missing", message, parsed.body_line, params={"name": body})]
    seen = {(problem.code, problem.line) for problem in problems}
    problems += [p for p in places.problems if (p.code, p.line) not in seen]
    entry = Entry(file.kind, file.key, {**fields, body: parsed.body})
    return FileEntry(file.path, entry, parsed), problems


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

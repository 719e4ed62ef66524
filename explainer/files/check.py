"""Everything an author is told about a content folder, without a database.

Puts each file through `validation` and moves what it finds to the lines of the file. The rules
themselves are the kinds' and the evidence core's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from explainer.evidence.context import Context
from explainer.evidence.coverage import Block
from explainer.evidence.lint.run import LintReport, lint_text
from explainer.evidence.pipeline import Figure, PartKind
from explainer.evidence.problems import Problem, Severity
from explainer.files.collection import Collection, FileEntry, read_collection
from explainer.files.folder import Finding
from explainer.files.provenance import check_traces
from explainer.kinds import SOURCE
from explainer.library.validation import taken_by, validate

NO_FIGURES: Mapping[str, Figure] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A page's file with what the evidence core says of its texts, by field."""

    file: FileEntry
    reports: Mapping[str, LintReport]

    @property
    def claims(self) -> tuple[str, ...]:
        shown = (item for report in self.reports.values() for item in report.explanation.claims)
        return tuple(dict.fromkeys(item.claim.key for item in shown))

    @property
    def figures(self) -> tuple[str, ...]:
        keys = (key for report in self.reports.values() for key in report.explanation.figures)
        return tuple(dict.fromkeys(keys))

    @property
    def sources(self) -> set[str]:
        return {key for report in self.reports.values() for key in report.explanation.sources}

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(b for report in self.reports.values() for b in report.explanation.blocks)

    @property
    def body(self) -> LintReport:
        return self.reports["body"]

    def words(self, part: PartKind) -> int:
        return sum(report.explanation.words.get(part, 0) for report in self.reports.values())


@dataclass(frozen=True)
class Check:
    """A content folder and everything that was found out about it.

    `found` is in order of file and line.
    """

    collection: Collection
    context: Context
    found: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.found if finding.problem.is_error)

    @cached_property
    def pages(self) -> Mapping[str, CheckedPage]:
        return {
            key: CheckedPage(
                file,
                {
                    name: lint_text(file.entry.fields[name], self.context)
                    for name in file.entry.kind.texts
                },
            )
            for key, file in self.collection.pages.items()
        }

    @cached_property
    def unused_sources(self) -> tuple[str, ...]:
        return tuple(file.key for file in _unused(self.collection, self.context))


Progress = Callable[[Iterable[FileEntry]], Iterable[FileEntry]]


def check(
    folder: Path, progress: Progress = iter, figures: Mapping[str, Figure] = NO_FIGURES
) -> Check:
    """Read and check a whole content folder.

    `progress` wraps the files while they are checked, to show how far the check is. `figures`
    are the images of the library that the files go to or come from: no content file holds one.
    Never raises for what is in the files.
    """
    collection, unreadable = read_collection(folder)
    context = replace(collection.context, figures=figures)
    files = list(collection.entries.values())
    taken = taken_by(file.entry for file in files)
    found = [*unreadable]
    broken = {finding.path for finding in unreadable}
    for file in progress(files):
        problems = validate(file.entry, context, taken)
        found += (file.place(_unless_broken(problem, broken)) for problem in problems)
    found += check_traces(folder, collection)
    if not any(finding.problem.is_error for finding in found):
        found += map(_warn, _unused(collection, context))
    in_order = sorted(dict.fromkeys(found), key=lambda at: (at.path, at.problem.line))
    return Check(collection, context, tuple(in_order))


def _unless_broken(problem: Problem, broken: Set[str]) -> Problem:
    """Say of a source that can't be read that its own file is to be mended first."""
    key = problem.params.get("key", "")
    if problem.code != "unknown-source" or SOURCE.file_path(key) not in broken:
        return problem
    message = f"'{key}' has problems in its own file. Put those right first."
    return replace(problem, code="broken-source", message=message)


def _unused(collection: Collection, context: Context) -> Iterator[FileEntry]:
    """Give the sources that no claim and no text uses."""
    files = collection.entries.values()
    used = {key for file in files for key in file.entry.kind.sources(file.entry.fields)}
    for file in collection.pages.values():
        for page in file.entry.kind.explain(file.entry, context).values():
            used |= set(page.sources)
    yield from (file for key, file in collection.of(SOURCE).items() if key not in used)


def _warn(file: FileEntry) -> Finding:
    message = f"No claim and no text uses the source '{file.key}'. Use it or take it out."
    return Finding(file.path, Problem("unused-source", message, 1, severity=Severity.WARNING))

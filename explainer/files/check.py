"""Everything an author is told about a content folder, without a database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from explainer.evidence.context import Context
from explainer.evidence.coverage import Block
from explainer.evidence.lint.run import LintReport, lint_text
from explainer.evidence.pipeline import Explanation, Figure, PartKind
from explainer.evidence.problems import Problem, Severity
from explainer.files.collection import Collection, FileEntry, read_collection
from explainer.files.folder import Finding
from explainer.files.provenance import check_traces
from explainer.kinds import SOURCE
from explainer.library.validation import taken_by, validate

Progress = Callable[[Iterable[FileEntry]], Iterable[FileEntry]]


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A page's file with what the evidence core says of its texts, by field."""

    file: FileEntry
    reports: Mapping[str, LintReport]

    @property
    def explanations(self) -> list[Explanation]:
        return [report.explanation for report in self.reports.values()]

    @property
    def claims(self) -> tuple[str, ...]:
        shown = (assessed.claim.key for page in self.explanations for assessed in page.claims)
        return tuple(dict.fromkeys(shown))

    @property
    def figures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for page in self.explanations for key in page.figures))

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for page in self.explanations for block in page.blocks)

    @property
    def body(self) -> LintReport:
        return self.reports["body"]

    def words(self, part: PartKind) -> int:
        return sum(page.words.get(part, 0) for page in self.explanations)


@dataclass(frozen=True)
class Check:
    """A content folder and what was found out about it, in order of file and line."""

    collection: Collection
    context: Context
    found: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.found if finding.problem.is_error)

    @cached_property
    def pages(self) -> Mapping[str, CheckedPage]:
        return {key: self._page(file) for key, file in self.collection.pages.items()}

    def _page(self, file: FileEntry) -> CheckedPage:
        texts = {name: file.entry.fields[name] for name in file.entry.kind.texts}
        return CheckedPage(file, {name: lint_text(texts[name], self.context) for name in texts})

    @cached_property
    def unused_sources(self) -> tuple[str, ...]:
        return tuple(file.key for file in _unused(self.collection, self.context))


def check(
    folder: Path, progress: Progress = iter, figures: Mapping[str, Figure] = MappingProxyType({})
) -> Check:
    """Read and check a whole content folder; never raises for what is in the files.

    `progress` wraps the files while they are checked; `figures` are the images of the library
    that the files go to or come from: no content file holds one.
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

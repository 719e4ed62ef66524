"""Everything an author is told about a content folder, without a database: findings and tables."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Claim
from explainer.evidence.context import Context
from explainer.evidence.coverage import Block
from explainer.evidence.levels import Bearing, Kind, Level
from explainer.evidence.lint.run import LintReport, lint_text
from explainer.evidence.pipeline import Explanation, Figure, PartKind
from explainer.files.collection import Collection, FileEntry, Finding, read_collection
from explainer.files.frontmatter import CHANGED
from explainer.files.phrases import check_phrases
from explainer.files.provenance import check_traces
from explainer.kinds import BY_FOLDER, SOURCE, comparison
from explainer.library.validation import taken_by, validate
from explainer.text.jargon import undefined
from explainer.text.problems import Problem, Severity
from explainer.text.readability import SENTENCE_AIM

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
        about = file.entry.kind.about(file.key)
        reports = {name: lint_text(texts[name], self.context, about=about) for name in texts}
        return CheckedPage(file, reports)

    @cached_property
    def unused_sources(self) -> tuple[str, ...]:
        return tuple(file.key for file in _unused(self.collection, self.context))


def check(
    folder: Path,
    progress: Progress = iter,
    figures: Mapping[str, Figure] = MappingProxyType({}),
    today: date | None = None,
) -> Check:
    """Read and check a whole content folder; never raises for what is in the files.

    `progress` wraps the files while they are checked; `figures` are the images of the library
    that the files go to or come from: no content file holds one. Days are held against `today`.
    """
    collection, unreadable = read_collection(folder)
    context = replace(collection.context, figures=figures)
    files = list(collection.entries.values())
    taken = taken_by(file.entry for file in files)
    found = [*unreadable]
    broken = {finding.path for finding in unreadable}
    named = {_place(finding) for finding in unreadable}
    for file in progress(files):
        problems = validate(file.entry, context, taken)
        placed = (file.place(_unless_broken(problem, broken)) for problem in problems)
        found += (finding for finding in placed if _place(finding) not in named)
    found += check_traces(folder, collection)
    found += _ahead(files, today)
    found += check_phrases(folder, collection)
    if not any(finding.problem.is_error for finding in found):
        found += map(_warn, _unused(collection, context))
    in_order = sorted(dict.fromkeys(found), key=lambda at: (at.path, at.problem.line))
    return Check(collection, context, tuple(in_order))


def _place(finding: Finding) -> tuple[str, str, int]:
    return finding.path, finding.problem.code, finding.problem.line


def _unless_broken(problem: Problem, broken: Set[str]) -> Problem:
    """Say of a source that can't be read that its own file is to be mended first."""
    key = problem.params.get("key", "")
    if problem.code != "unknown-source" or SOURCE.file_path(key) not in broken:
        return problem
    message = f"'{key}' has problems in its own file. Put those right first."
    return replace(problem, code="broken-source", message=message)


def _ahead(files: Iterable[FileEntry], today: date | None) -> Iterator[Finding]:
    # A warning: readers are told the day of loading then, and a slow clock must not stop a site.
    for file in files:
        if today and file.changed and file.changed > today:
            message = f"'{CHANGED}': {file.changed} is still to come. Write the day it was changed."
            yield file.place(
                Problem("day-to-come", message, field=CHANGED, severity=Severity.WARNING)
            )


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


def summary(check: Check) -> Iterator[str]:
    names = [file.path.partition("/")[0] for file in check.collection.entries.values()]
    files = {name: names.count(name) for name in BY_FOLDER}
    claims = list(check.context.claims.values())
    texts = list(check.pages.values())
    errors = len(check.errors)
    yield _row("files", {"all": sum(files.values()), **files})
    yield from _claims(claims)
    yield _row("words by part", _words(texts))
    hardest = sorted(texts, key=_grade, reverse=True)[:1]
    yield _row("highest grade", {text.file.key: round(_grade(text), 1) for text in hardest})
    yield _row("problems", {"errors": errors, "warnings": len(check.found) - errors})


def pages(check: Check) -> Iterator[str]:
    for key, text in sorted(check.pages.items()):
        yield f"{text.file.path} ({key})"
        for line in _page(check, text):
            yield f"  {line}"
    shown = {key for text in check.pages.values() for key in text.claims}
    yield _list("claims on no page", [key for key in check.context.claims if key not in shown])
    yield _list("sources unused", check.unused_sources)
    yield _list("undefined medical terms", _undefined(check, check.pages.values()))
    unaided = [c.key for c in check.context.claims.values() if not _is_aided(c)]
    yield _list("claims without an independent source", unaided)


def _page(check: Check, text: CheckedPage) -> Iterator[str]:
    claims = [check.context.claims[key] for key in text.claims]
    unaided = [claim.key for claim in claims if not _is_aided(claim)]
    yield _row("words", _words([text]))
    if text.file.key == comparison.PAGE:
        yield _row("words by column", comparison.read(text.body.explanation).words)
    yield f"grade: {_grade(text):.1f}, LIX: {text.body.readability.lix:.0f}"
    yield f"longest sentence: {_longest(text)}"
    long = sum(len(report.readability.long) for report in text.reports.values())
    yield f"sentences over {SENTENCE_AIM} words: {long}"
    yield from _claims(claims)
    yield _list("undefined medical terms", _undefined(check, [text]))
    yield _list("claims without an independent source", unaided)
    yield _list("borrowed positions", [line for claim in claims for line in _borrowed(claim)])
    # Content files carry no review: a reviewer is named by staff, when it is true.
    yield "review: no clinician has reviewed this text"


def _claims(claims: Sequence[Claim]) -> Iterator[str]:
    # Promises and risks are never added up (method, section 1).
    for bearing, name in ((Bearing.PROMISE, "promises"), (Bearing.WARNING, "risks")):
        own = [claim for claim in claims if claim.bearing is bearing]
        yield _row(f"{name} by level", _count(Level, (adjudicate(claim).level for claim in own)))
        yield _row(f"{name} by kind", _count(Kind, (claim.kind for claim in own)))


def _count(vocabulary: type[StrEnum], members: Iterable[StrEnum]) -> Mapping[str, int]:
    counted = Counter(members)
    return {str(member): counted[member] for member in vocabulary}


def _words(texts: Sequence[CheckedPage]) -> Mapping[str, int]:
    return {str(part): sum(text.words(part) for text in texts) for part in PartKind}


def _grade(text: CheckedPage) -> float:
    return text.body.readability.grade


def _longest(text: CheckedPage) -> str:
    found = (report.readability.longest for report in text.reports.values())
    longest = max(filter(None, found), key=lambda sentence: sentence.words, default=None)
    return f"{longest.words} words: {longest.text}" if longest else "none"


def _undefined(check: Check, texts: Iterable[CheckedPage]) -> Sequence[str]:
    words = check.context.term_words
    return undefined((block.text for text in texts for block in text.blocks), words)


def _is_aided(claim: Claim) -> bool:
    return any(position.source.is_independent for position in claim.positions)


def _borrowed(claim: Claim) -> Iterator[str]:
    for position in claim.positions:
        if claim.borrows(position):
            yield f"{claim.key} from {position.source.key} ({position.product})"


def _row(name: str, figures: Mapping[str, float]) -> str:
    return f"{name}: " + ", ".join(f"{word} {figure}" for word, figure in figures.items())


def _list(name: str, entries: Sequence[str]) -> str:
    return f"{name}: {len(entries)}" + (f" ({', '.join(entries)})" if entries else "")

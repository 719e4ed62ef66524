"""Everything an author is told about a content folder, without a database.

Puts each text of the content to the evidence core and moves what it finds to
the lines of the file. The rules themselves live in `explainer.evidence`; the
one rule here is the length of a short answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from explainer.evidence import comparison
from explainer.evidence.adjudicate import Verdict, adjudicate
from explainer.evidence.context import Context
from explainer.evidence.coverage import Block
from explainer.evidence.lint.run import LintReport, lint_claim, lint_prose, lint_text
from explainer.evidence.pipeline import Figure, PartKind
from explainer.evidence.problems import Problem, Refused, Severity
from explainer.files.collection import Content, read
from explainer.files.provenance import check_traces
from explainer.files.records import (
    BODY,
    ArticleFile,
    ClaimFile,
    Finding,
    Origin,
    SourceFile,
    findings,
)
from explainer.library.titles import check_names

MAX_SUMMARY_WORDS = 60
"""Longest short answer; more is no longer short (content format, `summary`)."""

NO_FIGURES: Mapping[str, Figure] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CheckedText:
    """An article, overview or page with what the evidence core says of it."""

    record: ArticleFile
    summary: LintReport
    body: LintReport

    @property
    def claims(self) -> tuple[str, ...]:
        """Keys of the claims it shows, each once, in order."""
        both = (*self.summary.explanation.claims, *self.body.explanation.claims)
        return tuple(dict.fromkeys(judged.claim.key for judged in both))

    @property
    def figures(self) -> tuple[str, ...]:
        """Keys of the images it shows, each once, in order."""
        both = (*self.summary.explanation.figures, *self.body.explanation.figures)
        return tuple(dict.fromkeys(both))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The accounted blocks of short answer and body."""
        return (*self.summary.explanation.blocks, *self.body.explanation.blocks)

    def words(self, part: PartKind) -> int:
        """Count the visible words of one part in short answer and body."""
        both = (self.summary.explanation.words, self.body.explanation.words)
        return sum(words.get(part, 0) for words in both)


@dataclass(frozen=True, slots=True)
class Check:
    """A content folder and everything that was found out about it.

    `verdicts` holds the claims that can be decided; `texts` every article,
    overview and page by key; `found` is in order of file and line.
    """

    content: Content
    verdicts: Mapping[str, Verdict]
    texts: Mapping[str, CheckedText]
    unused_sources: tuple[str, ...]
    found: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the content from being loaded."""
        return tuple(finding for finding in self.found if finding.problem.is_error)


Progress = Callable[[Iterable[ArticleFile | ClaimFile]], Iterable[ArticleFile | ClaimFile]]


def check(
    folder: Path, progress: Progress = iter, figures: Mapping[str, Figure] = NO_FIGURES
) -> Check:
    """Read and check a whole content folder.

    `progress` wraps the claims and texts while they are examined, to show how
    far the check is. `figures` are the images of the library that the files go to
    or come from: no content file holds one. Never raises for what is in the files.
    """
    content, unreadable = read(folder)
    verdicts = _verdicts(content)
    knowledge = replace(_decided(content.knowledge, verdicts), figures=figures)
    found = [*unreadable, *_check_prose(content, knowledge)]
    texts: dict[str, CheckedText] = {}
    for record in progress([*content.claims.values(), *content.texts.values()]):
        if isinstance(record, ClaimFile):
            found += _check_claim(record, knowledge)
        else:
            texts[record.key] = _check_text(record, knowledge)
            found += _problems_of(texts[record.key])
    found += check_names(content)
    found += check_traces(folder, content)
    unused = _unused_sources(content, texts)
    found += [_unused(content.sources[key]) for key in unused]
    in_order = sorted(dict.fromkeys(found), key=lambda at: (at.path, at.problem.line))
    return Check(content, verdicts, texts, unused, tuple(in_order))


def _verdicts(content: Content) -> dict[str, Verdict]:
    verdicts = {}
    for key, record in content.claims.items():
        try:
            verdicts[key] = adjudicate(record.claim)
        except Refused:
            # Its own check says why; here it only cannot lend a text its label.
            continue
    return verdicts


def _decided(knowledge: Context, verdicts: Mapping[str, Verdict]) -> Context:
    claims = {key: claim for key, claim in knowledge.claims.items() if key in verdicts}
    return Context(
        claims, knowledge.sources, knowledge.terms, treatment_names=knowledge.treatment_names
    )


def _check_claim(record: ClaimFile, knowledge: Context) -> list[Finding]:
    problems = lint_claim(record.claim, record.why, knowledge)
    placed = [record.origin.place(problem, problem.field) for problem in problems]
    return findings(record.origin.path, placed)


def _check_prose(content: Content, knowledge: Context) -> Iterator[Finding]:
    appraisals = [(record.origin, record.appraisal) for record in content.sources.values()]
    definitions = [(record.origin, record.definition) for record in content.glossary.values()]
    for origin, text in (*appraisals, *definitions):
        for problem in lint_prose(text, knowledge):
            yield Finding(origin.path, origin.place(problem, BODY))


def _check_text(record: ArticleFile, knowledge: Context) -> CheckedText:
    return CheckedText(
        record, lint_text(record.summary, knowledge), lint_text(record.body, knowledge)
    )


def _problems_of(text: CheckedText) -> Iterator[Finding]:
    origin = text.record.origin
    summary = [*text.summary.problems, *too_long(text.summary)]
    yield from _placed(origin, summary, "summary")
    yield from _placed(origin, text.body.problems, BODY)
    if text.record.key == comparison.PAGE:
        yield from _placed(origin, comparison.read(text.body.explanation).problems, BODY)


def _placed(origin: Origin, problems: Iterable[Problem], field: str) -> Iterator[Finding]:
    for problem in problems:
        yield Finding(origin.path, origin.place(problem, field))


def too_long(summary: LintReport) -> Iterator[Problem]:
    """Hold a short answer against its limit."""
    words = sum(summary.explanation.words.values())
    if words > MAX_SUMMARY_WORDS:
        yield Problem(
            "summary-too-long",
            f"The short answer has {words} words. Keep it to {MAX_SUMMARY_WORDS}; a claim "
            "with empty brackets prints its whole statement.",
            params={"words": str(words)},
        )


def _unused_sources(content: Content, texts: Mapping[str, CheckedText]) -> tuple[str, ...]:
    used = {p.source.key for record in content.claims.values() for p in record.claim.positions}
    for text in texts.values():
        used |= {*text.summary.explanation.sources, *text.body.explanation.sources}
    return tuple(key for key in content.sources if key not in used)


def _unused(record: SourceFile) -> Finding:
    message = f"No claim and no text uses the source '{record.key}'. Use it or take it out."
    problem = Problem("source-unused", message, 1, severity=Severity.WARNING)
    return Finding(record.origin.path, problem)

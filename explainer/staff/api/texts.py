"""What an author is told while writing a page: the page, its problems, how it reads.

The page is made by the one renderer and the problems are those of publishing, so that nothing
looks right here and is refused there. Reads the library, writes nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass, replace
from typing import Any

from explainer.evidence import comparison
from explainer.evidence.context import Context
from explainer.evidence.lint.jargon import undefined
from explainer.evidence.lint.readability import GRADE_AIM, GRADE_LIMIT, WORDS_TO_MEASURE
from explainer.evidence.lint.run import LintReport, lint_text
from explainer.evidence.pipeline import PartKind
from explainer.evidence.problems import Problem, Severity
from explainer.evidence.render import WITHDRAWN
from explainer.kinds import ARTICLE, Entry
from explainer.kinds.base import in_field, too_long
from explainer.library.context import public_context
from explainer.library.validation import coming

SUMMARY, BODY = "summary", "body"
FIELDS = (SUMMARY, BODY)
"""The texts of a page, in its order."""

UNFINISHED = (
    "The draft of the claim '{key}' is not finished, so it has no label yet. "
    "Open it from the list of claims, and put right what it says there."
)
_CLAIM = re.compile(r"claim:([a-z0-9-]+/[a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class TextReport:
    """Everything said of a text: `html` by field, `labels` counted by their words."""

    html: Mapping[str, str]
    problems: tuple[Problem, ...]
    readability: Mapping[str, Any]
    labels: Mapping[str, int]
    untagged: int


def examine(typed: Mapping[str, str], *, article: str = "") -> TextReport:
    """Examine what was typed into `summary`, `body` or both.

    `article` is the page's key; the comparison has rules of its own. A claim that is still a
    draft is shown with the label it would have, and a warning.
    """
    drafts = coming()
    context = public_context(also=drafts)
    keys = {revision.document.key for revision in drafts}
    whole = Entry(ARTICLE, article, {SUMMARY: "", BODY: "", **typed})
    explained = ARTICLE.explain(whole, context)
    pages = {field: explained[field] for field in typed}
    reports = {field: lint_text(text, context) for field, text in typed.items()}
    problems = [
        *(_finish(problem, keys) for problem in _problems(reports, article)),
        *_unpublished(typed, keys & context.claims.keys()),
    ]
    problems.sort(key=lambda problem: (problem.field != SUMMARY, problem.line))
    shown = {claim.claim.key: claim for page in pages.values() for claim in page.claims}
    labels = (WITHDRAWN if claim.claim.withdrawn else claim.words for claim in shown.values())
    return TextReport(
        html={field: page.html for field, page in pages.items()},
        problems=tuple(problems),
        readability=_reading(reports, context),
        labels=dict(Counter(labels)),
        untagged=sum(page.words.get(PartKind.UNTAGGED, 0) for page in pages.values()),
    )


def _problems(reports: Mapping[str, LintReport], article: str) -> Iterator[Problem]:
    for field, report in reports.items():
        yield from in_field(field, report.problems)
        if field == SUMMARY:
            yield from in_field(field, too_long(sum(report.explanation.words.values())))
        elif article == comparison.PAGE:
            yield from in_field(field, comparison.read(report.explanation).problems)


def _finish(problem: Problem, drafts: Set[str]) -> Problem:
    """Say of a claim that was begun, but has no label yet, that it is to be finished."""
    if problem.code != "unknown-claim" or problem.params["key"] not in drafts:
        return problem
    return replace(problem, code="claim-unfinished", message=UNFINISHED.format(**problem.params))


def _unpublished(typed: Mapping[str, str], drafts: Set[str]) -> Iterator[Problem]:
    for field, text in typed.items():
        for found in _CLAIM.finditer(text):
            if found[1] in drafts:
                line = text.count("\n", 0, found.start()) + 1
                words = f"The claim '{found[1]}' is still a draft. Publish it first, or with this."
                yield Problem("claim-is-draft", words, line, field, Severity.WARNING)


def _reading(reports: Mapping[str, LintReport], context: Context) -> dict[str, Any]:
    """Measure the body, as the checks do; the summary only if it stands alone.

    `measured` is False for too few words to judge their grade.
    """
    main = (reports.get(BODY) or reports[SUMMARY]).readability
    blocks = (block for report in reports.values() for block in report.explanation.blocks)
    return {
        "grade": main.grade,
        "aim": GRADE_AIM,
        "limit": GRADE_LIMIT,
        "measured": main.words >= WORDS_TO_MEASURE,
        "words": sum(report.readability.words for report in reports.values()),
        "longest": _longest(reports),
        "hardest": main.hardest,
        "undefined": undefined((block.text for block in blocks), context.term_words),
    }


def _longest(reports: Mapping[str, LintReport]) -> list[dict[str, Any]]:
    """Give the sentences over the aim, longest first; the longest one if none is."""
    read = {field: report.readability for field, report in reports.items()}
    found = [(field, sentence) for field, each in read.items() for sentence in each.long]
    any_length = [(field, each.longest) for field, each in read.items() if each.longest]
    placed = sorted(found or any_length, key=lambda pair: -pair[1].words)
    return [{"field": field, **asdict(each)} for field, each in placed[: len(found) or 1]]

"""What an author is told while writing an article: the page, its problems, how it reads.

The page is made by the one renderer and the problems are those of publishing, so
that nothing looks right here and is refused there (requirement R1). Reads the
library, writes nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import asdict, dataclass, replace

from explainer.evidence import comparison
from explainer.evidence.context import AssessedClaim, Context
from explainer.evidence.lint.jargon import undefined
from explainer.evidence.lint.readability import GRADE_AIM, GRADE_LIMIT, WORDS_TO_MEASURE, Sentence
from explainer.evidence.lint.run import LintReport, lint_text
from explainer.evidence.pipeline import Explanation, PartKind, explain
from explainer.evidence.problems import Problem, Severity
from explainer.evidence.render import WITHDRAWN
from explainer.files.check import too_long
from explainer.library.models import ClaimVersion
from explainer.library.nouns import knowledge
from explainer.library.readiness import coming
from explainer.library.rendering import SUMMARY_PREFIX

SUMMARY, BODY = "summary", "body"
FIELDS = (SUMMARY, BODY)
"""The texts of an article, in the order of the page."""

UNFINISHED = (
    "The draft of the claim '{key}' is not finished, so it has no label yet. "
    "Open it from the list of claims, and put right what it says there."
)
_NAMED = re.compile(r"claim:([a-z0-9-]+/[a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class LongSentence:
    """A sentence that makes the text hard, with the field and line it is in."""

    field: str
    line: int
    words: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads. `measured` is False for too few words to judge their grade."""

    grade: float
    aim: float
    limit: float
    measured: bool
    words: int
    longest: tuple[LongSentence, ...]
    hardest: tuple[str, ...]
    undefined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything said of a text: `html` by field, `labels` counted by their words."""

    html: Mapping[str, str]
    problems: tuple[Problem, ...]
    readability: Reading
    labels: Mapping[str, int]
    untagged: int

    def as_json(self) -> dict[str, object]:
        """Give it as JSON knows it."""
        return asdict(self)


def tell(typed: Mapping[str, str], *, article: str = "") -> Told:
    """Examine what was typed into `summary`, `body` or both.

    `article` is the article's key; the comparison has rules of its own. A claim
    that is still a draft is shown with the label it would have, and a warning.
    """
    drafts = {version.claim.key: version for version in coming()}
    known = knowledge(also=drafts.values())
    pages = _pages(typed, known)
    examined = {field: lint_text(text, known) for field, text in typed.items()}
    problems = [
        *_known_drafts(_problems(examined, article), drafts),
        *_unpublished(typed, drafts.keys() & known.claims.keys()),
    ]
    in_order = sorted(problems, key=lambda problem: (problem.field != SUMMARY, problem.line))
    return Told(
        html={field: page.html for field, page in pages.items()},
        problems=tuple(in_order),
        readability=_reading(examined, known),
        labels=_labels(pages.values()),
        untagged=sum(page.words.get(PartKind.UNTAGGED, 0) for page in pages.values()),
    )


def _pages(typed: Mapping[str, str], known: Context) -> dict[str, Explanation]:
    # As `explain_article` does: the body links no glossary word that the summary linked.
    pages: dict[str, Explanation] = {}
    linked: tuple[str, ...] = ()
    for field in (field for field in FIELDS if field in typed):
        prefix = SUMMARY_PREFIX if field == SUMMARY else ""
        pages[field] = explain(typed[field], known, prefix=prefix, linked=linked)
        linked = pages[field].linked
    return pages


def _unpublished(typed: Mapping[str, str], drafts: Set[str]) -> Iterator[Problem]:
    for field, text in typed.items():
        for found in _NAMED.finditer(text):
            if found[1] in drafts:
                line = text.count("\n", 0, found.start()) + 1
                message = (
                    f"The claim '{found[1]}' is still a draft. Publish it first, or with this."
                )
                yield Problem("claim-is-draft", message, line, field, Severity.WARNING)


def _known_drafts(
    problems: Iterable[Problem], drafts: Mapping[str, ClaimVersion]
) -> Iterator[Problem]:
    """Say of a claim that was begun, but has no label yet, that it is to be finished."""
    for problem in problems:
        if problem.code == "unknown-claim" and problem.params["key"] in drafts:
            message = UNFINISHED.format(**problem.params)
            yield replace(problem, code="claim-unfinished", message=message)
        else:
            yield problem


def _problems(examined: Mapping[str, LintReport], article: str) -> Iterator[Problem]:
    for field, examination in examined.items():
        yield from _in_field(field, examination.problems)
        if field == SUMMARY:
            yield from _in_field(field, too_long(examination))
        elif article == comparison.PAGE:
            yield from _in_field(field, comparison.read(examination.explanation).problems)


def _in_field(field: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    for problem in problems:
        yield replace(problem, field=field)


def _reading(examined: Mapping[str, LintReport], known: Context) -> Reading:
    """Measure the body, as the reports do; the summary only if it stands alone."""
    main = (examined.get(BODY) or examined[SUMMARY]).readability
    blocks = (block for item in examined.values() for block in item.explanation.blocks)
    return Reading(
        grade=main.grade,
        aim=GRADE_AIM,
        limit=GRADE_LIMIT,
        measured=main.words >= WORDS_TO_MEASURE,
        words=sum(examination.readability.words for examination in examined.values()),
        longest=_longest(examined),
        hardest=main.hardest,
        undefined=undefined((block.text for block in blocks), known.term_words),
    )


def _longest(examined: Mapping[str, LintReport]) -> tuple[LongSentence, ...]:
    """Give the sentences over the aim, longest first; the longest one if none is."""
    found = [_placed(field, s) for field, e in examined.items() for s in e.readability.long]
    if not found:
        found = [
            _placed(field, examination.readability.longest)
            for field, examination in examined.items()
            if examination.readability.longest
        ]
        return tuple(sorted(found, key=lambda sentence: -sentence.words)[:1])
    return tuple(sorted(found, key=lambda sentence: -sentence.words))


def _placed(field: str, sentence: Sentence) -> LongSentence:
    return LongSentence(field, sentence.line, sentence.words, sentence.text)


def _labels(pages: Iterable[Explanation]) -> dict[str, int]:
    shown = {judged.claim.key: judged for page in pages for judged in page.claims}
    return dict(Counter(_words(judged) for judged in shown.values()))


def _words(judged: AssessedClaim) -> str:
    return WITHDRAWN if judged.claim.withdrawn else judged.words

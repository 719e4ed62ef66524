"""What an author is told: an explanation with every problem of wording and reading.

Costs more than `pipeline.explain`; no page view needs it. `check_content`, the
admin's problem list and publishing checks call these three functions.
"""

from dataclasses import dataclass

from explainer.evidence.claims import Claim
from explainer.evidence.coverage import Block
from explainer.evidence.dialect import PartKind
from explainer.evidence.lint.parts import (
    check_blocks,
    check_claim_texts,
    check_prose,
    glossary_words,
)
from explainer.evidence.lint.readability import Readability, check, measure
from explainer.evidence.pipeline import Context, Explanation, explain
from explainer.evidence.problems import Problem


@dataclass(frozen=True, slots=True)
class LintReport:
    """An explanation with everything an author is told, in order of lines."""

    explanation: Explanation
    problems: tuple[Problem, ...]
    readability: Readability


def lint_text(text: str, context: Context, *, prefix: str = "") -> LintReport:
    """Explain a text and check its wording and readability as well."""
    explanation = explain(text, context, prefix=prefix)
    readability = measure(
        ((block.line, block.text) for block in explanation.blocks if _is_prose(block)),
        terms=glossary_words(context),
    )
    problems = (
        *explanation.problems,
        *check_blocks(explanation.blocks, context),
        *check(readability),
    )
    in_order = tuple(sorted(problems, key=lambda problem: problem.line))
    return LintReport(explanation, in_order, readability)


def lint_claim(claim: Claim, why: str, context: Context) -> tuple[Problem, ...]:
    """Check a claim's own words: statement against label, positions, why.

    Problems carry the field they belong to; those of `why` have lines. A claim
    whose verdict is refused yields that refusal and nothing else.
    """
    return tuple(check_claim_texts(claim, why, context))


def lint_prose(text: str, context: Context) -> tuple[Problem, ...]:
    """Check a text that stands under its own claim or source, with lines.

    For a source's appraisal and a glossary definition: form, keys, marketing
    words and sentences, but no tagging (method, section 3).
    """
    return tuple(check_prose(text, context))


def _is_prose(block: Block) -> bool:
    return block.kind is not PartKind.HEADING

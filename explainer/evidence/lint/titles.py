"""What titles, names, definitions and records, as plain text, may say: they carry no label."""

from collections.abc import Collection

from explainer.evidence.dialect import PartKind
from explainer.evidence.lint.contracts import (
    About,
    Surroundings,
    check_part,
    effect_in_record,
)
from explainer.evidence.lint.headings import check_heading
from explainer.evidence.lint.readability import paragraphs
from explainer.evidence.lint.sentences import refused_words
from explainer.evidence.problems import Problem


def check_title(text: str) -> tuple[Problem, ...]:
    what = "question" if text.endswith("?") else "heading"
    return (*check_heading(text, what=what), *check_name(text))


def check_name(text: str) -> tuple[Problem, ...]:
    return refused_words(text)


def check_definition(text: str, names: Collection[str]) -> tuple[Problem, ...]:
    """Hold a definition to the contract of background; its words are `lint_prose`'s."""
    around = Surroundings(tuple(names), About.WORD)
    return (
        *check_part(
            PartKind.BACKGROUND, [(line, part, False) for line, part in paragraphs(text)], around
        ),
    )


def check_record(
    text: str, *, sold: Collection[str] = (), tells: bool = False
) -> tuple[Problem, ...]:
    """Check that a record tells no effect at all; its words are `lint_prose`'s."""
    return tuple(
        problem
        for line, paragraph in paragraphs(text)
        for problem in effect_in_record(paragraph, sold=sold, tells=tells, line=line)
    )

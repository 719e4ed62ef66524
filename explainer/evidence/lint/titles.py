"""What titles, names, definitions, records and notes may say, as plain text without a label."""

from collections.abc import Collection
from dataclasses import replace

from explainer.evidence.dialect import PartKind
from explainer.evidence.lint.contracts import (
    CURES,
    About,
    Surroundings,
    check_part,
    effect_in_record,
)
from explainer.evidence.lint.headings import check_heading
from explainer.evidence.lint.sentences import refused_words
from explainer.text.problems import Problem, Severity
from explainer.text.readability import paragraphs

NOTE_CURE = (
    "Readers see these words without a label. Say what changed and why; what a treatment does is "
    "for a claim to say."
)


def check_title(text: str) -> tuple[Problem, ...]:
    what = "question" if text.endswith("?") else "heading"
    return (*check_heading(text, what=what), *check_name(text))


def check_name(text: str) -> tuple[Problem, ...]:
    return refused_words(text)


def check_definition(text: str, names: Collection[str]) -> tuple[Problem, ...]:
    """Hold a definition to the contract of background; its words are `lint_prose`'s."""
    around = Surroundings(tuple(names), About.WORD)
    parts = [(line, part, False) for line, part in paragraphs(text)]
    return tuple(check_part(PartKind.BACKGROUND, parts, around))


def check_record(
    text: str, *, sold: Collection[str] = (), tells: bool = False, priced: bool = False
) -> tuple[Problem, ...]:
    """Check that a record tells no effect at all; its words are `lint_prose`'s."""
    return tuple(
        problem
        for line, paragraph in paragraphs(text)
        for problem in effect_in_record(paragraph, sold=sold, tells=tells, priced=priced, line=line)
    )


def claims_in_note(text: str, names: Collection[str]) -> tuple[Problem, ...]:
    """Warn of what a note or a reason says of a treatment, by its names too.

    A note often tells what a text said before, so it may be meant and is no error.
    """
    around = Surroundings(tuple(names), About.NOTE)
    found = check_part(PartKind.BACKGROUND, [(0, text, False)], around)
    return tuple(
        replace(
            problem,
            code="note-without-label",
            message=problem.message.removesuffix(CURES[PartKind.BACKGROUND]) + NOTE_CURE,
            severity=Severity.WARNING,
        )
        for problem in found
        if problem.code == "background-contract"
    )

"""What titles, names and definitions may say: readers see them without a label.

They are read as plain text, not in the dialect. Lines count within the text.
"""

import re
from collections.abc import Collection

from explainer.evidence.lint import sentences
from explainer.evidence.problems import Problem

_PARAGRAPH = re.compile(r"(?:\S[^\n]*(?:\n|$))+")


def check_title(text: str) -> tuple[Problem, ...]:
    """Check a title, which is a page's first heading: it takes no effect as given."""
    check = sentences.check_question if text.endswith("?") else sentences.check_heading
    return (*check(text), *check_name(text))


def check_name(text: str) -> tuple[Problem, ...]:
    """Check the name of a treatment or a product, or a word of the glossary."""
    return sentences.refused_words(text)


def check_definition(text: str, treatment_names: Collection[str]) -> tuple[Problem, ...]:
    """Check that a definition tells no effect of a treatment; its words are `lint_prose`'s."""
    return tuple(
        problem
        for paragraph in _PARAGRAPH.finditer(text)
        for problem in sentences.effect_in_plain_part(
            paragraph[0].strip(),
            names=treatment_names,
            line=text.count("\n", 0, paragraph.start()) + 1,
        )
    )

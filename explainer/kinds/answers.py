"""An explained text cut at its questions, so that a page can set its answers apart.

Not the comparison: nothing is asked of the text's shape, and no word is lost or moved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from explainer.evidence.pipeline import Explanation
from explainer.kinds.pieces import starts_of

_MARK = '<span class="label--'


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level with all that stands under it, or what stands before the first.

    `answers` is True if it holds a claim or a record, so that it says more than general knowledge.
    """

    html: str

    @property
    def answers(self) -> bool:
        return _MARK in self.html


@dataclass(frozen=True, slots=True)
class Group:
    """Sections one after the other that answer, or that do not."""

    answers: bool
    sections: tuple[Section, ...]


def groups_of(explanation: Explanation) -> tuple[Group, ...]:
    parted = groupby(_sections(explanation), key=lambda section: section.answers)
    return tuple(Group(answers, tuple(sections)) for answers, sections in parted)


def _sections(explanation: Explanation) -> Iterator[Section]:
    html, placed = explanation.html, zip(explanation.headings, starts_of(explanation), strict=True)
    starts = [at for heading, at in placed if heading.level == 2 and not heading.boxed]
    for start, end in pairwise((0, *starts, len(html))):
        if piece := html[start:end].strip():
            yield Section(piece)

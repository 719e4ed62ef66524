"""What a reviewer reads of a page: each link's own words beside the claim's, what has no label.

Nothing is judged here: a rule cannot read whether words say more than their claim does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from explainer.evidence.coverage import Block
from explainer.evidence.labels import Label
from explainer.evidence.lint.run import unlabelled
from explainer.evidence.lint.wordings import compared
from explainer.kinds.diff import Piece, word_diff
from explainer.library.rendering import Page


Faces = Sequence[tuple[int, str]]
"""What stands beside each sentence of a text, with its line: the label's word, or the part."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Words that a text puts into a claim's link, beside the claim's own sentence."""

    field: str
    words: str
    claim: str
    statement: str
    label: Label
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without a label; `is_new` if the public page has it nowhere."""

    field: str
    words: str
    is_new: bool


def brackets(page: Page | None) -> list[Bracket]:
    """Give the links whose words are not the claim's statement, each pair of words once."""
    found: dict[tuple[str, str], Bracket] = {}
    for field, block in _blocks(page):
        for _, segments in groupby(block.segments, key=lambda it: (it.kind, it.mark)):
            own = [it for it in segments if it.assessed and it.own]
            words = " ".join("".join(it.text for it in own).split())
            if not words or own[0].assessed is None:
                continue
            item = own[0].assessed
            claim = item.claim
            if compared(words) != compared(claim.statement):
                pieces = word_diff(claim.statement, words)
                bracket = Bracket(field, words, claim.key, claim.statement, item.label, pieces)
                found.setdefault((claim.key, words), bracket)
    return list(found.values())


def without_label(page: Page | None, before: Page | None) -> list[tuple[str, list[Sentence]]]:
    """Give every sentence that no label covers, by its part, for a person to read one by one."""
    known = {(part, words) for _, part, words in _bare(before)}
    found: dict[str, list[Sentence]] = {}
    for field, part, words in _bare(page):
        new = (part, words) not in known
        found.setdefault(part, []).append(Sentence(field, words, new))
    return list(found.items())


def _bare(page: Page | None) -> Iterator[tuple[str, str, str]]:
    for field, blocks in _fields(page).items():
        for part, sentences in unlabelled(blocks).items():
            yield from ((field, str(part).capitalize(), words) for words in sentences)


def _blocks(page: Page | None) -> Iterator[tuple[str, Block]]:
    for field, blocks in _fields(page).items():
        yield from ((field, block) for block in blocks)


def _fields(page: Page | None) -> Mapping[str, Iterable[Block]]:
    return {"summary": page.summary.blocks, "body": page.body.blocks} if page else {}

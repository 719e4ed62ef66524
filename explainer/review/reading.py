"""What a reviewer reads of a page: each link's own words beside the claim's, what has no label.

Nothing is judged here: a rule cannot read whether words say more than their claim does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from explainer.evidence.context import AssessedClaim
from explainer.evidence.coverage import Block
from explainer.evidence.labels import Label
from explainer.evidence.lint.run import unlabelled
from explainer.evidence.lint.wordings import compared
from explainer.evidence.pipeline import Explanation
from explainer.library.rendering import Page

Texts = Mapping[str, Explanation]
"""What the texts of a page became, by field; nothing for what is no page, or is not there."""

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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without a label, in a part of a page."""

    field: str
    part: str
    words: str


def texts_of(page: Page | None) -> Texts:
    return {"summary": page.summary, "body": page.body} if page else {}


def brackets(texts: Texts) -> list[Bracket]:
    """Give the links whose words are not the claim's statement, each pair of words once."""
    found: dict[tuple[str, str], Bracket] = {}
    for field, block in _blocks(texts):
        for item, own in _claims(block):
            words = " ".join(own.split())
            claim = item.claim
            if words and compared(words) != compared(claim.statement):
                bracket = Bracket(field, words, claim.key, claim.statement, item.label)
                found.setdefault((claim.key, words), bracket)
    return list(found.values())


def without_label(texts: Texts) -> list[Sentence]:
    """Give every sentence that no label covers, for a person to read one by one."""
    return [
        Sentence(field, part, words)
        for field, block in _blocks(texts)
        for part, words in _bare(block)
    ]


def faces(text: Explanation) -> Faces:
    """Give what stands beside each sentence of a text, in its order."""
    return [(block.line, face) for block in text.blocks for face in _faces(block)]


def _faces(block: Block) -> Iterator[str]:
    yield from (item.label.word for item, _ in _claims(block))
    yield from (part for part, _ in _bare(block))


def _bare(block: Block) -> Iterator[tuple[str, str]]:
    for part, sentences in unlabelled([block]).items():
        yield from ((str(part).capitalize(), words) for words in sentences)


def _claims(block: Block) -> Iterator[tuple[AssessedClaim, str]]:
    """Give each claim that a block shows, with the words that the text itself has for it."""
    assessed = (it for it in block.segments if it.assessed)
    for _, segments in groupby(assessed, key=lambda it: (it.kind, it.mark)):
        first, *more = segments
        if first.assessed:
            yield first.assessed, "".join(it.text for it in (first, *more) if it.own)


def _blocks(texts: Texts) -> Iterator[tuple[str, Block]]:
    return ((field, block) for field, text in texts.items() for block in text.blocks)

"""Each sentence that belongs to nothing, with the place where it stands in the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from explainer.evidence.coverage import Block, Segment
from explainer.evidence.dialect import PartKind
from explainer.text.places import in_utf16, places
from explainer.text.readability import sentences
from explainer.text.words import count_words


@dataclass(frozen=True, slots=True)
class UntaggedSentence:
    """A sentence without a part: `start` and `end` are places in the field, as scripts count."""

    field: str
    start: int
    end: int
    line: int
    text: str


def untagged_sentences(
    field: str, source: str, blocks: Sequence[Block]
) -> Iterator[UntaggedSentence]:
    """Give the untagged sentences of a text in its order; those of unknown keys are left out.

    `blocks` are those of the whole text. A sentence whose words are not found in it, because it
    is written with entities, is left out too; the list of problems has it all the same.
    """
    if not any(_is_untagged(segment) for block in blocks for segment in block.segments):
        return
    own = [segment for block in blocks for segment in block.segments if segment.own]
    found = iter(places(source, ((segment.line, segment.text) for segment in own)))
    where = {id(segment): next(found) for segment in own}
    for block in blocks:
        for is_untagged, run in groupby(block.segments, key=_is_untagged):
            if is_untagged:
                segments = [*run]
                at = [place for segment in segments for place in where[id(segment)]]
                yield from _placed(field, source, "".join(s.text for s in segments), at)


def _is_untagged(segment: Segment) -> bool:
    return segment.kind is PartKind.UNTAGGED and segment.own and not segment.reported


def _placed(field: str, source: str, text: str, at: list[int]) -> Iterator[UntaggedSentence]:
    end = 0
    for sentence in sentences(text):
        start = text.index(sentence, end)
        end = start + len(sentence)
        seen = [place for place in at[start:end] if place >= 0]
        if seen and count_words(sentence):
            first, last = seen[0], seen[-1] + 1
            line = source.count("\n", 0, first) + 1
            span = in_utf16(source, first), in_utf16(source, last)
            yield UntaggedSentence(field, *span, line, " ".join(sentence.split()))

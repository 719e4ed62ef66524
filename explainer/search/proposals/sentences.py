"""The sentences of a text that belong to nothing yet, and where each stands in what was typed.

What is untagged is decided by the accounting of `evidence.coverage`, never here. Keys need not be
known for it, so no context is asked for: an answer costs one parse.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from explainer.evidence.context import Context, resolve
from explainer.evidence.coverage import Block, Segment, account
from explainer.evidence.dialect import PartKind, parse
from explainer.text.markdown import refusal
from explainer.text.readability import sentences
from explainer.text.words import count_words

PARAGRAPH, LIST, TABLE = "paragraph", "list", "table"
_SHAPES = {
    "paragraph_open": PARAGRAPH,
    "bullet_list_open": LIST,
    "ordered_list_open": LIST,
    "table_open": TABLE,
}
_STRUCTURE = frozenset({PartKind.QUESTION, PartKind.HEADING})
_FILLED = frozenset({"inline", "fence", "code_block"})
_HEADING = re.compile(r"^#{2,4} ", re.MULTILINE)
_OPENED = re.compile(r"^:::+ *[^\s:]", re.MULTILINE)
_CLOSED = re.compile(r"^:::+ *$", re.MULTILINE)
_JUDGED = re.compile(r"\]\((?:claim|record):")
_SIGNS = r"[*_`\\]*"
_LINK = r"(?:\]\([^()\s]*\))?"
_GAP = rf"{_SIGNS}(?:\s|>)+{_SIGNS}\[?{_SIGNS}"


@dataclass(slots=True)
class Unit:
    """The outermost paragraph, list or table a sentence stands in: its place, and what it holds.

    `shape` is empty where it can be put into no block, as within a quotation or another block.
    `paragraphs` are line, text, and if it is a list's item; `is_free` says that nothing of it
    belongs to anything yet but questions.
    """

    start: int
    end: int
    shape: str
    paragraphs: list[tuple[int, str, bool]] = field(default_factory=list)
    is_free: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """An untagged sentence: what readers see of it, its line, and its place in the text.

    `start` and `end` are -1 where the words could not be found as they were typed.
    """

    words: str
    line: int
    start: int
    end: int
    unit: Unit

    @property
    def is_placed(self) -> bool:
        return self.start >= 0


def untagged(text: str) -> list[Sentence]:
    """Give the sentences of a text that belong to nothing, in their order; none if it is too big.

    Raises nothing for whatever somebody typed. What stands below each heading is read by itself,
    and remembered: between two answers most of a text stays as it was.
    """
    found = list[Sentence]()
    if refusal(text):
        return found
    for start, section in _sections(text):
        line, moved = text.count("\n", 0, start), dict[int, Unit]()
        for one in _untagged(section):
            unit = moved.setdefault(id(one.unit), _moved(one.unit, start, line))
            places = (one.start + start, one.end + start) if one.is_placed else (-1, -1)
            found.append(Sentence(one.words, one.line + line, *places, unit))
    return found


def _moved(unit: Unit, by: int, lines: int) -> Unit:
    paragraphs = [(line + lines, words, is_item) for line, words, is_item in unit.paragraphs]
    return Unit(unit.start + by, unit.end + by, unit.shape, paragraphs, unit.is_free)


def _sections(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text before its headings, where no block or code is open."""
    start = 0
    for heading in _HEADING.finditer(text):
        before = text[start : heading.start()]
        if len(_OPENED.findall(before)) == len(_CLOSED.findall(before)) and "```" not in before:
            yield start, before
            start = heading.start()
    yield start, text[start:]


@lru_cache(maxsize=512)
def _untagged(text: str) -> tuple[Sentence, ...]:
    parsed = parse(text)
    blocks = account(resolve(parsed, Context()).tokens).blocks
    places = list(_units(parsed.tokens, _line_starts(text), len(text)))
    found, reached = list[Sentence](), 0
    for block, (start, unit) in zip(blocks, places, strict=True):
        unit.paragraphs.append((block.line, block.text, block.is_item))
        reached = max(reached, start)
        reached = _of_block(text, block, unit, reached, found)
        # Without its key a mark prints nothing, but something stands there.
        unit.is_free = unit.is_free and not _JUDGED.search(text, unit.start, unit.end)
    return tuple(found)


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _units(tokens: Sequence[Any], lines: list[int], length: int) -> Iterator[tuple[int, Unit]]:
    """Give for each block where its lines begin, and the outermost unit that it stands in."""
    unit, depth, parts = Unit(0, 0, ""), 0, 0
    for token in tokens:
        first, last = token.map or (0, 0)
        if token.type in ("part_open", "part_close"):
            parts += token.nesting
        elif token.nesting:
            if depth == 0 and token.nesting > 0:
                unit = _unit(token.type, first, last, lines, length, inside=parts > 0)
            depth += token.nesting
        if token.type in _FILLED:
            yield lines[min(first, len(lines) - 1)], unit


def _unit(name: str, first: int, last: int, lines: list[int], length: int, *, inside: bool) -> Unit:
    end = lines[last] - 1 if last < len(lines) else length
    return Unit(lines[first], end, "" if inside else _SHAPES.get(name, ""))


def _of_block(text: str, block: Block, unit: Unit, reached: int, found: list[Sentence]) -> int:
    """Add the block's untagged sentences to those found; give how far the text was read."""
    for kind, words, line in _runs(block):
        if kind is not PartKind.UNTAGGED:
            unit.is_free = unit.is_free and (kind in _STRUCTURE or not words.strip())
            reached = max(reached, _place(text, words.strip(), reached, len(words))[1])
            continue
        for sentence in filter(count_words, sentences(words)):
            start, end = _place(text, sentence, reached, len(block.text))
            at = line + words.count("\n", 0, max(words.find(sentence), 0))
            reached = max(reached, end)
            found.append(Sentence(" ".join(sentence.split()), at, start, end, unit))
    return reached


def _runs(block: Block) -> Iterator[tuple[PartKind, str, int]]:
    """Give the words of one part that stand together, with their line.

    Those of a mark count as its claim's or record's, whether its key is known or not.
    """
    for kind, run in groupby(block.segments, key=_part_of):
        segments = list(run)
        yield kind, "".join(segment.text for segment in segments), segments[0].line


def _part_of(segment: Segment) -> PartKind:
    return PartKind.CLAIM if segment.reported else segment.kind


def _place(text: str, words: str, since: int, length: int) -> tuple[int, int]:
    """Find words as they were typed, with the signs of Markdown between them; (-1, -1) if not."""
    if not words:
        return -1, -1
    reach = since + 4 * length + 2_000
    at = text.find(words, since, reach)
    if at >= 0:
        return at, at + len(words)
    pattern = _GAP.join(map(_typed, words.split()))
    found = re.compile(rf"{_SIGNS}\[?{_SIGNS}{pattern}{_SIGNS}").search(text, since, reach)
    return found.span() if found else (-1, -1)


def _typed(word: str) -> str:
    """Give a pattern for a word: a link, or emphasis, may end before its full stop."""
    bare = word.rstrip(".,;:!?)”’\"'")
    return f"{re.escape(bare)}{_SIGNS}{_LINK}{_SIGNS}{re.escape(word[len(bare) :])}"

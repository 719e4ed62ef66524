"""Accounting: every visible word belongs to exactly one part, or is reported.

A word that is only partly tagged counts as untagged, so nothing hides by sticking to a tagged one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from markdown_it.token import Token

from explainer.evidence.claims import Source
from explainer.evidence.context import AssessedClaim
from explainer.evidence.dialect import PartKind
from explainer.text.ends import last_words, strict_ends
from explainer.text.markdown import alternative, line_of
from explainer.text.problems import Problem
from explainer.text.words import CANDIDATE, count_words, is_word

HEADS = frozenset(
    f"{what}_{way}" for what in ("heading", "th", "row_head") for way in ("open", "close")
)
"""Tokens around words that are structure: headings, and heads of columns and rows."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of visible text of one part, with the line it starts on.

    `own` is False for a statement printed by an empty mark; `reported` is True if a problem about
    a key covers it; `mark` counts the marks and figures of the block, so that neighbours stay
    apart.
    """

    text: str
    kind: PartKind
    line: int
    assessed: AssessedClaim | None = None
    own: bool = True
    reported: bool = False
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """The segments of one paragraph, heading, list item, cell or code block.

    `part` is the line on which its `:::` block begins (0: none); `sources` are those it names;
    `is_item` is True within a list; `row` counts the text's table rows (0: in no table).
    """

    kind: PartKind
    line: int
    segments: tuple[Segment, ...]
    part: int = 0
    sources: tuple[Source, ...] = ()
    is_item: bool = False
    row: int = 0

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Account:
    """Which words belong to what, and problems for what is untagged."""

    blocks: tuple[Block, ...]
    words: Mapping[PartKind, int]
    problems: tuple[Problem, ...]


def account(tokens: Sequence[Token]) -> Account:
    blocks = tuple(_with_questions(block) for block in _blocks(tokens))
    words: Counter[PartKind] = Counter(dict.fromkeys(PartKind, 0))
    for block in blocks:
        kinds = {segment.kind for segment in block.segments if segment.text}
        if len(kinds) == 1:
            words[kinds.pop()] += count_words(block.text)
        else:
            words.update(kind for _, kind in words_of(block))
    problems = tuple(problem for block in blocks for problem in _untagged(block))
    return Account(blocks, words, problems)


def words_of(block: Block) -> Iterator[tuple[str, PartKind]]:
    starts, position = [], 0
    for segment in block.segments:
        starts.append(position)
        position += len(segment.text)
    for match in filter(lambda match: is_word(match[0]), CANDIDATE.finditer(block.text)):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_right(starts, match.end() - 1) - 1
        kinds = [segment.kind for segment in block.segments[first : last + 1] if segment.text]
        yield match[0], PartKind.UNTAGGED if PartKind.UNTAGGED in kinds else kinds[0]


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    around = [Block(PartKind.UNTAGGED, 0, ())]
    heading, items, rows, row = False, 0, 0, 0
    for token in tokens:
        if token.type == "part_open":
            meta = token.meta
            around.append(Block(meta["kind"], 0, (), meta["at"], meta.get("sources", ())))
        elif token.type == "part_close":
            around.pop()
        elif token.type in ("list_item_open", "list_item_close"):
            items += token.nesting
        elif token.type in ("tr_open", "tr_close"):
            rows += token.nesting > 0
            row = rows if token.nesting > 0 else 0
        elif token.type in HEADS:
            heading = token.nesting == 1
        elif token.type in ("inline", "fence", "code_block"):
            found = replace(around[-1], line=line_of(token), is_item=items > 0, row=row)
            yield _filled(replace(found, kind=PartKind.HEADING) if heading else found, token)


def _filled(block: Block, token: Token) -> Block:
    segments: Iterable[Segment] = (Segment(token.content, block.kind, block.line),)
    if token.type == "inline":
        segments = _segments(token.children or [], block.kind)
    return replace(block, segments=tuple(segments))


def _segments(children: Sequence[Token], around: PartKind) -> Iterator[Segment]:
    kind, assessed, reported, mark = around, None, False, 0
    for child in children:
        if child.type in ("claim_open", "record_open"):
            mark += 1
            assessed = child.meta.get("assessed")
            known = assessed or "record" in child.meta
            kind = PartKind(child.type.removesuffix("_open")) if known else PartKind.UNTAGGED
            reported = not known
        elif child.type == "background_open":
            kind = PartKind.BACKGROUND
        elif child.type in ("claim_close", "record_close", "background_close"):
            kind, assessed, reported = around, None, False
        elif child.type in ("softbreak", "hardbreak"):
            yield Segment("\n", kind, child.meta["at"], assessed, mark=mark)
        elif child.type == "figure":
            mark += 2
            yield Segment(alternative(child), kind, child.meta["at"], assessed, mark=mark - 1)
        elif child.content:
            own = child.meta.get("own", True)
            yield Segment(child.content, kind, child.meta["at"], assessed, own, reported, mark)


def _is_untagged(segment: Segment) -> bool:
    return segment.kind is PartKind.UNTAGGED and not segment.reported


def _with_questions(block: Block) -> Block:
    if not any(_is_untagged(segment) and "?" in segment.text for segment in block.segments):
        return block
    segments: list[Segment] = []
    for (untagged, _), grouped in groupby(block.segments, key=lambda s: (_is_untagged(s), s.mark)):
        run = [*grouped]
        segments += _question_run(run) if untagged else run
    return replace(block, segments=tuple(segments))


def _question_run(run: list[Segment]) -> Iterator[Segment]:
    # Split strictly: a wrong join would hide an unlabelled sentence behind a question.
    text = "".join(segment.text for segment in run)
    found = list(strict_ends(text))
    ends = [place for place, _ in found]
    asks = [is_asked for _, is_asked in found]
    position = 0
    for segment in run:
        start, stop = position, position + len(segment.text)
        position = stop
        inner = ends[bisect_right(ends, start) : bisect_left(ends, stop)]
        for left, right in pairwise([start, *inner, stop]):
            sentence = bisect_right(ends, left)
            kind = PartKind.QUESTION if sentence < len(ends) and asks[sentence] else segment.kind
            line = segment.line + text.count("\n", start, left)
            yield replace(segment, text=text[left:right], kind=kind, line=line)


def _untagged(block: Block) -> Iterator[Problem]:
    runs = [(untagged, [*run]) for untagged, run in groupby(block.segments, key=_is_untagged)]
    for (untagged, run), (_, after) in pairwise([*runs, (False, [])]):
        if untagged:
            asked = bool(after) and after[0].kind is PartKind.QUESTION
            yield from _untagged_words(run, asked=asked)


def _untagged_words(run: list[Segment], *, asked: bool) -> Iterator[Problem]:
    text = "".join(segment.text for segment in run)
    first = next((m for m in CANDIDATE.finditer(text) if is_word(m[0])), None)
    if first is None:
        return
    position, line = 0, run[0].line
    for segment in run:
        if position <= first.start():
            line = segment.line + segment.text.count("\n", 0, max(0, first.start() - position))
        position += len(segment.text)
    words = text[first.start() :].split()
    shown = " ".join(words[:8]) + (" ..." if len(words) > 8 else "")
    cure = "Put them into a claim; or, if they say nothing of a treatment, into a block."
    message = f'Untagged words: "{shown}". {cure}'
    if asked:
        message += f' A question begins after "{last_words(text)}"; if it begins before, take the '
        message += "full stop, dash or line end out."
    yield Problem("untagged-words", message, line, params={"words": shown})

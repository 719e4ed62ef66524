"""A text cut into a table: questions as rows, options as columns, the same detail for each.

Works on rendered HTML alone; what a cell says was labelled and accounted for
before. A text that cannot be cut without losing a word or spoiling its markup
has problems and no rows, so a page can still show it as ordinary prose. Limits
of balance: issue 4, section 2, after the criteria for treatment decisions
(IPDAS), which ask that options be shown with equal detail.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from explainer.evidence.allowlist import VOID
from explainer.evidence.coverage import count_words
from explainer.evidence.pipeline import Explanation
from explainer.evidence.problems import Problem
from explainer.evidence.text import visible_text

PAGE = "compare"
"""Key of the page that holds the site's comparison."""

LEAST = 0.8
MOST = 1.25
"""A column's words may be this many times the mean of all columns."""

_HEADING = re.compile(r'<h([2-4]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
_FRAME = re.compile(
    # Labels, titles of boxes and lists of sources are the site's words, not the author's.
    r'<a class="label .*?</a>|<span class="label .*?</span>|<p class="part__.*?</p>',
    re.DOTALL,
)
_CURE = "Write '## ' before each question and '### ' before each option, the same options in order."


@dataclass(frozen=True, slots=True)
class Cell:
    """What one option answers to one question; `words` counts the author's words in it."""

    option: str
    html: str
    words: int


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the answer of each option, in the order of the columns."""

    id: str
    question: str
    cells: tuple[Cell, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """The options that answer this question."""
        return tuple(cell.option for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text as a table.

    `html` is what stands before the first question. Without rows the text is no
    table, and `problems` say why; with rows they can only say that its columns
    are out of balance.
    """

    html: str
    options: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def words(self) -> Mapping[str, int]:
        """The author's words by column."""
        return _words_of(self.rows)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A heading and the HTML under it."""

    level: int
    id: str
    title: str
    html: str


def read(explanation: Explanation) -> Comparison:
    """Cut an explained text at its headings into a table, and weigh its columns."""
    html = explanation.html
    pieces = tuple(_pieces(html))
    first = _HEADING.search(html)
    opening = html[: first.start()] if first else html
    rows = tuple(_rows(pieces))
    if problems := (*_out_of_shape(opening, pieces), *_unlike(rows), *_silent(rows)):
        return Comparison(html, (), (), problems)
    return Comparison(opening, rows[0].options, rows, tuple(_unbalanced(_words_of(rows))))


def _pieces(html: str) -> Iterator[_Piece]:
    found = list(_HEADING.finditer(html))
    ends = [*(match.start() for match in found[1:]), len(html)][: len(found)]
    for match, end in zip(found, ends, strict=True):
        under = html[match.end() : end].strip()
        yield _Piece(int(match[1]), match[2], visible_text(match[3]), under)


def _rows(pieces: tuple[_Piece, ...]) -> Iterator[Row]:
    question: _Piece | None = None
    cells: list[Cell] = []
    for piece in pieces:
        if piece.level != 2:
            words = count_words(visible_text(_FRAME.sub(" ", piece.html)))
            cells.append(Cell(piece.title, piece.html, words))
            continue
        if question:
            yield Row(question.id, question.title, tuple(cells))
        question, cells = piece, []
    if question:
        yield Row(question.id, question.title, tuple(cells))


def _out_of_shape(opening: str, pieces: tuple[_Piece, ...]) -> Iterator[Problem]:
    if not pieces or pieces[0].level != 2:
        yield Problem(
            "comparison-without-question",
            f"The comparison does not begin with a question. {_CURE}",
        )
    if not _is_whole(opening):
        message = "The first heading stands inside a box or a list. Close it before."
        yield Problem("heading-in-box", message)
    for piece in pieces:
        if piece.level == 2 and piece.html:
            yield Problem(
                "words-before-option",
                f"Words stand between the question '{piece.title}' and its first option. Move "
                "them into the cells, or before the first question.",
                params={"question": piece.title},
            )
        if piece.level > 3:
            message = f"The heading '{piece.title}' stands inside a cell. Write it as a sentence."
            yield Problem("heading-in-cell", message, params={"heading": piece.title})
        if not _is_whole(piece.html):
            yield Problem(
                "box-over-heading",
                f"A box or list under '{piece.title}' goes on over the next heading. Close it "
                "before, and open it again after.",
                params={"heading": piece.title},
            )


def _unlike(rows: tuple[Row, ...]) -> Iterator[Problem]:
    options = rows[0].options if rows else ()
    if len(options) < 2 or len(set(options)) < len(options):
        message = f"The first question compares {list(options)}. Name 2 options or more, once."
        yield Problem("too-few-options", message)
    for row in rows:
        for option in options:
            if option not in row.options:
                yield Problem(
                    "option-missing",
                    f"The question '{row.question}' lacks the option '{option}'. Add "
                    f"'### {option}' and what is known of it.",
                    params={"question": row.question, "option": option},
                )
        if set(options) <= set(row.options) and row.options != options:
            yield Problem(
                "options-differ",
                f"The question '{row.question}' has the options {list(row.options)}, the first "
                f"one {list(options)}. Give each question the same options in the same order.",
                params={"question": row.question},
            )


def _silent(rows: tuple[Row, ...]) -> Iterator[Problem]:
    for row in rows:
        for cell in row.cells:
            if not cell.words:
                yield Problem(
                    "cell-silent",
                    f"'{cell.option}' says nothing to '{row.question}'. Say what is known, or "
                    "that nothing is.",
                    params={"question": row.question, "option": cell.option},
                )


def _unbalanced(words: Mapping[str, int]) -> Iterator[Problem]:
    mean = sum(words.values()) / len(words)
    for option, number in words.items():
        if not LEAST * mean <= number <= MOST * mean:
            cure = "Say less there" if number > mean else "Say more there"
            yield Problem(
                "column-unbalanced",
                f"The column '{option}' has {number} words; the mean is {mean:.0f}, so "
                f"{LEAST * mean:.0f} to {MOST * mean:.0f} is even. {cure}, or change the others.",
                params={"option": option, "words": str(number)},
            )


def _words_of(rows: tuple[Row, ...]) -> Mapping[str, int]:
    words: dict[str, int] = {}
    for row in rows:
        for cell in row.cells:
            words[cell.option] = words.get(cell.option, 0) + cell.words
    return words


def _is_whole(html: str) -> bool:
    """True if every element that begins in the HTML also ends in it."""
    waiting: list[str] = []
    for match in _TAG.finditer(html):
        if match[1]:
            if not waiting or waiting.pop() != match[2]:
                return False
        elif match[2] not in VOID:
            waiting.append(match[2])
    return not waiting

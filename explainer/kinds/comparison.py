"""A text cut into a table: questions as rows, options as columns, the same detail for each.

A text that cannot be cut without losing a word or splitting a box has problems and no rows, so a
page can still show it as prose. Columns are held in balance because the criteria for treatment
decisions (IPDAS) ask that options be shown with equal detail.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from explainer.evidence.pipeline import Explanation
from explainer.kinds.pieces import Piece, branches, cut, split_boxes
from explainer.text.problems import Problem

PAGE = "compare"
LEAST, MOST = 0.8, 1.25
"""A column's words may be this many times the mean of all columns."""

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
    line: int
    cells: tuple[Cell, ...]

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(cell.option for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text as a table; `html` is what stands before the first question.

    `closing` is a last heading with words and no options: it stands below the table, in no column.
    Without rows the text is no table, and `problems` say why; with rows they can only say that
    its columns are out of balance.
    """

    html: str
    options: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    closing: Cell | None = None

    @property
    def words(self) -> Mapping[str, int]:
        words: Counter[str] = Counter()
        for row in self.rows:
            words.update({cell.option: cell.words for cell in row.cells})
        return words


def read(explanation: Explanation) -> Comparison:
    opening, *pieces = cut(explanation)
    boxes, closing = tuple(split_boxes(pieces)), None
    if len(pieces) > 1 and pieces[-1].heading.level == 2 and pieces[-1].html:
        last = pieces.pop()
        closing = Cell("", last.whole, last.words)
    rows = tuple(_rows(pieces))
    if problems := (*_out_of_shape(pieces), *boxes, *_unlike(rows), *_silent(rows)):
        return Comparison(explanation.html, (), (), problems)
    whole = Comparison(opening.html, rows[0].options, rows, (), closing)
    return replace(whole, problems=tuple(_unbalanced(whole.words)))


def _rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    for question, options in branches(pieces, 2):
        cells = tuple(Cell(piece.title, piece.html, piece.words) for piece in options)
        yield Row(question.heading.id, question.title, question.heading.line, cells)


def _out_of_shape(pieces: Sequence[Piece]) -> Iterator[Problem]:
    if not pieces or pieces[0].heading.level != 2:
        message = f"The comparison does not begin with a question. {_CURE}"
        yield Problem("comparison-without-question", message)
    for piece in pieces:
        level, line, params = piece.heading.level, piece.heading.line, {"heading": piece.title}
        if level == 2 and piece.html:
            message = f"Words stand between the question '{piece.title}' and its first option."
            cure = "Move them into the cells, or before the first question."
            yield Problem("words-before-option", f"{message} {cure}", line, params=params)
        if level > 3:
            message = f"The heading '{piece.title}' stands inside a cell. Write it as a sentence."
            yield Problem("heading-in-cell", message, line, params=params)


def _unlike(rows: tuple[Row, ...]) -> Iterator[Problem]:
    options = rows[0].options if rows else ()
    if len(options) < 2 or len(set(options)) < len(options):
        message = f"The first question compares {list(options)}. Name 2 options or more, once."
        yield Problem("too-few-options", message)
    for row in rows:
        params = {"question": row.question}
        for option in options:
            if option not in row.options:
                message = f"The question '{row.question}' lacks the option '{option}'."
                message += f" Add '### {option}' and what is known of it."
                yield Problem(
                    "option-missing", message, row.line, params={**params, "option": option}
                )
        if set(options) <= set(row.options) and row.options != options:
            message = (
                f"The question '{row.question}' has the options {list(row.options)}, the first"
            )
            message += (
                f" one {list(options)}. Give each question the same options in the same order."
            )
            yield Problem("options-differ", message, row.line, params=params)


def _silent(rows: tuple[Row, ...]) -> Iterator[Problem]:
    for row in rows:
        for cell in row.cells:
            if not cell.words:
                message = f"'{cell.option}' says nothing to '{row.question}'."
                message += " Say what is known, or that nothing is."
                params = {"question": row.question, "option": cell.option}
                yield Problem("cell-silent", message, row.line, params=params)


def _unbalanced(words: Mapping[str, int]) -> Iterator[Problem]:
    mean = sum(words.values()) / len(words)
    for option, number in words.items():
        if not LEAST * mean <= number <= MOST * mean:
            even = f"{LEAST * mean:.0f} to {MOST * mean:.0f} is even"
            cure = f"Say {'less' if number > mean else 'more'} there, or change the others."
            message = (
                f"The column '{option}' has {number} words; the mean is {mean:.0f}, so {even}."
            )
            params = {"option": option, "words": str(number)}
            yield Problem("column-unbalanced", f"{message} {cure}", params=params)

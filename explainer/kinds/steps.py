"""A text cut into steps: a question, the answers to choose from, and what follows from each.

'## ' opens a step, '### ' an answer. On the page `GUIDE`, '#### ' opens a part of what follows, and
the last step holds no answers but the parts that follow whatever was chosen. On the page `QUIZ`
the words under a question are what is asked about, those under an answer what is said to it.
A text out of this shape has problems and no steps, so that a page can still show it as prose.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from explainer.evidence.levels import Worded
from explainer.evidence.pipeline import Explanation
from explainer.kinds.pieces import Piece, branches, cut, split_boxes
from explainer.text.problems import Problem, did_you_mean
from explainer.text.words import slug

GUIDE = "where-do-i-stand"
QUIZ = "did-i-read-it-right"
CUT = frozenset({GUIDE, QUIZ})
"""The pages that are shown in pieces, so that no list of their claims stands at their end."""

_LINK = re.compile(r'<a href="([^"]+)"')


class Part(Worded):
    """What can follow from an answer; the words are the headings, in the order of the result."""

    DOCTOR = "doctor", "What should a doctor look at first?"
    KNOWN = "known", "What is known?"
    LEFT_OUT = "left-out", "Who was not studied?"
    ASK = "ask", "What can you ask?"
    READ = "read", "Where can you read on?"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text under one heading, whole and with their labels."""

    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader can choose; `link` leads away at once, and then nothing else follows."""

    id: str
    title: str
    html: str
    link: str
    parts: Mapping[Part, Passage]


@dataclass(frozen=True, slots=True)
class Step:
    """One question and its answers; `html` stands between them."""

    id: str
    question: str
    html: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A text in steps; `html` stands before the first, `always` follows whatever is chosen."""

    html: str
    steps: tuple[Step, ...]
    always: Mapping[Part, Passage]
    problems: tuple[Problem, ...]


def read(explanation: Explanation, key: str) -> Steps:
    """Cut the text of the page `key`, GUIDE or QUIZ."""
    opening, *pieces = cut(explanation)
    questions = list(branches(pieces, 2))
    last = questions.pop() if key == GUIDE and questions else None
    problems = [*_out_of_shape(pieces), *split_boxes(pieces), *_questions(questions)]
    check = _follows if key == GUIDE else _says
    for _, under in questions:
        for answer, parts in branches(under, 3):
            problems += check(answer, [part for part, _ in branches(parts, 4)])
    if last:
        problems += _known_parts([piece for piece, _ in branches(last[1], 3)])
    if problems:
        return Steps(explanation.html, (), {}, tuple(problems))
    always = _parts(piece for piece, _ in branches(last[1], 3)) if last else {}
    return Steps(opening.html, tuple(_step(*branch) for branch in questions), always, ())


def _step(question: Piece, under: list[Piece]) -> Step:
    answers = tuple(_answer(*branch) for branch in branches(under, 3))
    return Step(slug(question.title), question.title, question.html, answers)


def _answer(piece: Piece, under: list[Piece]) -> Answer:
    parts = _parts(part for part, _ in branches(under, 4))
    return Answer(slug(piece.title), piece.title, piece.html, _link(piece), parts)


def _parts(pieces: Iterable[Piece]) -> Mapping[Part, Passage]:
    named = {part.words: part for part in Part}
    return {named[piece.title]: Passage(piece.title, piece.html) for piece in pieces}


def _link(piece: Piece) -> str:
    heading, _, _ = piece.whole.partition(f"</h{piece.heading.level}>")
    found = _LINK.search(heading)
    return unescape(found[1]) if found else ""


def _problem(code: str, piece: Piece, message: str) -> Problem:
    return Problem(code, message, piece.heading.line, params={"heading": piece.title})


def _out_of_shape(pieces: Sequence[Piece]) -> Iterator[Problem]:
    if not pieces or pieces[0].heading.level != 2:
        cure = "Write '## ' before each question and '### ' before each answer."
        yield Problem("steps-without-question", f"The text does not begin with a question. {cure}")


def _questions(found: Sequence[tuple[Piece, list[Piece]]]) -> Iterator[Problem]:
    for question, under in found:
        answers = [answer for answer, _ in branches(under, 3)]
        ids = {slug(answer.title) for answer in answers}
        if len(ids) < 2 or len(ids) < len(answers):
            told = ", ".join(f"'{answer.title}'" for answer in answers) or "none"
            message = f"The question '{question.title}' has too few answers or one twice: {told}."
            message += " Write '### ' before 2 answers or more, each once."
            yield _problem("too-few-answers", question, message)


def _says(answer: Piece, parts: Sequence[Piece]) -> Iterator[Problem]:
    if not answer.html:
        message = f"Nothing is said to the answer '{answer.title}'. Write a sentence under it."
        yield _problem("answer-silent", answer, message)
    for part in parts:
        message = f"The heading '{part.title}' stands inside an answer. Write it as a sentence."
        yield _problem("heading-in-answer", part, message)


def _follows(answer: Piece, parts: Sequence[Piece]) -> Iterator[Problem]:
    if _link(answer):
        if answer.html or parts:
            message = f"The answer '{answer.title}' leads to a page, so nothing is shown under it."
            yield _problem("link-with-words", answer, f"{message} Take out the words or the link.")
        return
    if answer.html:
        message = f"Words stand between the answer '{answer.title}' and its first part."
        message += f" Put them under one of: {_NAMES}."
        yield _problem("words-before-part", answer, message)
    if not parts:
        message = f"Nothing follows from the answer '{answer.title}'."
        yield _problem("answer-silent", answer, f"{message} Open a part with '#### ': {_NAMES}.")
    yield from _known_parts(parts)


def _known_parts(parts: Sequence[Piece]) -> Iterator[Problem]:
    words = [part.words for part in Part]
    for place, part in enumerate(parts):
        if part.title not in words:
            hint = did_you_mean(part.title, words) or f" There are: {_NAMES}."
            message = f"'{part.title}' is no part of what follows.{hint}"
            yield _problem("unknown-part", part, message)
        elif part.title in [other.title for other in parts[:place]] or not part.html:
            message = f"The part '{part.title}' stands here twice, or is empty. Keep one."
            yield _problem("part-twice-or-empty", part, message)


_NAMES = ", ".join(f"'{part.words}'" for part in Part)

"""What a page of the site tells its readers to ask, as plain words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from explainer.evidence.context import Context, Term
from explainer.evidence.coverage import Block
from explainer.evidence.pipeline import PartKind, explain
from explainer.library.models import Revision


@dataclass(frozen=True, slots=True)
class Questions:
    """What a reader can ask, as plain words, and the heading it stands under."""

    title: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """A question to ask first, with how to tell a clear answer and an evasive one."""

    asked: str
    clear: str
    evasive: str


def explain_questions(revision: Revision, terms: Mapping[str, Term]) -> tuple[Questions, ...]:
    """Give the questions that a page tells its readers to ask, under their headings.

    They are the paragraphs and list items of its guidance that end with a question mark; those
    in tables come with their answers, by `first_questions`.
    """
    title, asked = "", dict[str, list[str]]()
    for block in explain(revision.fields["body"], Context(terms=terms), judged=False).blocks:
        if block.kind is PartKind.HEADING:
            title = block.text
        elif _is_question_to_ask(block):
            asked.setdefault(title, []).append(" ".join(block.text.split()))
    return tuple(Questions(title, tuple(questions)) for title, questions in asked.items())


def first_questions(
    revision: Revision, name: str, terms: Mapping[str, Term]
) -> tuple[FirstQuestion, ...]:
    """Give the rows of the table of guidance under the heading that ends with `name`.

    A row has three cells: what to ask, a clear answer, an evasive one. Other rows are left out.
    """
    here, rows = False, defaultdict[int, list[str]](list)
    for block in explain(revision.fields["body"], Context(terms=terms), judged=False).blocks:
        if block.kind is PartKind.HEADING and not block.row:
            here = block.text.rpartition(":")[2].strip().lower() == name.lower()
        elif here and block.row:
            told = block.text if _is_guidance(block) else ""
            rows[block.row].append(" ".join(told.split()))
    whole = (cells for cells in rows.values() if len(cells) == 3 and all(cells))
    return tuple(FirstQuestion(*cells) for cells in whole)


def _is_question_to_ask(block: Block) -> bool:
    return _is_guidance(block) and not block.row and block.text.endswith("?")


def _is_guidance(block: Block) -> bool:
    # A claim's words would stand on the sheet without their label, whatever they stand between.
    return all(segment.kind is PartKind.GUIDANCE for segment in block.segments)

"""What names may say: titles, treatments' and products' names, and the glossary's words.

Readers see them as they are written, so they are read as plain text, not in
the dialect, and so are definitions, which stand without a label. The rules
themselves live in `explainer.evidence.lint.sentences`.
"""

import re
from collections.abc import Iterable, Iterator

from explainer.evidence.lint import sentences
from explainer.evidence.problems import Problem
from explainer.files.collection import Content
from explainer.files.records import BODY, Finding, Origin, TermFile

_PARAGRAPH = re.compile(r"(?:\S[^\n]*(?:\n|$))+")


def check_names(content: Content, names: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Check every name and title of a content folder, and every definition.

    `names` are those of treatments that the content itself does not hold.
    """
    names = (*names, *content.knowledge.treatment_names)
    for text in content.texts.values():
        # A title is the page's first heading; an overview has its treatment's name.
        field = "title" if "title" in text.origin.lines else "name"
        yield from _placed(text.origin, field, _heading(text.title))
        yield from _plain(text.origin, field, text.title)
    for treatment in content.treatments.values():
        yield from _each(treatment.origin, "also", enumerate(treatment.also))
        yield from _each(treatment.origin, "products", treatment.products.items())
    for record in content.glossary.values():
        yield from _plain(record.origin, "term", record.term.term)
        yield from _each(record.origin, "also", enumerate(record.term.also))
        yield from _definition(record, names)


def _heading(title: str) -> tuple[Problem, ...]:
    check = sentences.check_question if title.endswith("?") else sentences.check_heading
    return check(title)


def _each(origin: Origin, field: str, given: Iterable[tuple[object, str]]) -> Iterator[Finding]:
    for place, words in given:
        yield from _plain(origin, f"{field}.{place}", words)


def _plain(origin: Origin, field: str, words: str) -> Iterator[Finding]:
    yield from _placed(origin, field, sentences.refused_words(words))


def _definition(record: TermFile, names: tuple[str, ...]) -> Iterator[Finding]:
    for paragraph in _PARAGRAPH.finditer(record.definition):
        line = record.definition.count("\n", 0, paragraph.start()) + 1
        found = sentences.effect_in_plain_part(paragraph[0].strip(), names=names, line=line)
        yield from _placed(record.origin, BODY, found)


def _placed(origin: Origin, field: str, problems: tuple[Problem, ...]) -> Iterator[Finding]:
    for problem in problems:
        yield Finding(origin.path, origin.place(problem, field))

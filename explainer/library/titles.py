"""Puts the names, titles and definitions of a content folder to `evidence.lint.titles`."""

from collections.abc import Iterable, Iterator

from explainer.evidence.lint.titles import check_definition, check_name, check_title
from explainer.evidence.problems import Problem
from explainer.files.collection import Content
from explainer.files.records import BODY, Finding, Origin


def check_names(content: Content, names: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Check every name and title of a content folder, and every definition.

    `names` are those of treatments that the content itself does not hold.
    """
    names = (*names, *content.knowledge.treatment_names)
    for text in content.texts.values():
        # An overview has its treatment's name for a title.
        field = "title" if "title" in text.origin.lines else "name"
        yield from _placed(text.origin, field, check_title(text.title))
    for treatment in content.treatments.values():
        yield from _each(treatment.origin, "also", enumerate(treatment.also))
        yield from _each(treatment.origin, "products", treatment.products.items())
    for record in content.glossary.values():
        yield from _placed(record.origin, "term", check_name(record.term.term))
        yield from _each(record.origin, "also", enumerate(record.term.also))
        yield from _placed(record.origin, BODY, check_definition(record.definition, names))


def _each(origin: Origin, field: str, names: Iterable[tuple[object, str]]) -> Iterator[Finding]:
    for place, name in names:
        yield from _placed(origin, f"{field}.{place}", check_name(name))


def _placed(origin: Origin, field: str, problems: tuple[Problem, ...]) -> Iterator[Finding]:
    for problem in problems:
        yield Finding(origin.path, origin.place(problem, field))

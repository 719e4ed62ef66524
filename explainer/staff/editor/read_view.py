"""A version as the desk shows it to read: rendered by the site's own renderer.

For the read-only page and for the preview beside a form. What cannot be rendered
yet, because a draft leaves it open, is shown as plain words (requirement R12).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import ChoiceField, Form
from django.utils.safestring import SafeString

from explainer.evidence.levels import Bearing, Level, explanation, label_words
from explainer.evidence.problems import Refused
from explainer.library.models import ArticleVersion, ClaimVersion, ReferenceVersion
from explainer.library.models.versions import Version
from explainer.library.nouns import knowledge
from explainer.library.rendering import (
    ArticleExplanation,
    ClaimEntry,
    explain_article,
    explain_claim,
    explain_markdown,
)
from explainer.library.words import public_words_of

MARKDOWN = ("appraisal", "definition")
"""Columns of reference rows that are in the dialect."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A version to read. One of `claim` and `article` is set, or neither; `facts` are the rest."""

    claim: ClaimEntry | None = None
    article: ArticleExplanation | None = None
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, SafeString], ...] = ()


def show(version: Version, form: Form) -> Shown:
    """Render a version; `form` knows what its words and choices are called."""
    if isinstance(version, ClaimVersion):
        try:
            return Shown(claim=explain_claim(version))
        except (Refused, ValueError):
            return Shown(facts=tuple(_facts(version, form)))
    if isinstance(version, ArticleVersion):
        return Shown(article=explain_article(version))
    assert isinstance(version, ReferenceVersion)  # noqa: S101 - there is no fourth kind
    known = knowledge()
    texts = ((name, version.words.get(name, "")) for name in MARKDOWN if name in version.words)
    return Shown(
        facts=tuple(_facts(version, form)),
        texts=tuple((_label(form, name), explain_markdown(text, known)) for name, text in texts),
    )


def label_meanings() -> list[tuple[str, str]]:
    """Give every label there is with what it means to a reader, promises first."""
    marks = [(level, bearing) for bearing in Bearing for level in Level]
    return [(label_words(*mark), explanation(*mark)) for mark in marks]


def _facts(version: Version, form: Form) -> Iterator[tuple[str, str]]:
    for name, value in public_words_of(version).items():
        if name == "positions":
            yield from _positions(value)
        elif name not in MARKDOWN and (text := _plain(form, name, value)):
            yield _label(form, name), text


def _positions(positions: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    known = {str(level): level.word for level in Level}
    for position in positions:
        level = known.get(position["level"], "no level yet")
        yield f"“{position['source']}” says", f"{position['says']} ({level})"


def _label(form: Form, name: str) -> str:
    return str(form[name].label) if name in form.fields else name


def _plain(form: Form, name: str, value: Any) -> str:
    field = form.fields.get(name)
    if isinstance(field, ChoiceField):
        known = {str(key): str(told) for key, told in field.choices}  # type: ignore[union-attr, misc]
        return known.get(value, value) if value else ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(field.prepare_value(value)) if field and value is not None else ""

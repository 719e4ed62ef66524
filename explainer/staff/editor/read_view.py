"""A revision as staff read it: rendered by the site's own renderer.

For the read-only page and for the preview beside a form. What cannot be rendered yet, because
a draft leaves it open, is shown as plain words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from explainer.evidence.levels import Bearing, Level, explanation, label_words
from explainer.kinds.schema import Entries, is_empty
from explainer.library import rendering
from explainer.library.context import public_context
from explainer.library.models import Revision
from explainer.library.validation import coming


@dataclass(frozen=True, slots=True)
class Preview:
    """A revision to read: at most one of `claim` and `page`; `facts` and `texts` are the rest."""

    claim: rendering.ClaimEntry | None = None
    page: rendering.Page | None = None
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, SafeString], ...] = ()


def preview(revision: Revision, prefix: str = "") -> Preview:
    """Render a revision, stored or not; `prefix` keeps its ids apart."""
    kind = revision.document.kind
    if kind.is_assessed:
        try:
            return Preview(claim=rendering.explain_claim(revision))
        except (KeyError, ValueError):
            return Preview(facts=tuple(_facts(revision, with_texts=True)))
    facts = tuple(_facts(revision))
    if kind.texts:
        return Preview(page=rendering.preview_page(revision, coming(), prefix), facts=facts)
    field = kind.field(kind.body)
    label = field.label if field else ""
    text = rendering.explain_markdown(revision.entry.fields[kind.body], public_context())
    return Preview(facts=facts, texts=((label, text),))


def label_meanings() -> list[tuple[str, str]]:
    """Give every label there is with what it means to a reader, promises first."""
    marks = [(level, bearing) for bearing in Bearing for level in Level]
    return [(label_words(*mark), explanation(*mark)) for mark in marks]


def _facts(revision: Revision, *, with_texts: bool = False) -> Iterator[tuple[str, str]]:
    """Give fields as (label, text), leaving out those that say nothing and those of the dialect."""
    for field in revision.document.kind.schema:
        value = revision.entry.fields[field.name]
        is_text = getattr(field.type, "is_dialect", False)
        if is_empty(value) or (is_text and not with_texts):
            continue
        if isinstance(field.type, Entries):
            yield from ((field.label, field.type.display_entry(entry)) for entry in value)
        else:
            yield field.label, field.type.display(value)

"""A revision as staff read it: rendered by the site's own renderer.

For the read-only page and for the preview beside a form. What cannot be rendered yet, because
a draft leaves it open, is shown as plain words.
"""

from collections.abc import Iterator
from typing import Any

from explainer.evidence.levels import Bearing, Level, explanation, label_words
from explainer.kinds.schema import Entries, is_empty
from explainer.library import rendering
from explainer.library.context import public_context
from explainer.library.models import Revision
from explainer.library.validation import coming

MARKS = [(level, bearing) for bearing in Bearing for level in Level]
MEANINGS = [(label_words(*mark), explanation(*mark)) for mark in MARKS]
"""Every label there is with what it means to a reader, promises first."""


def preview(revision: Revision, prefix: str = "") -> dict[str, Any]:
    """Render a revision, stored or not; `prefix` keeps its ids apart.

    At most one of `claim` and `page` is there; `facts` and `texts` are the rest.
    """
    kind = revision.document.kind
    if kind.is_assessed:
        try:
            return {"claim": rendering.explain_claim(revision)}
        except (KeyError, ValueError):
            return {"facts": list(_facts(revision, with_texts=True))}
    facts = list(_facts(revision))
    if kind.texts:
        return {"page": rendering.preview_page(revision, coming(), prefix), "facts": facts}
    text = rendering.explain_markdown(revision.entry.fields[kind.body], public_context())
    return {"facts": facts, "texts": [(kind.field_label(kind.body), text)]}


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

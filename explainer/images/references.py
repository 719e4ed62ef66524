"""Which texts name an image: drafts, what is and was public, and every kept save.

Searches the texts themselves, not the index of what is public, so that an old version
or a draft can always be shown again as it was. Writes nothing.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from explainer.evidence.dialect import parse
from explainer.library.models import (
    ArticleVersion,
    ClaimVersion,
    GlossaryTerm,
    ReferenceVersion,
    Save,
    Source,
    State,
)

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A version of an article that names an image; `subject` is articles/KEY."""

    subject: str
    title: str
    number: int
    state: str


def of(key: str) -> tuple[Mention, ...]:
    """Give the versions of articles that name an image, newest of each first."""
    versions = ArticleVersion.objects.filter(Q(summary__contains=key) | Q(body__contains=key))
    rows = versions.select_related("article").order_by("article__key", "-number")
    return tuple(
        Mention(row.subject, row.title, row.number, State(row.state).label) for row in rows
    )


def everywhere() -> frozenset[str]:
    """Give the keys of all images that any text of the library names, however it is written."""
    return frozenset(key for text in _texts() for key in named(text))


def named(text: str) -> Iterator[str]:
    """Give the keys that a text names.

    Takes anything that looks like a key, and what the dialect's own reader finds: a
    key may be spelled with entities.
    """
    yield from _KEY.findall(text)
    if "![" in text:
        for token in parse(text).tokens:
            yield from _figures(token.children or ())


def _figures(marks: Iterable[object]) -> Iterator[str]:
    for mark in marks:
        meta = getattr(mark, "meta", {})
        if getattr(mark, "type", "") == "figure" and meta.get("key"):
            yield str(meta["key"])


def _texts() -> Iterator[str]:
    for article in ArticleVersion.objects.values_list("summary", "body", "file_text").iterator():
        yield from article
    for claim in ClaimVersion.objects.values_list("why", "file_text").iterator():
        yield from claim
    yield from Source.objects.values_list("appraisal", flat=True).iterator()
    yield from GlossaryTerm.objects.values_list("definition", flat=True).iterator()
    for words in ReferenceVersion.objects.values_list("words", flat=True).iterator():
        yield from _words(words)
    for words in Save.objects.values_list("words", flat=True).iterator():
        yield from _words(words)


def _words(words: dict[str, object]) -> Iterator[str]:
    for value in words.values():
        yield value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""Words that stand in a document's texts, public or drafted, and where in it they stand.

The database gives the current words, and they are compared here as the lists do it, so that both
databases answer alike. A sentence is found as readers see it, without the marks around it. Not
the readers' search: that knows what is public alone, and answers with what is like the words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from explainer.kinds import Kind
from explainer.kinds.schema import Fields
from explainer.library.models import Document, Revision
from explainer.library.models.document import Mention
from explainer.text.search_words import folded, has_all

BESIDE = 60
"""Signs that are shown on each side of the first word that was found."""
MOST_PAGES = 3
MENU = "Name in the menus"

_MARKS = re.compile(r"\]\([^)\n]*\)|[*\[\]]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: in which field, the words around them, and pages that show these."""

    label: str
    words: str
    pages: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        pages = self.pages[:MOST_PAGES]
        more = f" and {len(self.pages) - MOST_PAGES} more" if len(self.pages) > MOST_PAGES else ""
        shown = f" (shown on: {', '.join(pages)}{more})" if pages else ""
        return f"{self.label}: {self.words}{shown}"


def places_of(words: Sequence[str]) -> dict[int, Place]:
    """Give where all of these folded words stand together, by document; three queries at most."""
    found = dict(_in_menus(words))
    current = Revision.objects.filter(Q(newest_of__isnull=False) | Q(live_of__isnull=False))
    told = current.order_by("document__key", "-number")
    rows: Any = told.values_list("document", "document__kind", "newest_of", "fields")
    for document, kind, newest, fields in rows:
        if document not in found and (place := _place(kind, fields, words)):
            public = "" if newest else ", as readers see it now"
            found[document] = replace(place, label=place.label + public)
    pages = _pages_showing(found)
    return {pk: replace(place, pages=tuple(pages[pk])) for pk, place in found.items()}


def _in_menus(words: Sequence[str]) -> Iterator[tuple[int, Place]]:
    """Find pages by what the menus call them: those of a treatment by its name and their topic."""
    rows = Document.objects.filter(newest__isnull=False, treatment__isnull=False)
    told: Any = rows.values_list("pk", "kind", "key", "treatment__key", "treatment__title")
    for pk, kind, key, treatment, title in told:
        name = kind.own_pages({treatment: title}).get(key, "")
        if name and has_all(words, [name]):
            yield pk, Place(MENU, name)


def _place(kind: Kind, fields: Fields, words: Sequence[str]) -> Place | None:
    # Whatever is typed differently is no sign of these, so a look at them spares the folding.
    plain = [word for word in words if word.isascii() and word.isalnum()]
    for own in kind.schema:
        text = _text(fields.get(own.name))
        lowered = text.casefold()
        if not text or not all(word in lowered for word in plain):
            continue
        for line in _MARKS.sub("", text).splitlines():
            if has_all(words, [line]):
                return Place(own.label, _around(folded(line), line, words))
    return None


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(map(_text, value.values()))
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return value if isinstance(value, str) else ""


def _around(said: str, line: str, words: Sequence[str]) -> str:
    """Give the line around the words; folding may shift it by some signs."""
    together = said.find(" ".join(words))
    place = together if together >= 0 else min(said.find(word) for word in words)
    start, end = max(0, place - BESIDE), place + 2 * BESIDE
    before, after = "… " if start else "", " …" if end < len(line) else ""
    return f"{before}{line[start:end].strip()}{after}"


def _pages_showing(found: Mapping[int, Place]) -> Mapping[int, list[str]]:
    """Give the titles of the public pages that show documents, by document; one query."""
    titles: dict[int, list[str]] = defaultdict(list)
    public = Revision.objects.published()
    rows = Mention.objects.filter(document__in=list(found), revision__in=public)
    for pk, title in rows.order_by("revision__document__key").values_list(
        "document", "revision__document__title"
    ):
        titles[pk].append(title)
    return titles

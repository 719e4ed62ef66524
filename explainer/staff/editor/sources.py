"""Choosing a source: the admin's own autocomplete, and the key typed by hand without it.

The admin's list answers with row numbers; words name sources by key. A key of figures alone
would be taken for a number, so nothing new gets one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Q, QuerySet

from explainer.kinds import SOURCE
from explainer.kinds.schema import KEY
from explainer.library.models import Document, Position

LARGEST = 2**63


Sources = Mapping[str, Document]


def sources_named(names: Iterable[str]) -> Sources:
    """Give the public sources that are named, by key and by number, in one query."""
    keys = {name for name in names if KEY.fullmatch(name)}
    numbers = [int(name) for name in keys if name.isdigit() and int(name) < LARGEST]
    found = _public().filter(Q(key__in=keys) | Q(pk__in=numbers)) if keys else ()
    return {str(row.pk): row for row in found} | {row.key: row for row in found}


class SourceSelect(AutocompleteSelect):
    """The admin's autocomplete over sources; shows what is chosen without a query."""

    def __init__(self, sources: Sources) -> None:
        super().__init__(Position._meta.get_field("source"), admin.site)
        self.sources = sources

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """Offer the chosen source alone; the script asks for the others."""
        options: list[Mapping[str, Any]] = [self.create_option(name, "", "", not any(value), 0)]
        for chosen in filter(None, value):
            row = self.sources.get(chosen)
            key, title = (row.key, f"{row.key}: {row.title}") if row else (chosen, chosen)
            options.append(self.create_option(name, key, title, True, 1))
        return [(None, options, 0)]


def all_sources() -> list[tuple[str, str]]:
    """Give every public source as (key, title), for choosing without a script."""
    return list(_public().order_by("title").values_list("key", "title"))


def _public() -> QuerySet[Document]:
    return Document.objects.filter(kind=SOURCE, live__isnull=False)

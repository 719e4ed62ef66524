"""Choosing a source: the admin's own autocomplete, and the key typed by hand without it.

The admin's list answers with row numbers; words name sources by key. A key of
figures alone would be taken for a number, so no new source gets one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Q

from explainer.library.fields import KEY
from explainer.library.models import Position, Source

LARGEST = 2**63


class Sources:
    """The sources that the rows of a form name, by key or by number, found in one query."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        named = {name for name in named if KEY.fullmatch(name)}
        numbers = [int(name) for name in named if is_number(name) and int(name) < LARGEST]
        self._held: dict[str, Source] = {}
        if named:
            rows = Source.objects.filter(Q(key__in=named) | Q(pk__in=numbers))
            rows = rows.only("key", "title")
            self._held = {str(row.pk): row for row in rows} | {row.key: row for row in rows}

    def find(self, name: str) -> Source | None:
        """Give the source with this key, or else with this number."""
        return self._held.get(name)


class SourceSelect(AutocompleteSelect):
    """The admin's autocomplete over sources; shows what is chosen without a query."""

    def __init__(self, sources: Sources | None = None) -> None:
        super().__init__(Position._meta.get_field("source"), admin.site)
        self.sources = sources or Sources()

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """Offer the chosen source alone; the script asks for the others."""
        options: list[Mapping[str, Any]] = [self.create_option(name, "", "", not any(value), 0)]
        for given in filter(None, value):
            row = self.sources.find(given)
            key, title = (row.key, f"{row.key}: {row}") if row else (given, given)
            options.append(self.create_option(name, key, title, True, 1))
        return [(None, options, 0)]


def is_number(name: str) -> bool:
    """True for figures alone."""
    return name.isascii() and name.isdigit()


def all_sources() -> list[tuple[str, str]]:
    """Give every source as (key, title), for choosing without a script."""
    return list(Source.objects.order_by("title").values_list("key", "title"))

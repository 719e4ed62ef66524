"""The positions of a claim: who says what, as rows of its form.

Without a script there are three empty rows to fill in; with one, a button adds more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.forms.renderers import get_default_renderer

from explainer.editor.fields import (
    BoundField,
    FormProblem,
    TextField,
    form_field,
    refusals_of,
)
from explainer.editor.widgets import Sources, SourceSelect, all_sources, sources_named
from explainer.kinds.schema import Entries, Field, Fields, SourceKey

EMPTY_ROWS = 3
MOST = 60
"""Positions of one claim; more are refused, and shown, not dropped."""

NO_SOURCE = "There is no source “{}”. Choose one from the list, or add it as a new source first."
WHOSE = "Whose position is this? Choose one, or tick the box to remove this position."
TWICE = (
    "This source already takes a position on the same product above. "
    "Join the two, or choose another product."
)

Choices = Callable[[str], Sequence[tuple[str, str]]]


class PositionForm(forms.Form):
    """What one source says. Wholly empty rows do not count."""

    use_required_attribute = False
    bound_field_class = BoundField
    typed = TextField(label="Or the key of another source", help_text="As in the list of sources.")

    def __init__(
        self, *args: Any, table: Sequence[Field], choices: Choices, sources: Sources, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._sources = sources
        self.names = [field.name for field in table]
        for field in table:
            by_key = isinstance(field.type, SourceKey)
            widget = {"widget": SourceSelect(sources)} if by_key else {}
            offered = choices(f"positions.{field.name}")
            self.fields[field.name] = form_field(field, offered, **widget)
        self.problems: Sequence[FormProblem] = ()

    @property
    def counts(self) -> bool:
        """True if something was filled in and its box to remove it is not ticked."""
        filled = any(self.cleaned_data.get(name) for name in (*self.names, "typed"))
        return filled and not self.cleaned_data.get("DELETE")

    @property
    def inputs(self) -> list[Any]:
        return [self[name] for name in (*self.names, "DELETE")]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        name = cleaned.get("typed") or cleaned.get("source", "")
        if source := self._sources.get(name):
            cleaned["source"] = source.key
        elif name:
            self.add_error("source", NO_SOURCE.format(name[:60]))
        elif self.counts:
            self.add_error("source", WHOSE)
        return cleaned


class Positions(BaseFormSet):
    """The positions of one claim; `product` is what a row without a product means."""

    form, renderer = PositionForm, get_default_renderer()
    extra, min_num, max_num, absolute_max = EMPTY_ROWS, 0, MOST, 1000
    can_order, can_delete, can_delete_extra = False, True, True
    validate_min, validate_max = False, True
    product = ""
    all_sources = staticmethod(all_sources)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Remove this position"

    def clean(self) -> None:
        """Refuse a second position of the same source on the same product: there is no room."""
        seen: set[tuple[str, str]] = set()
        for form in self._counting():
            source = form.cleaned_data.get("source", "")
            pair = source, form.cleaned_data.get("product") or self.product
            if pair in seen and source:
                form.add_error("source", TWICE)
            seen.add(pair)

    def entries(self) -> list[Fields]:
        """Give the positions in the order of the page; a product is named if not the claim's."""
        rows = ({name: form.cleaned_data[name] for name in form.names} for form in self._counting())
        same = {self.product: ""}
        return [{**row, "product": same.get(row["product"], row["product"])} for row in rows]

    def row(self, order: int) -> PositionForm | None:
        """Find the row of a position by its place in `entries`."""
        forms = list(self._counting()) if self.is_bound else self.forms
        rows = forms[order : order + 1] or self.forms
        return rows[0] if rows else None

    @property
    def refusals(self) -> Iterator[FormProblem]:
        """What keeps a row from being stored."""
        for number, form in enumerate(self.forms, start=1):
            if self.is_bound and not getattr(form, "cleaned_data", {}).get("DELETE"):
                yield from refusals_of(form, f"Position {number}: ")
        for message in self.non_form_errors():
            yield FormProblem(str(self.prefix), "Positions", 0, str(message))

    def _counting(self) -> Iterator[PositionForm]:
        return (form for form in self.forms if form.counts)


def positions(
    field: Field, data: Any, entries: Sequence[Mapping[str, Any]], choices: Choices
) -> Positions:
    """Make the rows of a claim's positions; takes one query whatever their number."""
    type_ = field.type
    assert isinstance(type_, Entries)  # noqa: S101 - for the type checker
    names = [entry["source"] for entry in entries]
    if data is not None:
        ends = ("-source", "-typed")
        own = [name for name in data if name.startswith(f"{field.name}-") and name.endswith(ends)]
        names = [value.strip() for name in own for value in data.getlist(name)]
    options = {"table": type_.table, "choices": choices, "sources": sources_named(names)}
    # What was posted is never compared with what is stored: an unchanged row would count as empty.
    initial = entries if data is None else None
    return Positions(data, initial=initial, prefix=field.name, form_kwargs=options)

"""The positions of a claim: who says what, as rows of its form.

Without a script there are three empty rows to fill in; with one, a button adds more.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet, formset_factory

from explainer.evidence.levels import Level
from explainer.library.words import Words
from explainer.staff.editor.fields import Choice, Text, words_of
from explainer.staff.editor.forms import Row, describe, refusals_of
from explainer.staff.editor.problems import Told
from explainer.staff.editor.sources import Sources, SourceSelect
from explainer.staff.posting import POSITION, POSITIONS

EMPTY_ROWS = 3
MOST = 60
"""Positions of one claim; more are refused, and shown, not dropped."""


class PositionForm(forms.Form):
    """What one source says. Wholly empty rows do not count."""

    use_required_attribute = False
    source = Text(
        label="Source",
        widget=SourceSelect(),
    )
    typed = Text(label="Or the key of another source", help_text="As in the list of sources.")
    level = Choice(
        words_of(Level, "word"),
        label="Going by this source alone",
    )
    product = Choice(empty="The same as the claim", label="It speaks of")
    says = Text(rows=2, label="What it says, in one sentence of ours")

    def __init__(self, *args: Any, sources: Sources, products: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._sources = sources
        self.fields["source"].widget.sources = sources
        self.fields["product"].offer(products)  # type: ignore[attr-defined]
        self.problems: tuple[Told, ...] = ()

    @property
    def is_blank(self) -> bool:
        """True if nothing was filled in."""
        return not any(self.cleaned_data.get(name) for name in (*POSITION, "typed"))

    @property
    def is_removed(self) -> bool:
        """True if its box to remove it is ticked."""
        return bool(self.cleaned_data.get("DELETE"))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The fields as the page shows them; the typed key stands apart."""
        names = [*POSITION, *(["DELETE"] if "DELETE" in self.fields else [])]
        return tuple(Row(self[name], self._at(self[name])) for name in names)

    def show(self, told: tuple[Told, ...]) -> None:
        """Put problems to the fields of this row."""
        self.problems = told
        for name in self.fields:
            describe(self[name], self._at(self[name]))

    def clean(self) -> dict[str, Any]:
        """Find the source; a row without one cannot be stored."""
        given = self.cleaned_data
        name = given.get("typed") or given.get("source", "")
        found = self._sources.find(name)
        if found:
            given["source"] = found.key
        elif name:
            cure = "Choose one from the list, or add it as a new source first."
            self.add_error("source", f"There is no source “{name[:60]}”. {cure}")
        elif not self.is_blank:
            cure = "Choose one, or tick the box to remove this position."
            self.add_error("source", f"Whose position is this? {cure}")
        return given

    def _at(self, bound: BoundField) -> tuple[Told, ...]:
        return tuple(told for told in self.problems if told.id == bound.id_for_label)


class BasePositions(BaseFormSet):
    """The positions of one claim; `claim_product` is what a row without a product means."""

    claim_product = ""

    def add_fields(self, form: PositionForm, index: int | None) -> None:
        """Name the box that removes a position."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Remove this position"

    def clean(self) -> None:
        """Refuse a second position of the same source on the same product: there is no room."""
        seen: set[tuple[str, str]] = set()
        for form in self._counting():
            given = form.cleaned_data
            spoken = given.get("source", ""), given.get("product") or self.claim_product
            if spoken in seen and spoken[0]:
                message = "This source already takes a position on the same product above. "
                form.add_error("source", f"{message}Join the two, or choose another product.")
            seen.add(spoken)

    def words(self) -> list[Words]:
        """Give the positions as words, in the order of the page."""
        return [self._words(form) for form in self._counting()]

    @property
    def places(self) -> list[int]:
        """Which row each position of `words` stands in."""
        if not self.is_bound:
            return list(range(self.total_form_count()))
        counting = list(self._counting())
        return [index for index, form in enumerate(self.forms) if form in counting]

    @property
    def refusals(self) -> Iterator[tuple[str, str, str]]:
        """What keeps a row from being stored."""
        for number, form in enumerate(self.forms, start=1):
            if self.is_bound and not getattr(form, "cleaned_data", {}).get("DELETE"):
                yield from refusals_of(form, f"Position {number}: ")
        for message in self.non_form_errors():
            yield "positions", "Positions", str(message)

    def _counting(self) -> Iterator[PositionForm]:
        return (form for form in self.forms if not (form.is_blank or form.is_removed))

    def _words(self, form: PositionForm) -> Words:
        words = {name: form.cleaned_data[name] for name in POSITION}
        # As rows are read back: a product is named only if it is not the claim's.
        return words | {"product": words["product"] if self._is_own(words) else ""}

    def _is_own(self, words: Words) -> bool:
        return bool(words["product"] != self.claim_product)


Positions = formset_factory(
    PositionForm,
    formset=BasePositions,
    extra=EMPTY_ROWS,
    can_delete=True,
    max_num=MOST,
    validate_max=True,
    absolute_max=1000,
)


def positions(data: Any, initial: list[Words], products: list[tuple[str, str]]) -> BasePositions:
    """Make the rows of a claim's positions; takes one query whatever their number."""
    if data is None:
        named = [words["source"] for words in initial]
    else:
        named = [
            value
            for name in data
            if name.startswith(f"{POSITIONS}-") and name.endswith(("-source", "-typed"))
            for value in data.getlist(name)
        ]
    kwargs = {"sources": Sources(name.strip() for name in named), "products": products}
    # What was posted is never compared with what is stored: an unchanged row would count as empty.
    held = initial if data is None else None
    made = Positions(data, initial=held, prefix=POSITIONS, form_kwargs=kwargs)
    assert isinstance(made, BasePositions)  # noqa: S101 - for the type checker
    return made

"""A form's fields as its page shows them, with what is to be put right in each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from explainer.staff.editor.problems import FormProblem


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a form with what is to be put right in it."""

    bound: BoundField
    problems: tuple[FormProblem, ...] = ()

    @property
    def is_box(self) -> bool:
        """True for a box to tick, whose label stands behind it."""
        return isinstance(self.bound.field, forms.BooleanField)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together under a heading; `table` are rows instead, if it has such."""

    title: str
    help: str
    rows: tuple[Row, ...]
    table: Any = None


def row_of(bound: BoundField, problems: Iterable[FormProblem]) -> Row:
    """Show a field with those of the problems that are in it."""
    return Row(bound, tuple(found for found in problems if found.id == bound.id_for_label))


def describe(bound: BoundField, problems: Iterable[FormProblem]) -> None:
    """Tie help, errors and problems to an input. Django does so for the first two alone."""
    own = row_of(bound, problems).problems
    parts = {"helptext": bound.help_text, "error": bound.errors, "problems": own}
    if ids := [f"{bound.id_for_label}_{part}" for part, there in parts.items() if there]:
        bound.field.widget.attrs["aria-describedby"] = " ".join(ids)


def refusals_of(form: forms.Form, before: str = "") -> Iterator[FormProblem]:
    """Give each error of a form, as a problem without a line."""
    for name, messages in form.errors.items():
        bound = form[name] if name in form.fields else None
        place, label = (bound.id_for_label, str(bound.label)) if bound else ("", "")
        yield from (FormProblem(place, f"{before}{label}", 0, str(text)) for text in messages)

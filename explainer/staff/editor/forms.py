"""What the forms of the desk share: words in, words out, and problems at their fields.

Not a ModelForm: a form knows the names of `library.words` and nothing of rows, so
that no crafted field can set a state, a label or an approval (requirement A4).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from explainer.library.words import ABOUT, Words
from explainer.staff.editor.fields import Text
from explainer.staff.editor.problems import Told


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a form with what is to be put right in it."""

    bound: BoundField
    problems: tuple[Told, ...] = ()

    @property
    def is_box(self) -> bool:
        """True for a box to tick, whose label stands behind it."""
        return isinstance(self.bound.field, forms.BooleanField)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together under a heading, with a line on how they combine."""

    title: str
    told: str
    rows: tuple[Row, ...]
    positions: bool = False


Groups = tuple[tuple[str, str, tuple[str, ...]], ...]
"""The fields of a form as its page shows them: title, a line on how they combine, names."""


class EntryForm(forms.Form):
    """A form for the words of one version.

    `NAMES` are the words it takes, `GROUPS` (title, line, field names) their order on
    the page. `base` is the save count that the form began from and `number` the
    version's number: a draft that was discarded and begun again is another one.
    """

    use_required_attribute = False
    NAMES: ClassVar[tuple[str, ...]] = ()
    GROUPS: ClassVar[Groups] = ()

    base = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)
    note = Text(
        limit=500,
        rows=2,
        label="What changed and why",
        help_text="Readers see it in the history, with the date. One or two plain sentences.",
    )
    correction = forms.BooleanField(
        required=False,
        label="Something public was wrong: mark this as a correction",
        help_text="Tick it if readers could have been misled, not for better wording.",
    )

    def words(self) -> Words:
        """Give what was typed, once the form is valid."""
        names = [name for name in (*self.NAMES, *ABOUT) if name in self.fields]
        return {name: self.cleaned_data[name] for name in names}

    @property
    def groups(self) -> tuple[Group, ...]:
        """The fields as the page shows them, with what is to be put right in each."""
        about = ("About this change", "Not part of the text itself.", ABOUT)
        return tuple(self._group(*group) for group in (*self.GROUPS, about))

    @property
    def hidden(self) -> list[BoundField]:
        """The fields nobody sees."""
        return self.hidden_fields()

    @property
    def refusals(self) -> list[tuple[str, str, str]]:
        """What keeps the words from being stored: (id of the field, its label, message)."""
        return list(self._refusals())

    def show(self, told: Iterable[Told]) -> None:
        """Put problems to their fields, so that a screen reader reads them with the field."""
        self._told = tuple(told)
        for name in self.fields:
            describe(self[name], self._at(self[name]))

    def place(self, field: str) -> BoundField | None:
        """Find the field that a problem names, by dotted path."""
        name = field.partition(".")[0]
        return self[name] if name in self.fields else None

    _told: tuple[Told, ...] = ()

    def _at(self, bound: BoundField) -> tuple[Told, ...]:
        return tuple(told for told in self._told if told.id == bound.id_for_label)

    def _group(self, title: str, told: str, names: Iterable[str]) -> Group:
        rows = (self[name] for name in names if name in self.fields)
        return Group(title, told, tuple(Row(bound, self._at(bound)) for bound in rows))

    def _refusals(self) -> Iterator[tuple[str, str, str]]:
        yield from refusals_of(self)


def refusals_of(form: forms.Form, before: str = "") -> Iterator[tuple[str, str, str]]:
    """Give each error of a form as (id, label, message)."""
    for name, messages in form.errors.items():
        bound = form[name] if name in form.fields else None
        label = str(bound.label) if bound else ""
        for message in messages:
            yield bound.id_for_label if bound else "", f"{before}{label}", str(message)


def describe(bound: BoundField, problems: Iterable[Told]) -> None:
    """Tie help, errors and problems to an input. Django does so for the first two alone."""
    parts = {"helptext": bound.help_text, "error": bound.errors, "problems": tuple(problems)}
    ids = [f"{bound.id_for_label}_{part}" for part, there in parts.items() if there]
    attrs: dict[str, Any] = bound.field.widget.attrs
    if ids:
        attrs["aria-describedby"] = " ".join(ids)

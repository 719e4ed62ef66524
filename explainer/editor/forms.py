"""The form of a document, made from its kind's schema and layout.

Not a ModelForm: it knows the names of a schema and nothing of rows, so that no crafted field
can set a state, a label or an approval.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxLengthValidator
from django.urls import reverse

from explainer.editor.fields import BoundField, FormProblem, form_field, in_form, refusals_of
from explainer.editor.positions import Positions, positions
from explainer.editor.products import named_product
from explainer.editor.widgets import LiveMarkdown
from explainer.kinds import CLAIM, Kind
from explainer.kinds.schema import Entries, Field, Fields, Flag, Text
from explainer.library.drafts import ABOUT, saved_fields
from explainer.library.models import Document, Revision
from explainer.text.problems import Problem

NOTE = Field(
    "note", Text(500, lines=2), "What changed and why",
    "Readers see it in the history, with the date. One or two plain sentences.",
)  # fmt: skip
CORRECTION = Field(
    "correction", Flag(), "Something public was wrong: mark this as a correction",
    "Tick it if readers could have been misled, not for better wording.",
)  # fmt: skip
TOO_LONG = (
    "This has %(show_value)d characters and at most %(limit_value)d can be kept. "
    "Nothing is lost: shorten it here, then save."
)


class DocumentForm(forms.Form):
    """The fields of a schema that are asked, with what an author says about the change.

    `base` is the lock version that the form began from and `number` the revision's number: a
    draft that was discarded and begun again is another one. `tables` are the fields that hold
    entries, as formsets by name.
    """

    use_required_attribute = False
    bound_field_class = BoundField
    base = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, kind: Kind, data: Any, initial: Fields, treatment: Any = None, **options: Any
    ) -> None:
        super().__init__(data, initial=initial, **options)
        self.kind = kind
        self.tables: dict[str, Positions] = {}
        self.problems: Sequence[FormProblem] = ()
        self.remarks: Sequence[FormProblem] = ()
        self._treatment = treatment
        for field in self.asked():
            if isinstance(field.type, Entries):
                self._add_table(field)
            else:
                self.fields[field.name] = form_field(field, self._options(field.name))
        self.fields["note"].validators.append(MaxLengthValidator(500, TOO_LONG))

    def asked(self) -> tuple[Field, ...]:
        return (*self.kind.schema, NOTE, CORRECTION)

    @property
    def document_fields(self) -> Fields:
        """What was typed as the schema knows it; only of a valid form."""
        tables = {name: table.entries() for name, table in self.tables.items()}
        names = [field.name for field in self.asked() if field.name in self.fields]
        return {name: self.cleaned_data[name] for name in names} | tables

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The inputs that belong together under a heading; or `table`, the rows there."""
        about = ("About this change", "Not part of the text itself.", ABOUT)
        return [
            {
                "title": title,
                "help": help_text,
                "inputs": [self[name] for name in names if name in self.fields],
                "table": next((self.tables[name] for name in names if name in self.tables), None),
            }
            for title, help_text, names in (*self.layout(), about)
        ]

    @property
    def refusals(self) -> list[FormProblem]:
        """What keeps the words from being stored."""
        tables = self.tables.values()
        return [*refusals_of(self), *(found for table in tables for found in table.refusals)]

    def layout(self) -> Iterable[tuple[str, str, Sequence[str]]]:
        """Give the groups of fields: heading, how they combine, names."""
        return self.kind.layout

    def clean(self) -> dict[str, Any]:
        for table in self.tables.values():
            table.product = self.cleaned_data.get("product", "")
        return self.cleaned_data

    def is_valid(self) -> bool:
        # A list, so that each is asked and says what it refuses.
        return all([super().is_valid(), *(table.is_valid() for table in self.tables.values())])

    def show(self, found: Iterable[Problem] = ()) -> None:
        """Put problems to their fields, errors first, so that a screen reader reads them there."""
        in_order = sorted(found, key=lambda each: not each.is_error)
        self.problems = [in_form(it, self.kind, *self.place(it.field)) for it in in_order]
        for row in (row for table in self.tables.values() for row in table.forms):
            row.problems = self.problems

    def place(self, path: str) -> tuple[str, str]:
        """Find the id and label of the field that a dotted path names, in its row if it has one."""
        name, _, inner = path.partition(".")
        if name in self.fields:
            return self[name].id_for_label, str(self[name].label)
        if name not in self.tables:
            return "", ""
        order, _, column = inner.partition(".")
        row = self.tables[name].row(int(order)) if order else None
        if row is None:
            # Of all of them, or of there being none: their part of the form.
            return f"id_{name}", self.kind.field_label(name)
        bound = row[column if column in row.fields else row.names[0]]
        return bound.id_for_label, f"Position {int(order) + 1}: {bound.label}"

    def _add_table(self, field: Field) -> None:
        data, entries = self.data if self.is_bound else None, self.initial.get(field.name, [])
        self.tables[field.name] = positions(field, data, entries, self._options)

    def _options(self, path: str) -> Sequence[tuple[str, str]]:
        """Give what a field names, and what it names already although that is gone."""
        source = self._treatment and (self._treatment.live or self._treatment.newest)
        options = dict(self.kind.choices(path, source.fields if source else {}))
        table, _, name = path.rpartition(".")
        for values in self.initial.get(table, []) if table else [self.initial]:
            if options and (value := values.get(name)):
                options.setdefault(value, f"{value} (not there any more)")
        return list(options.items())


def form_for(document: Document, data: Any = None, fields: Fields | None = None) -> DocumentForm:
    """Give the form of a document, filled with its newest words, others, or what was posted."""
    newest = document.newest
    stored = {"base": newest.lock_version, "number": newest.number} if newest else {}
    words = fields or (saved_fields(newest) if newest else {})
    form = DocumentForm(document.kind, data, {**words, **stored}, document.treatment)
    # Only where somebody writes: merging two texts asks for no preview beside them.
    if document.kind.texts and fields is None:
        form.fields[document.kind.body].widget = LiveMarkdown(attrs=_addresses(document))
    return form


def with_fields(revision: Revision, fields: Fields) -> Revision:
    """Give an unsaved copy of a revision that says other words."""
    about = {name: fields.get(name, getattr(revision, name)) for name in ABOUT}
    made = Revision(document=revision.document, number=revision.number, **about)
    made.fields = {**revision.fields, **fields}
    return made


def _addresses(document: Document) -> dict[str, str]:
    treatment = document.kind.treatment(document.key)
    product = named_product(CLAIM, document.title, document.treatment)
    about = urlencode({"treatment": treatment, "topic": document.topic, "product": product})
    return {
        "data-article": document.key,
        "data-treatment": treatment,
        "data-new-claim-url": f"{reverse('staff-new', args=['claims'])}?{about}",
        "data-upload-url": reverse("staff-image-upload"),
    }

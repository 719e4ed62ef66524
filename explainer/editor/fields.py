"""Fields of staff's forms, one for each type of a schema, and the problems that stand at them.

They refuse only what cannot be stored. A draft may be incomplete or wrong; `validation` says so
after it is saved, and a problem is worded by its code and parameters for people who see no file.
No field carries `maxlength`, because a browser would shorten a pasted text in silence.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import boundfield

from explainer.kinds import Kind, schema
from explainer.kinds.schema import Field
from explainer.kinds.wordings import check_whole
from explainer.library.brackets import UNKNOWN
from explainer.text.markdown import MAX_BYTES
from explainer.text.problems import Problem, Refused


class TextField(forms.CharField):
    """Words as they were typed, without spaces around them and with line ends as stored.

    Of a text of the dialect the first line keeps its spaces, which have a meaning there.
    """

    def __init__(self, *, lines: int = 1, is_dialect: bool = False, **options: Any) -> None:
        box = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        options.setdefault("widget", box)
        super().__init__(required=False, strip=False, **options)
        self.is_dialect = is_dialect
        self.validators.append(_storable)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return text.strip("\n").rstrip() if self.is_dialect else text.strip()


class ChoiceField(forms.ChoiceField):
    """One of several words, in the words that readers see; `missing` stands for no choice."""

    default_error_messages = {
        "invalid_choice": "“%(value)s” is not one of the choices. Choose one from the list."
    }

    def __init__(
        self, options: Iterable[tuple[str, str]], *, blank: str = "", missing: str = "", **more: Any
    ) -> None:
        choices = [*([] if missing else [("", blank)]), *options]
        super().__init__(required=False, choices=choices, **more)
        self.missing = missing

    def clean(self, value: Any) -> Any:
        return super().clean(value) or self.missing


class LinesField(TextField):
    """A list of short texts, one on a line, in a box as high as the list up to MOST_ROWS."""

    FEWEST_ROWS, MOST_ROWS = 3, 25

    def __init__(self, **options: Any) -> None:
        super().__init__(lines=self.FEWEST_ROWS, **options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        rows = min(max(len(value) + 1, self.FEWEST_ROWS), self.MOST_ROWS)
        self.widget.attrs["rows"] = rows
        return "\n".join(map(str, value))

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).split("\n") if line.strip()]


class PairsField(LinesField):
    """Pairs of key and name, one "key: name" on a line; keeps their order."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "\n".join(": ".join(map(str, pair)) for pair in value)
        return value

    def clean(self, value: Any) -> Any:
        pairs: dict[str, str] = {}
        for line in super().clean(value):
            key, colon, name = (part.strip() for part in line.partition(":"))
            if not colon or not key:
                raise ValidationError(f"“{line}” is not a key and a name. Write “key: name”.")
            if key in pairs:
                raise ValidationError(f"The key “{key}” stands there twice. Give each its own.")
            pairs[key] = name
        return [list(pair) for pair in pairs.items()]


class YearField(forms.IntegerField):
    """A year, or nothing."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 6})
        super().__init__(required=False, min_value=0, max_value=9999, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            message = f"“{str(value)[:60]}” is not a year. Write it in figures, as in 2023."
            raise ValidationError(message) from None


def form_field(field: Field, options: Iterable[tuple[str, str]] = (), **more: Any) -> forms.Field:
    """Make the form's field for one of a schema; `options` are what it is chosen from, if so."""
    about = {"label": field.label, "help_text": field.help, **more}
    if offered := list(options) or getattr(field.type, "options", []):
        return ChoiceField(offered, blank=field.blank, missing=field.missing, **about)
    if isinstance(field.type, schema.Text):
        return TextField(lines=field.type.lines, is_dialect=field.type.is_dialect, **about)
    return _MAKERS[type(field.type)](**about)


_MAKERS: Mapping[type[schema.Type], Callable[..., forms.Field]] = {
    schema.Flag: partial(forms.BooleanField, required=False),
    schema.Day: TextField,
    schema.Year: YearField,
    schema.Words: LinesField,
    schema.Pairs: PairsField,
}


def _storable(value: str) -> None:
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        message = "There is half a character in this text, left over from copying. Take it out."
        raise ValidationError(message) from None
    if size > MAX_BYTES:
        raise ValidationError(
            f"This has {size} bytes and at most {MAX_BYTES} can be kept. "
            "Nothing is lost: shorten it here, then save."
        )


WORDINGS: Final = {
    "missing": "This is empty. Fill it in.",
    "positions-missing": "No source speaks to it yet. Add a position.",
    "reason-needed": "The label is Unsupported: choose why.",
    "reason-not-applicable": "The label is not Unsupported: choose “It is not unsupported”.",
    "override-incomplete": "A more cautious label and its reason go together: "
    "give both or neither.",
    "ask-needed": "An unsupported promise needs a question for the clinic: "
    "what a reader can ask a clinic about it.",
    "looked-missing": "The claim rests on what was not found: say on what day you looked, and "
    "what you searched for.",
    "twins-differ": "Its twin “{key}” has another label. Say under “Why its twin has another "
    "label” what is known about one and not about the other.",
    "finding-against-level": "This does not go with the label by this source alone. What you chose "
    "here can carry {levels}. Correct one of the two.",
}
"""By the code of a problem: how staff read what is worded for files otherwise."""


STEP_TAKEN = "step"
"""The severity of what saving puts right by itself."""


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A problem with the id and label of the field it is in; both empty for none.

    `adds` is what one step would add to a claim: its key and the words, if that would solve it.
    """

    id: str
    label: str
    line: int
    message: str
    severity: str = "error"
    adds: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def is_step(self) -> bool:
        return self.severity == STEP_TAKEN


def worded(problem: Problem | Refused, kind: Kind | None = None) -> str:
    """Say a problem as staff read it; `kind` is that of the document it is in."""
    code = problem.code
    if code == "missing" and kind and problem.field == kind.body:
        return f"Empty. {kind.missing_body}"
    if code in ("missing", "no-entry") and problem.field == "positions":
        code = "positions-missing"
    # What stands in the field is beside the message; the field's name is its label.
    cure = problem.params.get("cure", "")
    said = WORDINGS.get(code, "").format_map(problem.params)
    return said or cure[:1].upper() + cure[1:] or problem.message


def in_form(found: Problem, kind: Kind, place: str, label: str) -> FormProblem:
    """Put a problem to the field that has this id and label."""
    is_missing = found.code == UNKNOWN and not any(check_whole(found.params["words"]))
    adds = "{key} {words}".format_map(found.params) if is_missing else ""
    return FormProblem(place, label, found.line, worded(found, kind), str(found.severity), adds)


class BoundField(boundfield.BoundField):
    """An input with those of its form's problems that are in it, for a screen reader too."""

    form: Any

    @property
    def problems(self) -> list[FormProblem]:
        return [found for found in self.form.problems if found.id == self.id_for_label]

    @property
    def remarks(self) -> list[FormProblem]:
        found = getattr(self.form, "remarks", ())
        return [remark for remark in found if remark.id == self.id_for_label]

    @property
    def is_box(self) -> bool:
        return isinstance(self.field, forms.BooleanField)

    @property
    def aria_describedby(self) -> str | None:
        own = [f"{self.id_for_label}_problems"] if self.problems else []
        own += [f"{self.id_for_label}_remarks"] if self.remarks else []
        return " ".join([*filter(None, [super().aria_describedby]), *own]) or None


def refusals_of(form: forms.BaseForm, before: str = "") -> Iterator[FormProblem]:
    """Give each error of a form, as a problem without a line."""
    for name, messages in form.errors.items():
        bound = form[name] if name in form.fields else None
        place, label = (bound.id_for_label, str(bound.label)) if bound else ("", "")
        yield from (FormProblem(place, f"{before}{label}", 0, str(text)) for text in messages)

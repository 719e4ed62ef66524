"""Problems as a form shows them: in words for people who see no file, at their field and line.

What is wrong is decided by `validation`; the wording goes by a problem's code and parameters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms import boundfield

from explainer.evidence.problems import Problem, Refused
from explainer.kinds import Kind

WORDINGS: Final = {
    "missing": "This is empty. Fill it in.",
    "positions-missing": "No source speaks to it yet. Add a position.",
    "reason-needed": "The label is Unsupported: choose why.",
    "reason-not-applicable": "The label is not Unsupported: choose “It is not unsupported”.",
    "override-incomplete": "A more cautious label and its reason go together: "
    "give both or neither.",
    "ask-needed": "An unsupported promise needs a question for the clinic: "
    "what a reader can ask a clinic about it.",
}
"""By the code of a problem: how staff read what is worded for files otherwise."""


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A problem with the id and label of the field it is in; both empty for none."""

    id: str
    label: str
    line: int
    message: str
    severity: str = "error"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


def worded(problem: Problem | Refused, kind: Kind | None = None) -> str:
    """Say a problem as staff read it; `kind` is that of the document it is in."""
    code = problem.code
    if code == "missing" and kind and problem.field == kind.body:
        return f"Empty. {kind.missing_body}"
    if code in ("missing", "no-entry") and problem.field == "positions":
        code = "positions-missing"
    # What stands in the field is beside the message; the field's name is its label.
    cure = problem.params.get("cure", "")
    return WORDINGS.get(code) or cure[:1].upper() + cure[1:] or problem.message


class BoundField(boundfield.BoundField):
    """An input with those of its form's problems that are in it, for a screen reader too."""

    form: Any

    @property
    def problems(self) -> list[FormProblem]:
        return [found for found in self.form.problems if found.id == self.id_for_label]

    @property
    def is_box(self) -> bool:
        return isinstance(self.field, forms.BooleanField)

    @property
    def aria_describedby(self) -> str | None:
        own = f"{self.id_for_label}_problems" if self.problems else ""
        return f"{super().aria_describedby or ''} {own}".strip() or None


def refusals_of(form: forms.BaseForm, before: str = "") -> Iterator[FormProblem]:
    """Give each error of a form, as a problem without a line."""
    for name, messages in form.errors.items():
        bound = form[name] if name in form.fields else None
        place, label = (bound.id_for_label, str(bound.label)) if bound else ("", "")
        yield from (FormProblem(place, f"{before}{label}", 0, str(text)) for text in messages)

"""Problems as a form shows them: in words for people who see no file, at their field and line.

What is wrong is decided by `validation`; the wording goes by a problem's code and parameters.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.forms.boundfield import BoundField

from explainer.evidence.problems import Problem, Refused
from explainer.library.kinds import Kind

WORDINGS: Final[Mapping[str, Callable[[Problem | Refused], str]]] = {
    "missing": lambda _: "This is empty. Fill it in.",
    "positions-missing": lambda _: "No source speaks to it yet. Add a position.",
    "reason-needed": lambda _: "The label is Unsupported: choose why.",
    "reason-not-applicable": lambda _: (
        "The label is not Unsupported: choose “It is not unsupported”."
    ),
    "override-incomplete": lambda _: (
        "A more cautious label and its reason go together: give both or neither."
    ),
    "ask-needed": lambda _: (
        "An unsupported promise needs a question for the clinic: "
        "what a reader can ask a clinic about it."
    ),
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
        """True if it stops publishing."""
        return self.severity == "error"


class Form(Protocol):
    """A form that knows which of its fields a problem names."""

    kind: Kind
    tables: Mapping[str, Any]

    def place(self, path: str) -> BoundField | None:
        """Find a field by dotted path."""


def form_problems(form: Form, problems: Iterable[Problem]) -> list[FormProblem]:
    """Put problems to the fields of a form, errors before warnings, else as they come."""
    in_order = sorted(problems, key=lambda problem: not problem.is_error)
    return [_placed(form, problem) for problem in in_order]


def worded(problem: Problem | Refused, kind: Kind | None = None) -> str:
    """Say a problem as staff read it; `kind` is that of the document it is in."""
    code = problem.code
    if code == "missing" and kind and problem.field == kind.body:
        return f"Empty. {kind.missing_body}"
    if code in ("missing", "no-entry") and problem.field == "positions":
        code = "positions-missing"
    if wording := WORDINGS.get(code):
        return wording(problem)
    # What stands in the field is beside the message; the field's name is its label.
    cure = problem.params.get("cure", "")
    return cure[:1].upper() + cure[1:] or problem.message


def _placed(form: Form, problem: Problem) -> FormProblem:
    bound = form.place(problem.field)
    place, label = (bound.id_for_label, str(bound.label)) if bound else ("", "")
    table, _, rest = problem.field.partition(".")
    if table in form.tables and not rest:
        # Of all of them, or of there being none: their part of the form, not one row.
        place, label = table, form.kind.field_label(table)
    elif table in form.tables and bound:
        label = f"Position {int(rest.partition('.')[0]) + 1}: {label}"
    message = worded(problem, form.kind)
    return FormProblem(place, label, problem.line, message, str(problem.severity))

"""Problems as a form shows them: at their field, with the line, errors first.

Decides nothing: every problem comes from `library.inspection`, in the words of the form.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.forms.boundfield import BoundField

from explainer.evidence.problems import Problem
from explainer.staff.saying import in_words_of_the_form


@dataclass(frozen=True, slots=True)
class Told:
    """A problem with the id and label of the field it is in; both empty for none."""

    id: str
    label: str
    line: int
    message: str
    severity: str

    @property
    def is_error(self) -> bool:
        """True if it stops publishing."""
        return self.severity == "error"


class Places(Protocol):
    """A form that knows which of its fields a problem names."""

    def place(self, field: str) -> BoundField | None:
        """Find a field by dotted path."""


def tell(form: Places, problems: Iterable[Problem]) -> list[Told]:
    """Put problems to the fields of a form, errors before warnings, else as they come."""
    said = map(in_words_of_the_form, problems)
    in_order = sorted(said, key=lambda problem: not problem.is_error)
    return [_told(form.place(problem.field), problem) for problem in in_order]


def _told(bound: BoundField | None, problem: Problem) -> Told:
    place, label = (bound.id_for_label, str(bound.label)) if bound else ("", "")
    if problem.field == "positions":
        # Of all of them, or of there being none: their part of the form, not one row.
        place, label = "positions", "Who says what"
    elif bound and problem.field.startswith("positions."):
        label = f"Position {int(problem.field.split('.')[1]) + 1}: {label}"
    return Told(place, label, problem.line, problem.message, str(problem.severity))

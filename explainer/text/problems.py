"""What is wrong with a text, said so that its author can put it right.

A problem is a result, not an exception. Only `Refused` is raised, by nouns that cannot be built;
whoever reads files or forms turns it into a `Problem`. A message is worded for files; a surface
that words it otherwise looks at code and parameters, never at the message.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})


class Severity(StrEnum):
    """An error stops publishing; a warning asks an editor to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the value, the place and the cure.

    `code` is stable; `message` holds value and cure without the place; `line` counts from 1
    in the text (0: the text as a whole); `field` is "" for a body; `params` are the values in
    the message.
    """

    code: str
    message: str
    line: int = 0
    field: str = ""
    severity: Severity = Severity.ERROR
    # Compared but not hashed: a mapping has no hash, and equal problems still share theirs.
    params: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def moved(self, lines: int, field: str = "") -> "Problem":
        """Place the problem in a file that has so many lines before the text."""
        line = self.line + lines if self.line else lines + 1
        return replace(self, line=line, field=self.field or field)


class Refused(ValueError):
    """A value that the evidence method does not allow, in a field of a noun."""

    def __init__(
        self, field: str, message: str, code: str = "invalid", params: Mapping[str, str] = NOTHING
    ) -> None:
        super().__init__(message)
        self.field, self.message, self.code, self.params = field, message, code, params

    def problem(self, *, line: int = 0, prefix: str = "") -> Problem:
        return Problem(self.code, self.message, line, f"{prefix}{self.field}", params=self.params)


def did_you_mean(value: str, known: Iterable[str]) -> str:
    matches = get_close_matches(value, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean '{matches[0]}'?" if matches else ""

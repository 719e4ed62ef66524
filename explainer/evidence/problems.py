"""What is wrong with a text, said so that its author can put it right.

A problem is a result, not an exception: authors never see a traceback. Only
`Refused` is raised, by nouns that cannot be built from what they were given;
whoever reads files or forms turns it into a `Problem` with the place.

As with Django's `ValidationError`, a message comes with a code and parameters.
The message is worded for files; a surface that words it otherwise looks at the
code and the parameters, never at the message.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """An error stops publishing; a warning asks an editor to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the value, the place and the cure.

    Parameters: `code` is a stable kebab-case name of what is wrong; `message`
    holds value and cure in one or two sentences, without the place; `line` counts
    from 1 in the text that was given (0: the text as a whole); `field` names the
    front matter field or part ("" for a body); `params` are the values in the message.
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
        """Give the same problem placed in the file that holds the text.

        `lines` is the number of lines before the text; `field` names where the
        text stands if this problem does not say so itself.
        """
        line = self.line + lines if self.line else lines + 1
        return replace(self, line=line, field=self.field or field)


class Refused(ValueError):
    """A value that the evidence method does not allow.

    Carries `field` (which field of the noun), a message with value and cure, and
    code and parameters as a `Problem` does.
    """

    def __init__(
        self,
        field: str,
        message: str,
        code: str = "invalid",
        params: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.code = code
        self.params = params or {}

    def problem(self, *, line: int = 0, prefix: str = "") -> Problem:
        """Give it as a problem; `prefix` goes before the name of the field."""
        return Problem(self.code, self.message, line, f"{prefix}{self.field}", params=self.params)


def did_you_mean(value: str, known: Iterable[str]) -> str:
    matches = get_close_matches(value, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean '{matches[0]}'?" if matches else ""

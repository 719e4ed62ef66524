"""Where problems stand in a document's fields, and characters that nobody sees."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from explainer.text.markdown import hidden
from explainer.text.problems import Problem

SIGNS = frozenset({"tab", "carriage-return", "invisible-character"})
"""The codes of characters that nobody sees: the text that holds them can be read all the same."""


@dataclass
class Places:
    """Collects the problems of one document, each at its field and line.

    `lines` gives a file's line for each field by dotted path; a form has none, and its lines
    count within the field.
    """

    lines: Mapping[str, int] = dataclasses.field(default_factory=dict)
    prefix: str = ""
    problems: list[Problem] = dataclasses.field(default_factory=list)

    def note(self, code: str, message: str, field: str = "", line: int = 0, **params: str) -> None:
        """Add a problem at a field, or at the nearest field around it."""
        path = f"{self.prefix}{field}".rstrip(".")
        if self.lines:
            line = nearest_line(self.lines, path) + max(line - 1, 0)
        self.problems.append(Problem(code, message, line, path, params=params))

    def inside(self, field: str) -> "Places":
        """Give a collector for what stands inside a field; it shares the list."""
        return replace(self, prefix=f"{self.prefix}{field}.")


def nearest_line(lines: Mapping[str, int], path: str) -> int:
    """Give the line of a field by dotted path, else of what it stands in, else 1."""
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path, 1)


def bad_characters(text: str) -> Iterator[Problem]:
    """Find tabs, carriage returns and invisible characters, each with its line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if "\r" in line:
            message = "The line ends with CR LF. Save the file with LF alone."
            yield Problem("carriage-return", message, number)
    yield from hidden(text, 1)

"""How one field of front matter is read: the readers and where problems land.

A reader gives a field's value or raises `Refused` with the cure; what fields
there are is `schema`'s. Nothing here knows a treatment, a claim or a file.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from explainer.evidence.problems import Problem, Refused, did_you_mean
from explainer.files.frontmatter import Value

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Form of every key: lower case letters, digits, single hyphens between."""

Reader = Callable[[Value, "Places"], Any]
"""Gives a field's value from what YAML holds; raises `Refused` with the cure."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of front matter: its name, how it is read, and if it may be left out.

    `missing` is the value of an optional field that is not there; a field
    whose `missing` is `REQUIRED` must be.
    """

    name: str
    read: Reader
    missing: Any


REQUIRED = object()
"""Stands for the value of a field that has none unless the file gives it."""


class Places:
    """Collects the problems of one file, each at the line of its field."""

    def __init__(self, lines: Mapping[str, int], prefix: str = "") -> None:
        self.problems: list[Problem] = []
        self._lines = lines
        self._prefix = prefix

    def note(self, field: str, code: str, message: str, **params: str) -> None:
        """Add a problem at a field, or at the nearest field around it."""
        path = f"{self._prefix}{field}".rstrip(".")
        line = nearest_line(self._lines, path)
        self.problems.append(Problem(code, message, line, path, params=params))

    def inside(self, field: str) -> "Places":
        """Give a collector for what stands inside a field; it shares the list."""
        inner = Places(self._lines, f"{self._prefix}{field}.")
        inner.problems = self.problems
        return inner


def nearest_line(lines: Mapping[str, int], path: str) -> int:
    """Give the line of a field by dotted path, else of what it stands in, else 1."""
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path, 1)


def read_table(
    table: tuple[Field, ...], given: Mapping[str, Value], places: Places
) -> dict[str, Any]:
    """Read a mapping by a table; what is wrong is noted at its place.

    Returns the value of every field of the table, complete only if nothing was noted.
    """
    known = [field.name for field in table]
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or f" Known: {', '.join(known)}."
            places.note(name, "unknown-field", f"{_shown(name)} is not a field here.{hint}")
    values: dict[str, Any] = {}
    for field in table:
        if field.name not in given:
            if field.missing is REQUIRED:
                message = f"The field '{field.name}' is missing. Add it."
                places.note("", "field-missing", message, name=field.name)
            values[field.name] = field.missing
            continue
        try:
            values[field.name] = field.read(given[field.name], places.inside(field.name))
        except Refused as refused:
            message = f"'{field.name}': {refused.message}"
            places.note(field.name, "field-unreadable", message, cure=refused.message)
    return values


def text(limit: int, form: str = "", cure: str = "") -> Reader:
    """Read a text of at most `limit` characters; `form` is a pattern, `cure` its words."""

    def read(value: Value, _places: Places) -> str:
        if not isinstance(value, str):
            raise Refused("", f"{_shown(value)} is not a text. Put it in double quotes.")
        if not value.strip() or value != value.strip():
            raise Refused("", "the text is empty or has spaces around it. Write it without.")
        if len(value) > limit:
            raise Refused("", f"the text has {len(value)} characters. Keep it to {limit}.")
        if form and not re.fullmatch(form, value):
            raise Refused("", f"{_shown(value)} does not have the right form. {cure}")
        return value

    return read


def one_line(limit: int) -> Reader:
    """Read a text that stands on one line: a heading, a name, a word."""
    return text(limit, ".+", "Write it on one line.")


def address(limit: int) -> Reader:
    """Read a web address."""
    is_text, is_address = text(limit), URLValidator(schemes=["http", "https"])

    def read(value: Value, places: Places) -> str:
        given = str(is_text(value, places))
        try:
            is_address(given)
        except ValidationError:
            cure = "Begin with https:// and leave no spaces."
            raise Refused("", f"{_shown(given)} is not a web address. {cure}") from None
        return given

    return read


def year(value: Value, _places: Places) -> int:
    """Read a year."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1800 <= value <= 2100:
        raise Refused("", f"{_shown(value)} is not a year. Write it as in 2023, without quotes.")
    return value


def flag(value: Value, _places: Places) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise Refused("", f"{_shown(value)} is neither true nor false. Write one of these two.")
    return value


def word_of(vocabulary: type[StrEnum]) -> Reader:
    """Read one word of a closed vocabulary."""

    def read(value: Value, _places: Places) -> StrEnum:
        known = [str(member) for member in vocabulary]
        if value in known:
            return vocabulary(str(value))
        hint = did_you_mean(str(value)[:60], known)
        raise Refused("", f"{_shown(value)} is not one of {', '.join(known)}.{hint}")

    return read


def words(value: Value, places: Places) -> tuple[str, ...]:
    """Read a list of short texts."""
    if not isinstance(value, list):
        raise Refused("", f"{_shown(value)} is not a list. Write '- ' before each entry.")
    items = {str(order): item for order, item in enumerate(value)}
    return tuple(_each(one_line(120), items, places).values())


def names(value: Value, places: Places) -> dict[str, str]:
    """Read a mapping of keys to names for patients, with at least one."""
    if not isinstance(value, dict) or not value:
        raise Refused("", f"{_shown(value)} is not a mapping. Write 'key: name' lines.")
    for key in value:
        if not KEY.fullmatch(key) or len(key) > 60:
            message = f"{_shown(key)} is not a key. Use lower case letters, digits and hyphens."
            places.note(key, "key-malformed", message)
    return _each(one_line(120), value, places)


def _each(read: Reader, values: Mapping[str, Value], places: Places) -> dict[str, Any]:
    result = {}
    for key, value in values.items():
        try:
            result[key] = read(value, places)
        except Refused as refused:
            places.note(key, "entry-unreadable", refused.message)
    return result


def entries(table: tuple[Field, ...]) -> Reader:
    """Read a list of at least one entry, each with the fields of a table."""

    def read(value: Value, places: Places) -> tuple[dict[str, Any], ...]:
        if not isinstance(value, list) or not value:
            raise Refused("", "there is no entry. Add a list of at least one, each after '- '.")
        result = []
        for order, item in enumerate(value):
            if isinstance(item, dict):
                result.append(read_table(table, item, places.inside(str(order))))
            else:
                known = ", ".join(field.name for field in table)
                message = f"{_shown(item)} is not an entry. Write {known}."
                places.note(str(order), "not-an-entry", message)
        return tuple(result)

    return read


def _shown(value: object) -> str:
    # A message must stay readable whatever somebody pasted into a field.
    words = str(value).lower() if isinstance(value, bool) else repr(value)
    return words if len(words) <= 60 else f"{words[:56]}...'"

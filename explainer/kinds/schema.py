"""What a document may say: typed fields, read strictly from a file or a form.

A type reads one value, writes it as people read it, and knows what "nothing" is. Whether
keys point anywhere, and what words may claim, is asked later (`validation`).
Source of the fields and their forms: method, section 5.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from explainer.kinds.problems import Places, bad_characters
from explainer.text.problems import Refused, did_you_mean

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Form of every key: lower case letters, digits, single hyphens between."""

Fields = dict[str, Any]
"""A document's words by field name, as JSON knows them: the one shape of them everywhere."""


class Type:
    """How a value is read and shown. `empty` stands for a value that is not there."""

    empty: Any = ""

    def read(self, value: Any, places: Places) -> Any:
        """Give the value as JSON holds it; raises `Refused` with the cure."""
        raise NotImplementedError

    def display(self, value: Any) -> str:
        """Write the value as a person reads it."""
        return "" if value is None else str(value)

    def dump(self, value: Any) -> Any:
        """Give the value as a content file holds it."""
        return value


@dataclass(frozen=True, slots=True)
class Text(Type):
    """A text of at most `limit` characters; `pattern` is its form and `cure` the form in words.

    `lines` is the height of its box in a form, 1 for a text that must stay on one line;
    `is_dialect` marks a text in the site's Markdown.
    """

    limit: int = 2_000
    lines: int = 1
    pattern: str = ""
    cure: str = ""
    is_dialect: bool = False

    def read(self, value: Any, places: Places) -> str:
        if not isinstance(value, str):
            raise _refused(value, "is not a text. Put it in double quotes.", "no-text")
        for problem in bad_characters(value):
            places.note(problem.code, problem.message, line=problem.line, **problem.params)
        if not self.is_dialect and value != value.strip():
            raise Refused("", "the text has spaces around it. Write it without.", "spaces-around")
        if self.limit and len(value) > self.limit:
            message = f"the text has {len(value)} characters. Keep it to {self.limit}."
            raise Refused("", message, "too-long")
        if self.lines == 1 and "\n" in value:
            cure = "does not have the right form. Write it on one line."
            raise _refused(value, cure, "line-break")
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise _refused(value, f"does not have the right form. {self.cure}", "wrong-form")
        return value


class Address(Text):
    """A web address that a browser can open."""

    def read(self, value: Any, places: Places) -> str:
        address = super().read(value, places)
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            cure = "is not a web address. Begin with https:// and leave no spaces."
            raise _refused(address, cure, "no-address") from None
        return address


class SourceKey(Text):
    """The key of a source; forms look it up among those that are public."""


@dataclass(frozen=True, slots=True)
class Choice(Type):
    """One word of a closed vocabulary; `words` names the attribute that readers see."""

    vocabulary: type[StrEnum]
    words: str = "words"

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(str(member), getattr(member, self.words)) for member in self.vocabulary]

    def read(self, value: Any, places: Places) -> str:
        known = [str(member) for member in self.vocabulary]
        if value in known:
            return str(value)
        hint = did_you_mean(str(value)[:60], known)
        raise _refused(value, f"is not one of {', '.join(known)}.{hint}", "unknown-word")

    def display(self, value: Any) -> str:
        """Give the words behind the code; an unknown code stands for itself."""
        return dict(self.options).get(value, str(value or ""))


class Flag(Type):
    """Yes or no."""

    empty = False

    def read(self, value: Any, places: Places) -> bool:
        if not isinstance(value, bool):
            raise _refused(value, "is neither true nor false. Write one of these two.", "no-flag")
        return value

    def display(self, value: Any) -> str:
        return "yes" if value else "no"


class Year(Type):
    """A year in figures, of the last centuries or the next."""

    empty = None

    def read(self, value: Any, places: Places) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1800 <= value <= 2100:
            raise _refused(value, "is not a year. Write it as in 2023, without quotes.", "no-year")
        return value


class Day(Type):
    """A date, written 2026-11-20."""

    def read(self, value: Any, places: Places) -> str:
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise _refused(value, "is not a date. Write it as in 2026-11-20.", "no-date") from None


class Words(Type):
    """A list of short texts, each on one line; problems are noted at the entry."""

    empty = []

    def read(self, value: Any, places: Places) -> list[str]:
        if not isinstance(value, list | tuple):
            raise _refused(value, "is not a list. Write '- ' before each entry.", "no-list")
        return [text for _, text in _each(enumerate(value), places)]

    def display(self, value: Any) -> str:
        return "\n".join(map(str, value or ()))


@dataclass(frozen=True, slots=True)
class Pairs(Type):
    """Names by key, in their order; in a file a mapping, in JSON a list of pairs.

    Pairs, because PostgreSQL does not keep the order of an object's keys. `known` are the only
    keys there can be, if any are given.
    """

    known: tuple[str, ...] = ()
    empty = []

    def read(self, value: Any, places: Places) -> list[list[str]]:
        pairs = list(value.items()) if isinstance(value, Mapping) else value
        if not isinstance(pairs, list) or not all(map(_is_pair, pairs)):
            raise _refused(value, "is not a mapping. Write 'key: name' lines.", "no-mapping")
        for key, _ in pairs:
            if self.known and key not in self.known:
                hint = did_you_mean(key, self.known) or f" Known: {', '.join(self.known)}."
                places.note("unknown-field", f"{quoted(key)} is not a field here.{hint}", key)
            if not KEY.fullmatch(key) or len(key) > 60:
                message = f"{quoted(key)} is not a key. Use lower case letters, digits and hyphens."
                places.note("no-key", message, key)
        return [[key, name] for key, name in _each(pairs, places)]

    def display(self, value: Any) -> str:
        return "\n".join(f"{key}: {name}" for key, name in value or ())

    def dump(self, value: Any) -> Any:
        return dict(value)


@dataclass(frozen=True, slots=True)
class Entries(Type):
    """A list of at least one entry, each with the fields of a table."""

    table: "tuple[Field, ...]"
    empty = []

    def read(self, value: Any, places: Places) -> list[Fields]:
        if not isinstance(value, list) or not value:
            message = "there is no entry. Add a list of at least one, each after '- '."
            raise Refused("", message, "no-entry")
        result = []
        for order, item in enumerate(value):
            if isinstance(item, Mapping):
                result.append(read(self.table, item, places.inside(str(order))))
            else:
                known = ", ".join(field.name for field in self.table)
                message = f"{quoted(item)} is not an entry. Write {known}."
                places.note("no-entry", message, str(order))
        return result

    def display(self, value: Any) -> str:
        return "\n".join(self.display_entry(entry) for entry in value or ())

    def display_entry(self, entry: Mapping[str, Any]) -> str:
        """Write what an entry says, one field to a line."""
        texts = (field.type.display(entry.get(field.name)) for field in self.table)
        return "\n".join(text for text in texts if text)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, type, and what staff read about it.

    `default` is the value of an optional field that is not there, `blank` what a list to choose
    from calls nothing.
    """

    name: str
    type: Type
    label: str
    help: str = ""
    required: bool = False
    default: Any = None
    blank: str = "Choose one"

    @property
    def missing(self) -> Any:
        """A new value that stands for nothing said."""
        return copy(self.type.empty if self.default is None else self.default)


def read(schema: Sequence[Field], values: Mapping[str, Any], places: Places) -> Fields:
    """Read values by a schema; what is wrong is noted at its place.

    Returns every field of the schema, complete only if nothing was noted. A value that
    says nothing counts as left out.
    """
    known = [field.name for field in schema]
    for name in values:
        if name not in known:
            hint = did_you_mean(name, known) or f" Known: {', '.join(known)}."
            places.note("unknown-field", f"{quoted(name)} is not a field here.{hint}", name)
    result: Fields = {}
    for field in schema:
        value = values.get(field.name)
        result[field.name] = field.missing
        if is_empty(value):
            if field.required:
                message = f"The field '{field.name}' is missing. Add it."
                places.note("missing", message, field.name, name=field.name)
            continue
        before = len(places.problems)
        try:
            result[field.name] = field.type.read(value, places.inside(field.name))
        except Refused as refused:
            message = f"'{field.name}': {refused.message}"
            del places.problems[before:]
            places.note(refused.code, message, field.name, cure=refused.message)
    return result


def is_empty(value: Any) -> bool:
    """True for what says nothing: no value, blanks, an empty list."""
    return value is None or value in ([], (), {}) or (isinstance(value, str) and not value.strip())


def _refused(value: object, words: str, code: str) -> Refused:
    return Refused("", f"{quoted(value)} {words}", code)


def quoted(value: object) -> str:
    """Quote a value so that a message stays readable whatever somebody pasted."""
    words = str(value).lower() if isinstance(value, bool) else repr(value)
    return words if len(words) <= 60 else f"{words[:56]}...'"


def _is_pair(item: Any) -> bool:
    return isinstance(item, list | tuple) and len(item) == 2 and isinstance(item[0], str)


def _each(items: Iterable[tuple[Any, Any]], places: Places) -> Iterator[tuple[Any, Any]]:
    line = Text(300)
    for key, item in items:
        try:
            yield key, line.read(str(item) if isinstance(item, date) else item, places)
        except Refused as refused:
            places.note(refused.code, refused.message, str(key))


def in_order(schema: Sequence[Field], fields: Mapping[str, Any]) -> Fields:
    """Give every field of a schema, in its order: databases do not keep that of an object."""
    result: Fields = {}
    for field in schema:
        value: Any = fields.get(field.name)
        if value is None and field.name not in fields:
            # Made anew each time, so only where there is none.
            value = field.missing
        if isinstance(field.type, Entries):
            value = [in_order(field.type.table, entry) for entry in value]
        result[field.name] = value
    return result

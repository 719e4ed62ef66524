"""From the bytes of a content file to values with line numbers and a body, and back.

Knows the outer form of a file only: UTF-8, `---`, YAML, `---`, body. Whatever is wrong becomes a
`Problem`; no exception of the YAML reader reaches an author.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from explainer.kinds import Kind
from explainer.kinds.problems import bad_characters
from explainer.kinds.schema import Entries, Field, is_empty
from explainer.text.problems import Problem

Value = str | int | bool | list["Value"] | dict[str, "Value"]
"""What a field can hold. A date is its text. No fractions or empty values: YAML misreads them."""

MAX_BYTES = 100_000
FENCE = "---"
CHANGED = "changed"
"""What a file of any kind may name last: the day on which its words changed, 2026-11-20."""

_MAX_BRACKETS = 300
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_TAG = "tag:yaml.org,2002:"
_PLAIN = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
_YAML_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One readable file; `text` is the whole of it.

    `lines` holds the line on which each value's text begins, by dotted path (`positions.0.says`);
    `body` has no blank lines around it.
    """

    values: Mapping[str, Value]
    lines: Mapping[str, int]
    body: str
    body_line: int
    text: str


class _Wrong(Exception):
    """Carries a problem out of the depth of a YAML tree."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.problem = Problem("unreadable-file", message, line)


def parse(data: bytes) -> tuple[ParsedFile | None, list[Problem]]:
    """Read a content file; gives it unless its form is wrong, and what is wrong with it."""
    problems: list[Problem] = []
    try:
        text = _decode(data)
        problems += bad_characters(text)
        yaml, body, body_line = _split(text)
        lines: dict[str, int] = {}
        values = _fields(yaml, lines)
    except _Wrong as wrong:
        return None, [*problems, wrong.problem]
    return ParsedFile(values, lines, body, body_line, text), problems


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _Wrong(f"The file has more than {MAX_BYTES} bytes. Shorten or split it.")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _Wrong("The file begins with a byte-order mark. Save it as UTF-8 without one.")
    try:
        return data.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"Byte {data[error.start]:#04x} is not UTF-8. Save the file as UTF-8."
        raise _Wrong(message, line) from None


def _split(text: str) -> tuple[str, str, int]:
    lines = text.split("\n")
    if lines[0] != FENCE:
        raise _Wrong(f"The first line is {lines[0][:40]!r}. Begin the file with '{FENCE}'.")
    if FENCE not in lines[1:]:
        raise _Wrong(f"The front matter is not closed. End it with a line '{FENCE}'.")
    if lines[-1]:
        raise _Wrong("The last line has no end. End the file with a line break.", len(lines))
    closing = lines.index(FENCE, 1)
    rest = lines[closing + 1 :]
    blank = next((at for at, line in enumerate(rest) if line.strip()), len(rest))
    body = "\n".join(rest[blank:]).rstrip()
    return "\n".join(lines[1:closing]) + "\n", body, closing + 2 + (blank if body else 0)


def _fields(yaml: str, lines: dict[str, int]) -> dict[str, Value]:
    # The YAML reader takes seconds over thousands of nested brackets.
    if yaml.count("[") + yaml.count("{") > _MAX_BRACKETS:
        raise _Wrong(f"The front matter has over {_MAX_BRACKETS} brackets. Write lists with '- '.")
    try:
        root = YAML(typ="rt").compose(yaml)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"The front matter is not YAML: {(error.problem or 'it cannot be read').strip()}."
        cure = "Put a text that contains ': ', ' #' or quotation marks into double quotes."
        raise _Wrong(f"{message} {cure}", mark.line + 2 if mark else 1) from None
    except RecursionError:
        raise _Wrong("The front matter is nested too deep. Write it flat.", 2) from None
    except (YAMLError, ValueError) as error:
        raise _Wrong(f"The front matter is not YAML: {error}. Write it anew.", 2) from None
    if not isinstance(root, MappingNode):
        raise _Wrong("The front matter is not made of lines like 'name: value'.", 2)
    return dict(_entries(root, "", lines))


def _entries(node: MappingNode, prefix: str, lines: dict[str, int]) -> Iterator[tuple[str, Value]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = _line(key_node)
        if not isinstance(key_node, ScalarNode):
            raise _Wrong("A field's name is not a word. Write 'name: value'.", line)
        key = str(key_node.value)
        if key in seen:
            raise _Wrong(f"'{key}' is given twice, first on line {seen[key]}. Keep one.", line)
        seen[key] = line
        lines[f"{prefix}{key}"] = line
        yield key, _value(value_node, f"{prefix}{key}", lines)


def _value(node: Node, path: str, lines: dict[str, int]) -> Value:
    if node.anchor:
        raise _Wrong(f"'&{node.anchor}' is a YAML anchor. Write the value out.", _line(node))
    if isinstance(node, MappingNode):
        return dict(_entries(node, f"{path}.", lines))
    if isinstance(node, SequenceNode):
        for order, item in enumerate(node.value):
            lines[f"{path}.{order}"] = _line(item)
        return [_value(item, f"{path}.{at}", lines) for at, item in enumerate(node.value)]
    if not isinstance(node, ScalarNode):
        raise _Wrong(f"'{path}' cannot be read. Write a text, a number or a list.", _line(node))
    return _scalar(node, path, lines)


def _scalar(node: ScalarNode, path: str, lines: dict[str, int]) -> str | int | bool:
    text, line = str(node.value), lines[path]
    match str(node.tag).removeprefix(_TAG):
        case "str":
            return _text(node, path, lines)
        case "bool":
            return text.lower() == "true"
        case "int" if _INTEGER.fullmatch(text):
            return int(text)
        case "timestamp" if _DATE.fullmatch(text):
            return text
        case "null":
            raise _Wrong(f"'{path}' has no value. Give one or take the line out.", line)
    raise _Wrong(f"'{text}' is not a text or a whole number. Put it in double quotes.", line)


def _text(node: ScalarNode, path: str, lines: dict[str, int]) -> str:
    if node.style == "|":
        lines[path] = _line(node) + 1
        return str(node.value).rstrip("\n")
    if node.start_mark.line != node.end_mark.line:
        # A folded text no longer has the file's lines, so no message could name them.
        message = f"'{path}' runs over several lines. Write it on one line, or as a '|-' block."
        raise _Wrong(message, _line(node))
    if "\n" in node.value:
        raise _Wrong(f"'{path}' has a line break inside. Use a '|-' block.", _line(node))
    return str(node.value)


def _line(node: Node) -> int:
    # YAML counts from 0 and does not see the opening fence.
    return int(node.start_mark.line) + 2


def write(kind: Kind, fields: Mapping[str, Any], changed: date | None = None) -> str:
    """Give the canonical text of a content file: fields in the schema's order, one line a text.

    `changed`, the day on which the words changed, comes last: it is of the file, not of the words.

    Left out are fields that say what a missing one says anyway, and what the reader does not see:
    other line ends than LF, blank lines around the body.
    """
    body = _clean(str(fields[kind.body])).strip("\n")
    dated = [f"{CHANGED}: {changed.isoformat()}"] if changed else []
    return "\n".join([FENCE, *_table(kind.front_matter, fields, ""), *dated, FENCE, body, ""])


def _table(schema: Sequence[Field], fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    for field in schema:
        value = fields.get(field.name, field.missing)
        if value != field.missing or (field.required and not is_empty(value)):
            yield from _field(field, value, indent)


def _field(field: Field, value: Any, indent: str) -> Iterator[str]:
    value = field.type.dump(value)
    if isinstance(field.type, Entries):
        yield f"{indent}{field.name}:"
        for entry in value:
            first, *rest = _table(field.type.table, entry, f"{indent}    ")
            yield f"{indent}  - {first.lstrip(' ')}"
            yield from rest
    elif isinstance(value, Mapping):
        yield f"{indent}{field.name}:"
        for key, name in value.items():
            yield f"{indent}  {_scalar_text(key, indent)}: {_scalar_text(name, f'{indent}    ')}"
    elif isinstance(value, list | tuple):
        yield f"{indent}{field.name}:"
        yield from (f"{indent}  - {_scalar_text(item, f'{indent}    ')}" for item in value)
    else:
        yield f"{indent}{field.name}: {_scalar_text(value, f'{indent}  ')}"


def _scalar_text(value: Any, indent: str) -> str:
    if isinstance(value, bool | int):
        return json.dumps(value)
    text = _clean(str(value)).rstrip("\n")
    if "\n" in text:
        return _block(text, indent)
    if _PLAIN.fullmatch(text) and text not in _YAML_WORDS:
        return text
    # A JSON string is a YAML string in double quotes.
    return json.dumps(text, ensure_ascii=False)


def _block(text: str, indent: str) -> str:
    # Before a first line that begins with a space, YAML must be told the depth.
    depth = "2" if text[0] in " \n" else ""
    lines = [f"{indent}{line}" if line else "" for line in text.split("\n")]
    return "\n".join([f"|{depth}-", *lines])


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

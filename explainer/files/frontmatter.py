"""From the bytes of a content file to fields with line numbers and a body.

Knows the outer form of a file only: UTF-8, `---`, YAML, `---`, body. What the
fields mean is `schema`'s. Whatever is wrong becomes a `Problem`; no exception
of the YAML reader reaches an author. Source: evidence method, section 5.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from explainer.evidence.problems import Problem

Value = str | int | bool | list["Value"] | dict[str, "Value"]
"""What a field can hold. No dates, fractions or empty values: YAML misreads them."""

MAX_BYTES = 100_000
"""Largest content file; a longer text is refused before it is parsed."""

FENCE = "---"

_MAX_BRACKETS = 300
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Document:
    """One readable file.

    `fields` holds plain values; `lines` the file's line for each of them by
    dotted path (`title`, `positions.0.says`), where the first line of its text
    stands; `body` has no blank lines around it and begins on `body_line`;
    `text` is the whole file.
    """

    fields: Mapping[str, Value]
    lines: Mapping[str, int]
    body: str
    body_line: int
    text: str


class _Wrong(Exception):
    """Carries a problem out of the depth of a YAML tree."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.problem = Problem("unreadable-file", message, line)


def parse(data: bytes) -> Document | Problem:
    """Read a content file; gives the first problem of its form if it has one."""
    try:
        text = _decode(data)
        _check_characters(text)
        yaml, body, body_line = _split(text)
        lines: dict[str, int] = {}
        fields = _fields(yaml, lines)
    except _Wrong as wrong:
        return wrong.problem
    return Document(fields, lines, body, body_line, text)


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _Wrong(f"The file has more than {MAX_BYTES} bytes. Shorten or split it.")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _Wrong("The file begins with a byte-order mark. Save it as UTF-8 without one.")
    try:
        return data.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Wrong(
            f"Byte {data[error.start]:#04x} is not UTF-8. Save the file as UTF-8.", line
        ) from None


def _check_characters(text: str, first: int = 1) -> None:
    # Invisible characters can hide a word from a check or turn a sentence round
    # on the screen, so none passes; a tab means different widths to different readers.
    for number, line in enumerate(text.split("\n"), start=first):
        for character in line:
            if character == "\t":
                raise _Wrong("There is a tab. Use spaces.", number)
            if character == "\r":
                raise _Wrong("The line ends with CR LF. Save the file with LF alone.", number)
            if unicodedata.category(character) in _INVISIBLE:
                raise _Wrong(
                    f"The invisible character U+{ord(character):04X} is not allowed. "
                    "Delete it and type the word again.",
                    number,
                )


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
        said = (error.problem or "it cannot be read").strip()
        raise _Wrong(
            f"The front matter is not YAML: {said}. Put a text that contains ': ', ' #' or "
            "quotation marks into double quotes.",
            mark.line + 2 if mark else 1,
        ) from None
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
        case "null":
            raise _Wrong(f"'{path}' has no value. Give one or take the line out.", line)
    raise _Wrong(f"'{text}' is not a text or a whole number. Put it in double quotes.", line)


def _text(node: ScalarNode, path: str, lines: dict[str, int]) -> str:
    if node.style == "|":
        lines[path] = _line(node) + 1
        return str(node.value).rstrip("\n")
    if node.start_mark.line != node.end_mark.line:
        # A folded text no longer has the file's lines, so no message could name them.
        raise _Wrong(
            f"'{path}' runs over several lines. Write it on one line, or as a '|-' block.",
            _line(node),
        )
    text = str(node.value)
    _check_characters(text, _line(node))
    if "\n" in text:
        raise _Wrong(f"'{path}' has a line break inside. Use a '|-' block.", _line(node))
    return text


def _line(node: Node) -> int:
    # YAML counts from 0 and does not see the opening fence.
    return int(node.start_mark.line) + 2

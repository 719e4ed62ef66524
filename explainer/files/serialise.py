"""The canonical form of a content file: fields in the table's order, one line a text.

Writes what `frontmatter` and `schema` read back as the same values. Used only
for what staff changed; an unedited file is kept byte for byte instead.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from explainer.evidence.problems import Problem
from explainer.files.frontmatter import FENCE, parse
from explainer.library.schema import FIELDS, Part, read_fields

_PLAIN = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
_YAML_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def write(part: Part, values: Mapping[str, Any], body: str) -> str:
    """Give the text of a content file.

    `values` are named as in `schema.FIELDS`; left out are empty ones and those
    that say what a missing field says anyway. Line ends
    become LF and blank lines around the body go, as the reader sees neither.
    """
    lines = [FENCE]
    for field in FIELDS[part]:
        value = values.get(field.name)
        if value != field.missing:
            lines += _field(field.name, value, "")
    return "\n".join([*lines, FENCE, _clean(body).strip("\n"), ""])


def rewrite(part: Part, text: str) -> str:
    """Give the canonical form of a readable file; raises ValueError for another."""
    document = parse(text.encode())
    if isinstance(document, Problem):
        raise ValueError(document.message)
    values, problems = read_fields(part, document)
    if problems:
        raise ValueError(problems[0].message)
    return write(part, values, document.body)


def _field(name: str, value: Any, indent: str) -> Iterator[str]:
    if value is None or value in ("", [], (), {}):
        return
    if isinstance(value, Mapping):
        yield f"{indent}{name}:"
        for key, inner in value.items():
            yield f"{indent}  {_scalar(key, indent)}: {_scalar(inner, f'{indent}    ')}"
    elif isinstance(value, (list, tuple)):
        yield f"{indent}{name}:"
        for item in value:
            yield from _item(item, f"{indent}  ")
    else:
        yield f"{indent}{name}: {_scalar(value, f'{indent}  ')}"


def _item(item: Any, indent: str) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"{indent}- {_scalar(item, f'{indent}  ')}"
        return
    lines = [line for name, value in item.items() for line in _field(name, value, f"{indent}  ")]
    yield f"{indent}- {lines[0].lstrip(' ')}"
    yield from lines[1:]


def _scalar(value: Any, indent: str) -> str:
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

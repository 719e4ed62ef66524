"""The written checklists under tests/checklists/, read as tables, and what they name."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = settings.BASE_DIR / "tests" / "checklists"
NAMES = ("ipdas", "jama", "pemat")
_QUOTED = re.compile(r"`([^`]+)`")
_RULE = re.compile(r"\|[-|]+\|")

Row = Mapping[str, str]


def text_of(name: str) -> str:
    """Give a checklist as it is written."""
    return (FOLDER / f"{name}.md").read_text()


@cache
def tables(name: str) -> tuple[tuple[Row, ...], ...]:
    """Give each table of a checklist, its rows by the words of its head."""
    return tuple(_tables(text_of(name).splitlines()))


def every_row() -> Iterator[tuple[str, Row]]:
    """Give each row of each checklist with the checklist's name."""
    for name in NAMES:
        for table in tables(name):
            for row in table:
                yield name, row


def quoted(text: str, start: str) -> set[str]:
    """Give the names between backticks that begin in a certain way."""
    return {name for name in _QUOTED.findall(text) if name.startswith(start)}


def is_a_test(name: str) -> bool:
    """True if `file::function` stands in the tree."""
    file, _, function = name.partition("::")
    path = Path(settings.BASE_DIR / file)
    return path.is_file() and re.search(rf"^def {function}\(", path.read_text(), re.M) is not None


def _tables(lines: list[str]) -> Iterator[tuple[Row, ...]]:
    for place, line in enumerate(lines):
        if not _RULE.fullmatch(line):
            continue
        head = _cells(lines[place - 1])
        rows = []
        for later in lines[place + 1 :]:
            if not later.startswith("|"):
                break
            rows.append(dict(zip(head, _cells(later), strict=True)))
        yield tuple(rows)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]

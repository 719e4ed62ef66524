"""Every requirement stands once in the table, and what shows it exists."""

import ast
import re
from functools import cache

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
COUNTS = {"R": 20, "I": 8, "A": 18, "U": 11, "H": 12, "D": 22, "V": 21, "P": 12, "S": 14}
ROW = re.compile(r"^\| ([A-Z]\d+) \| (.+) \| (.+) \|$", re.M)
TEXT = (ROOT / "tests/REQUIREMENTS.md").read_text()
TABLE = {number: (words, shown.split("<br>")) for number, words, shown in ROW.findall(TEXT)}
KINDS = re.compile(
    r"`tests/[\w/]+\.py(?:::test_\w+)?`|`just [\w-]+`|`\.ci/run` \"[^\"]+\"|`python -m [\w.]+`"
    r"|(?:open|dropped): .{8,}"
)


def shown(pattern: str) -> list[str]:
    found = (re.fullmatch(pattern, one) for _, cell in TABLE.values() for one in cell)
    return [match[1] for match in found if match]


@cache
def defined_in(path: str) -> set[str]:
    nodes = ast.parse((ROOT / path).read_text()).body
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def test_every_requirement_stands_there_once():
    numbers = [f"{letter}{n}" for letter, most in COUNTS.items() for n in range(1, most + 1)]

    assert len(numbers) == 138
    assert len(ROW.findall(TEXT)) == 138
    assert [*TABLE] == numbers


@pytest.mark.parametrize("number", TABLE)
def test_each_is_shown_by_something_or_said_to_be_open(number):
    words, cells = TABLE[number]

    assert words
    assert [one for one in cells if not KINDS.fullmatch(one)] == []


def test_every_test_that_is_named_exists():
    named = shown(r"`(tests/\S+)`")

    assert len(named) > 200
    missing = [
        one
        for one in named
        if not (ROOT / one.partition("::")[0]).is_file()
        or ("::" in one and one.partition("::")[2] not in defined_in(one.partition("::")[0]))
    ]
    assert missing == []


def test_every_command_that_is_named_exists():
    recipes, steps = (ROOT / "justfile").read_text(), (ROOT / ".ci/run").read_text()

    assert [one for one in shown(r"`just ([\w-]+)`") if f"\n{one}" not in recipes] == []
    named = shown(r"`\.ci/run` \"([^\"]+)\"")
    assert [one for one in named if f'step "{one}"' not in steps] == []
    modules = shown(r"`python -m ([\w.]+)`")
    assert [one for one in modules if not (ROOT / f"{one.replace('.', '/')}.py").is_file()] == []

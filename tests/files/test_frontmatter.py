"""The outer form of a content file: every way it can be wrong names line and cure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.files.frontmatter import MAX_BYTES, ParsedFile, parse
from tests.growth import grows_evenly

GOOD = """---
title: "A title: with a colon"
year: 2023
sells_treatment: true
also:
  - one
positions:
  - source: a
    says: Says so.
  - source: b
summary: |-
  First line.

  Third line.
---

Body begins here.

Second paragraph.
"""


def parsed(text: str = GOOD) -> ParsedFile:
    found, problems = parse(text.encode())
    assert problems == []
    assert found is not None
    return found


def test_fields_come_with_their_values():
    assert parsed().values == {
        "title": "A title: with a colon",
        "year": 2023,
        "sells_treatment": True,
        "also": ["one"],
        "positions": [{"source": "a", "says": "Says so."}, {"source": "b"}],
        "summary": "First line.\n\nThird line.",
    }


@pytest.mark.parametrize(
    ("path", "starts"),
    [
        ("title", "title:"),
        ("also.0", "  - one"),
        ("positions", "positions:"),
        ("positions.0.says", "    says:"),
        ("positions.1.source", "  - source: b"),
        ("summary", "  First line."),
    ],
)
def test_every_value_knows_its_line_in_the_file(path, starts):
    document = parsed()

    assert GOOD.split("\n")[document.lines[path] - 1].startswith(starts)


def test_the_body_has_no_blank_edges_and_knows_its_line():
    document = parsed()

    assert document.body == "Body begins here.\n\nSecond paragraph."
    assert GOOD.split("\n")[document.body_line - 1] == "Body begins here."


def test_the_whole_file_is_kept():
    assert parsed().text == GOOD


WRONG = {
    "a byte-order mark": (b"\xef\xbb\xbf---\na: 1\n---\n", 1, "byte-order mark"),
    "latin-1": (b"---\na: 1\n---\nCaf\xe9\n", 4, "0xe9 is not UTF-8"),
    "windows line ends": (b"---\r\na: 1\r\n---\r\n", 1, "CR LF"),
    "a tab in the front matter": (b"---\na:\n\t- 1\n---\n", 3, "tab"),
    "a tab in the body": (b"---\na: 1\n---\nx\ty\n", 4, "tab"),
    "a zero byte": (b"---\na: 1\n---\n\0\n", 4, "U+0000"),
    "an override of direction": ("---\na: 1\n---\nx\n\u202ey\n".encode(), 5, "U+202E"),
    "a zero-width space": ("---\na: pro\u200bven\n---\n".encode(), 2, "U+200B"),
    "an escaped line break": (b'---\na: "x\\ny"\n---\n', 2, "'|-' block"),
    "an empty file": (b"", 1, "Begin the file with '---'"),
    "no opening": (b"a: 1\n---\n", 1, "Begin the file with '---'"),
    "no closing": (b"---\na: 1\n", 1, "not closed"),
    "a closing with a space": (b"---\na: 1\n--- \nBody\n", 1, "not closed"),
    "no final line break": (b"---\na: 1\n---\nBody", 4, "no end"),
    "a key twice": (b"---\na: 1\nb: 2\na: 3\n---\n", 4, "'a' is given twice, first on line 2"),
    "an inner key twice": (b"---\na:\n  b: 1\n  b: 2\n---\n", 4, "'b' is given twice"),
    "a bare colon": (b"---\na: b: c\n---\n", 2, "double quotes"),
    "an open quotation mark": (b'---\nb: 1\na: "x\n---\n', 4, "not YAML"),
    "a list": (b"---\n- a\n---\n", 2, "'name: value'"),
    "nothing": (b"---\n---\n", 2, "'name: value'"),
    "no value": (b"---\na:\nb: 1\n---\n", 2, "'a' has no value"),
    "a fraction": (b"---\na: 3.5\n---\n", 2, "'3.5' is not a text"),
    "a moment": (b"---\na: 2020-01-01T12:00:00\n---\n", 2, "is not a text"),
    "an octal look-alike": (b"---\na: 010\n---\n", 2, "'010' is not a text"),
    "an anchor": (b"---\na: &x 1\nb: *x\n---\n", 2, "'&x' is a YAML anchor"),
    "an object of Python": (b"---\na: !!python/name:os.system x\n---\n", 2, "'x' is not a text"),
    "a folded text": (b"---\na: x\n  y\n---\n", 2, "several lines"),
    "a list as a name": (b"---\n? [a]\n: 1\n---\n", 2, "not a word"),
    "two documents": (b"---\na: 1\n...\nb: 2\n---\n", 4, "not YAML"),
    "too many brackets": (b"---\na: " + b"[" * 40_000 + b"\n---\n", 1, "brackets"),
    "deep nesting": (b"---\n" + b"- " * 20_000 + b"\n---\n", 2, "nested too deep"),
    "too large": (b"---\na: 1\n---\n" + b"x" * MAX_BYTES, 1, "100000 bytes"),
}


@pytest.mark.parametrize(("data", "line", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_form_is_a_problem_with_line_and_cure(data, line, words):
    _, problems = parse(data)

    assert line in [p.line for p in problems if words in p.message], problems


def test_a_date_is_its_text():
    assert parsed("---\na: 2020-01-31\n---\nBody\n").values == {"a": "2020-01-31"}


def test_every_bad_character_is_found_whatever_else_is_wrong():
    _, problems = parse("---\na: b: c\n---\nx\ty\nso\u00adft\nline\u2028end\n".encode())

    assert [(p.code, p.line) for p in problems] == [
        ("tab", 4),
        ("invisible-character", 5),
        ("invisible-character", 6),
        ("unreadable-file", 2),
    ]


@pytest.mark.parametrize(
    "filler",
    [
        lambda size: "[" * size + "]" * size,
        lambda size: "- " * size,
        lambda size: "{a: " * size,
        lambda size: "k: v\n" * size,
    ],
    ids=["brackets", "dashes", "braces", "lines"],
)
def test_hostile_front_matter_is_answered_in_linear_time(filler):
    def answered(size: int) -> object:
        return parse(f"---\nk: {filler(size)}\n---\n".encode())

    answered(50_000)
    assert grows_evenly(answered, 5_000)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: f"---\n{t}\n---\n".encode()))
def test_no_bytes_raise(data):
    found, problems = parse(data)

    assert found or problems


@given(st.text(alphabet="-:[]{}#&*!|>'\"%@`a1 \n", max_size=80))
def test_no_yaml_raises(text):
    found, problems = parse(f"---\n{text}\n---\nBody\n".encode())

    assert found or problems

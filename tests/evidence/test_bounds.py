"""Hostile input is rendered or refused: no recursion error, no explosion.

How long it takes is measured in tests/benchmarks/; here stand counts only.
"""

import re

import pytest

from explainer.evidence.context import Context
from explainer.evidence.pipeline import MAX_GROWTH, SMALLEST_LIMIT, explain
from explainer.text.markdown import MAX_BYTES
from tests.evidence.invented import CONTEXT, claim

HOSTILE = {
    "quotes": ">" * 50_000,
    "nested lists": "".join("  " * n + "- a\n" for n in range(310)),
    "open brackets": "[" * MAX_BYTES,
    "bracket pairs": "[a](" * 25_000,
    "images": "![" * 50_000,
    "stars": "**a" * 33_000,
    "underscores": "_a__b" * 20_000,
    "backticks": "".join("`" * n + "a" for n in range(1, 445)),
    "autolinks": "<http:" * 16_000,
    "angle brackets": "<" * MAX_BYTES,
    "entities": "&#x3c;" * 16_000,
    "references": "".join(f"[{n}]: /x\n" for n in range(2_400)),
    "containers": ":::a\n" * 20_000,
    "nested containers": "".join(":" * n + " guidance\n" for n in range(440, 3, -1)),
    "wide table": "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "x\n" * 4_000,
    "long table": "|a|\n|-|\n" + "|x|\n" * 24_000,
    "empty claims": "[](claim:t/hope)\n" * 2_400,
    "emphasis in claims": "[" + "*a " * 30_000 + "](claim:t/hope)",
    "headings": "## a\n" * 20_000,
    "lines": "\n" * MAX_BYTES,
    "questions": "a?\n" * 33_000,
    "questions in one line": "a? b. " * 16_000,
    "spaces in an address": "](" + " " * 99_000 + "1:",
    "almost a table": "|" + "-" * 99_000 + "x",
    "delimiter rows": "|-\n" * 33_000,
    "lazy lines": "> a\n" + "b\n" * 45_000,
    "few lazy lines": "> a\n" + "bbbbbbbbb\n" * 9_900,
    "open title": '[a]: /x "' + "b\n" * 9_900,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_rendered_or_refused(text: str) -> None:
    text = text[:MAX_BYTES]

    explanation = explain(text, CONTEXT)

    assert len(explanation.html) <= max(MAX_GROWTH * len(text), SMALLEST_LIMIT)
    assert explanation.html or explanation.problems or not any(explanation.words.values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" * (MAX_BYTES + 1), "100001 bytes; at most 100000 are"),
        ("[" * 6_000, "6000 square brackets; at most 5000 are"),
        ("**a" * 11_000, r"22000 signs of the kind"),
        ("> " * 20 + "a", "nested more than 12 deep"),
        ("|a" * 200 + "\n" + "|-" * 200 + "\n" + "x\n" * 50, "cells; at most 4000"),
        ("[](claim:t/long)" * 2_400, "characters; at most"),
        ("a\x00b", r"U\+0000"),
        ("a\ud800b", r"U\+D800"),
    ],
)
def test_a_refusal_says_how_much_is_too_much(text: str, message: str) -> None:
    long = claim("long", statement="The treatment may help. " * 20)
    context = Context(claims={"t/long": long})

    explanation = explain(text, context)

    assert any(re.search(message, problem.message) for problem in explanation.problems)
    assert any(problem.is_error for problem in explanation.problems)

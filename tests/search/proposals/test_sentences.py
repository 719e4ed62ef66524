"""Which sentences of a text belong to nothing, and where each of them stands."""

import pytest

from explainer.search.proposals.sentences import untagged

MIXED = """Thank *you* for coming. It hurts.

[It hurts.](claim:t/hope) It hurts. [Hair grows.](background:)

::: guidance
Ask a doctor.
:::

## Does it hurt?

- Wash it.
- [](claim:t/hope)

| What | When |
| --- | --- |
| Redness | 2 days |

See the [page](https://example.org/) of the NHS.
"""


def test_each_untagged_sentence_stands_where_it_was_typed():
    found = untagged(MIXED)

    assert [(MIXED[one.start : one.end], one.line) for one in found] == [
        ("Thank *you* for coming.", 1),
        ("It hurts.", 1),
        ("It hurts.", 3),
        ("Wash it.", 11),
        ("Redness", 16),
        ("2 days", 16),
        ("See the [page](https://example.org/) of the NHS.", 18),
    ]
    assert MIXED[: found[2].start].endswith("(claim:t/hope) ")


def test_the_unit_of_a_sentence_is_the_outermost_and_says_if_it_is_free():
    told = [(one.unit.shape, one.unit.is_free) for one in untagged(MIXED)]

    assert told == [
        ("paragraph", True),
        ("paragraph", True),
        ("paragraph", False),
        ("list", False),
        ("table", True),
        ("table", True),
        ("paragraph", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "[](claim:x/y)",
        "::: guidance\nAsk.\n:::",
        "# ",
        "…",
        "Is it safe?",
        "[a](claim:)",
    ],
)
def test_what_belongs_to_something_or_says_nothing_is_left_out(text):
    assert untagged(text) == []


@pytest.mark.parametrize(
    "text", ["x\x00y &amp; z.", "> Quoted.", "::: nothing\nWords.\n:::", "*a* `b`"]
)
def test_no_text_breaks_it(text):
    assert isinstance(untagged(text), list)


def test_a_section_is_read_by_itself_only_where_no_block_is_open():
    text = "::: guidance\nAsk.\n\n## Heading\n\nWash it.\n:::\n\nLeft over.\n"

    assert [one.words for one in untagged(text)] == ["Left over."]

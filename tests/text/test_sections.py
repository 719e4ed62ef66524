"""A text that is read section by section has the tokens of the whole, and what is lost of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.text import lost_words, markdown, sections

LINES = st.sampled_from(
    ["", "", "", "## A heading", "### Another", "##### Deep", "Words *and* more.", "- item",
     "  - inner", "1. one", "1984. a year", "> said", "> ## Quoted", "::: background", ":::",
     "::: guidance urgent", "> ::: x", "  :::", ":::: more", "| a | b |", "|---|---|",
     "| c | d | e |", "    code", "---", "[a](claim:t/hope) [b](/c 'title')", "![x](figure:y)",
     "a ::: b",
     "[used]: /there 'lost'", "See [used].", "```", "~~~ info", "`a", "b`", "&amp; <b>", "a  "],
)  # fmt: skip


@given(st.lists(LINES, max_size=40).map("\n".join))
def test_the_tokens_and_lost_words_are_those_of_the_whole_text(text: str) -> None:
    found, lines = markdown.tokens(text)

    assert sections.tokens(text) == found
    assert list(sections.lost(text)) == list(lost_words.lost(lines, found))


def test_only_the_section_that_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    tokens = markdown.tokens
    monkeypatch.setattr(markdown, "tokens", lambda text: read.append(text) or tokens(text))
    first, block, last = "Before all.\n\n", "## A\n\n::: background\n## B\n:::\n\n", "## C\n\nEnd."

    sections.tokens(first + block + last)
    sections.tokens(f"{first}{block}{last} Typed.")

    assert read == [first, block, last, f"{last} Typed."]


def test_whoever_changes_tokens_changes_nobody_else_s() -> None:
    def changed() -> None:
        for token in sections.tokens("## A\n\nSome [words](/a) here."):
            token.type, token.meta["key"], token.content = "other", "x", ""
            for child in token.children or []:
                child.type, child.meta["key"] = "other", "x"

    text = "## A\n\nSome [words](/a) here."
    changed()

    assert sections.tokens(text) == markdown.tokens(text)[0]


def test_what_is_known_again_is_bounded() -> None:
    for number in range(sections.KNOWN + 5):
        sections.tokens(f"Text {number}.")
    sections.tokens("long " * sections.LONGEST)

    assert sections._tokens.cache_info().currsize == sections.KNOWN

"""Every visible word is accounted for: case files in cases/, then a property."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin

from explainer.evidence.coverage import Block, Segment, words_of
from explainer.evidence.dialect import PartKind
from explainer.evidence.pipeline import explain
from explainer.text.links import is_allowed, own_scheme
from explainer.text.visible import visible_text
from explainer.text.words import count_words
from tests.evidence.invented import CONTEXT

CASES = Path(__file__).parent / "cases"
CASE = re.compile(
    r"## (?P<title>.+?)\n\n````markdown\n(?P<text>.*?)\n````\n\n(?P<told>(?:- [^\n]*\n?)+)", re.S
)


def case_files() -> list[tuple[str, str, str]]:
    return [
        (match["title"], match["text"], match["told"])
        for path in sorted(CASES.glob("*.md"))
        for match in CASE.finditer(path.read_text())
    ]


def told(text: str) -> str:
    explanation = explain(text, CONTEXT)
    counted = ", ".join(f"{kind} {count}" for kind, count in explanation.words.items() if count)
    lines = [f"- words: {counted or 'none'}", f"- text: {explanation.text}".rstrip()]
    lines += [f"- problem on line {p.line}: {p.message}" for p in explanation.problems]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, say, id=title) for title, text, say in case_files()]
)
def test_each_case_is_told_as_its_file_says(text: str, expected: str) -> None:
    assert told(text) == "\n".join(line.rstrip() for line in expected.rstrip("\n").split("\n"))


def test_every_case_file_is_read_to_its_last_case() -> None:
    written = sum(path.read_text().count("\n## ") for path in CASES.glob("*.md"))

    titles = [title for title, _, _ in case_files()]

    assert len(titles) == len(set(titles))
    assert len(titles) >= 100
    written_in_examples = sum(
        text.count("\n## ") + text.startswith("## ") for _, text, _ in case_files()
    )
    assert len(titles) == written - written_in_examples


@pytest.mark.parametrize("texts", [("un", "It may help."), ("It may help", "ful things.")])
@pytest.mark.parametrize("tagged", [0, 1])
def test_a_word_that_is_partly_tagged_is_untagged(texts: tuple[str, str], tagged: int) -> None:
    kinds = [PartKind.UNTAGGED, PartKind.UNTAGGED]
    kinds[tagged] = PartKind.CLAIM
    segments = tuple(Segment(text, kind, 1) for text, kind in zip(texts, kinds, strict=True))

    found = dict(words_of(Block(PartKind.UNTAGGED, 1, segments)))

    shared = texts[0].split()[-1] + texts[1].split()[0]
    assert found.pop(shared) is PartKind.UNTAGGED
    assert PartKind.CLAIM in {*found.values()} or len(texts[tagged].split()) == 1
    assert found


@pytest.mark.parametrize("mark", [".", "!", ":", ";", "\u2026", "\u3002"])
def test_a_question_does_not_hide_the_sentence_before_it(mark: str) -> None:
    explanation = explain(f"Hair grows{mark} Does it work?", CONTEXT)

    words = explanation.words
    assert (words[PartKind.UNTAGGED], words[PartKind.QUESTION]) == (2, 3)
    assert ['"Hair grows' in problem.message for problem in explanation.problems] == [True]


PIECES = st.one_of(
    st.sampled_from(
        [
            "[It may help.](claim:t/hope)",
            "[](claim:t/harm)",
            "[Hair grows.](background:)",
            "[x](claim:t/none)",
            "[](claim:t/none)",
            "[root](term:hair-root)",
            "[link](https://example.org/)",
            "[bad](javascript:alert)",
            "![Roots *here*](figure:roots)",
            "![else](https://example.org/a.png)",
            "<i>tag</i>",
            "`code words`",
            "**bold**",
            "Does it work?",
            "It works.",
            "\n\n",
            "\n",
            "  \n",
            "\n\n- ",
            "\n\n> ",
            "\n\n## ",
            "\n\n    ",
            "\n\n```\n",
            "\n\n::: guidance\n",
            "\n\n::: reported clinic-a\n",
            "\n\n::: picture root\n",
            "\n:::\n",
            "\n\n| a | b |\n|---|---|\n| c | ",
            " |\n",
            "[^1]",
            "&amp;",
            "\U0001f44d",
        ]
    ),
    st.text(alphabet="ab .?![]()*_`<>&#:|\\-+/\n\u00e9\u00df1", max_size=8),
)


def plain_parser() -> MarkdownIt:
    """Parse as the dialect does, by a second route: stock rules, stock renderer."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 60}).enable("table")
    parser.use(container_plugin, "part", validate=lambda *_: True)
    parser.validateLink = lambda url: own_scheme(url) is not None or is_allowed(url)
    return parser


def words_by_stock_renderer(text: str) -> int:
    """Count visible words of the stock rendering, with what empty marks print."""
    html = plain_parser().render(text)
    prints = {key: claim.statement for key, claim in CONTEXT.claims.items()}
    html = re.sub(r'<a href="claim:([a-z/]*)"></a>', lambda m: prints.get(m[1], ""), html)
    return count_words(visible_text(html))


@given(st.lists(PIECES, max_size=14).map("".join))
def test_words_in_are_words_accounted_plus_words_reported(text: str) -> None:
    explanation = explain(text, CONTEXT)

    if explanation.html or not text.strip():
        assert sum(explanation.words.values()) == words_by_stock_renderer(text)
    untagged = explanation.words[PartKind.UNTAGGED]
    assert untagged == 0 or any(problem.is_error for problem in explanation.problems)


@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    explanation = explain(text, CONTEXT)

    assert explanation.words[PartKind.CLAIM] == 0 or "claim:" in text

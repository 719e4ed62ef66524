"""What an author writes is shown or told: words are counted in the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.evidence.dialect import parse
from explainer.evidence.pipeline import explain
from explainer.text.problems import Severity
from tests.evidence.invented import CONTEXT

TABLE = "| Sign | See a doctor |\n|---|---|\n"

LOST = {
    "an extra cell": (f"{TABLE}| Pain | soon | If there is pus |", 3, "if there is pus", "A row"),
    "an extra cell that repeats": (f"{TABLE}| Pain | soon | soon |", 3, "soon", "A row"),
    "an extra cell in a quotation": (
        f"> {TABLE}> | a | b | c |".replace("\n|", "\n> |"),
        3,
        "c",
        "",
    ),
    "a definition that nothing uses": ("See [1].\n\n[1]: /a\n[2]: Jones", 4, "2 jones", "Nothing"),
    "a second definition": ("[1]: /a\n[1]: /b\n\nSee [1].", 2, "1 b", "Nothing refers"),
    "its title": ("[2]: /a 'Nobody was hurt'", 1, "2 a nobody was hurt", "Nothing refers"),
    "a title of a link": ("See [us](/a 'Nobody was hurt').", 1, "nobody was hurt", "A title"),
    "a title of an image": ("![roots](figure:roots 'hurt')", 1, "hurt", "A title is not shown"),
    "a title of a definition": ("[1]: /a 'hurt'\n\n[1]", 1, "hurt", "title"),
    "words after the signs for code": ("``` nobody hurt\ncode\n```", 1, "nobody hurt", "below"),
    "words after other signs for code": ("~~~ nobody hurt\ncode\n~~~", 1, "nobody hurt", "below"),
    "a year that begins a list": ("1986. It began.", 1, "1986", "Write a word before it"),
    "a later year": ("1. It began.\n1990. It went on.", 2, "1990", "Write a word before it"),
    "a number that is counted anew": ("1. Ask.\n3. Wait.", 2, "3", "counts for itself"),
}

SHOWN = [
    "1. Ask.\n2. Wait.\n   1. Ask.\n   2. Wait.\n3. Go.",
    "1. Ask.\n1. Wait.",
    "4) Ask.\n5) Wait.",
    "[them](https://m\u00fcnchen.example/\u00e9%20a?x=\u00fc) [it](<https://x.example/a b>)",
    "<https://x.example/\u00e9%41>",
    "See [1] and [the paper][a key].\n\n[1]: /a\n[A KEY]: /b",
    "&copy x &amp;y `&#65;bc` \\&amp; caf&eacute; a\\*b **b**old",
    "## Title ##\n\n> a\nb\n\n    code &amp; more\n\n- x\n  y",
    "| a | b |\n|---|---|\n| c | d \\| e |\n| f |",
    "```\ncode\n```",
    "![roots *in* skin](figure:roots)",
    "::: guidance\nAsk.\n:::",
    "Lines that end\r\nas elsewhere\ror long ago.",
]

FORMS = (
    "{}",
    "## {}",
    "> {}",
    "- {}",
    "1. {}",
    "    {}",
    "``` {}\n{}\n```",
    "| {} | {} |\n|---|---|\n| {} | {} | {} |",
    "[{}](/{})",
    "[{}](/a '{}')",
    "![{}](figure:roots '{}')",
    "[{}][{}]",
    "[{}]: /{}",
    "[{}]: /{} '{}'",
    "`{}` **{}** <b>{}</b>",
    "::: guidance\n{}\n:::",
    "::: {}\n{}\n:::",
    "{}\\\n{}  \n{}",
)


@pytest.mark.parametrize(("text", "line", "words", "cure"), LOST.values(), ids=LOST)
def test_words_that_no_reader_would_see_are_told(text, line, words, cure) -> None:
    found = [p for p in parse(text).problems if p.code == "words-not-shown"]

    assert [(p.line, p.params["words"]) for p in found] == [(line, words)]
    assert f'"{words}"' in found[0].message
    assert cure in found[0].message


def test_a_lost_cell_stops_publishing_and_an_unused_definition_does_not() -> None:
    (cell,) = parse(LOST["an extra cell"][0]).problems
    (definition,) = parse("[2]: /a").problems

    assert (cell.severity, definition.severity) == (Severity.ERROR, Severity.WARNING)


@pytest.mark.parametrize("text", SHOWN)
def test_words_that_are_shown_or_lead_somewhere_are_not_told(text: str) -> None:
    assert "words-not-shown" not in [problem.code for problem in parse(text).problems]


@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=6), st.sampled_from(["\n\n", "\n"]))
def test_each_word_that_goes_in_comes_out_or_is_told(forms: list[str], between: str) -> None:
    text = between.join(forms)
    words = [f"w{number}w" for number in range(text.count("{}"))]
    text = text.format(*words)

    explanation = explain(text, CONTEXT)

    labels = [line.split("]: ")[0] for line in text.split("\n") if "]: /" in line]
    out = [explanation.html, *labels, *(problem.message for problem in explanation.problems)]
    assert [word for word in words if not any(word in said for said in out)] == []

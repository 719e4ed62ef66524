"""A picture in a text: a named place for the drawing, and words that are tagged like all others."""

import pytest

from explainer.evidence.dialect import PartKind
from explainer.evidence.pipeline import Explanation, explain
from tests.evidence.invented import CONTEXT

TABLE = "| Part | Where |\n|---|---|\n| [Root](background:) | [Deep](background:) |"


def picture(name: str, words: str = "[A root.](background:)", **options) -> Explanation:
    return explain(f"::: picture {name}\n{words}\n:::", CONTEXT, **options)


def codes(explanation: Explanation) -> list[str]:
    return [problem.code for problem in explanation.problems]


def test_a_named_picture_is_a_place_that_its_drawing_is_put_in_with_its_words_below() -> None:
    shown = picture("root")

    assert codes(shown) == []
    assert shown.html == (
        '<figure class="picture"><div class="picture__drawing picture__drawing--root" '
        'id="picture-root"></div><div class="picture__words"><p>A root.</p>\n</div></figure>'
    ).replace("</p>\n", "</p>")


def test_the_words_of_a_picture_are_tagged_by_nothing_but_their_own_marks() -> None:
    shown = picture("root", "Hair grows here.")

    assert codes(shown) == ["untagged-words"]
    assert shown.words[PartKind.UNTAGGED] == 3


def test_a_table_in_a_picture_is_folded_and_one_elsewhere_is_not() -> None:
    inside, outside = picture("root", TABLE).html, explain(TABLE, CONTEXT).html

    folded = '<details class="picture__table"><summary class="picture__open">The same as a table'
    assert f"{folded}</summary>{outside}</details>" in inside
    assert "<details" not in outside
    assert "<details" not in explain(f"::: picture root\n:::\n\n{TABLE}", CONTEXT).html


def test_an_unknown_picture_is_reported_with_its_line_and_the_names_there_are() -> None:
    shown = explain("Is it so?\n\n::: picture rot\n[A root.](background:)\n:::", CONTEXT)

    (problem,) = shown.problems
    assert (problem.code, problem.line, problem.is_error) == ("unknown-picture", 3, True)
    assert problem.message.startswith("There is no picture with the key 'rot'.")
    assert problem.message.endswith("There are: root.")
    assert "picture__drawing" not in shown.html


@pytest.mark.parametrize("name", ["", "root root"])
def test_a_picture_block_names_one_picture(name: str) -> None:
    assert "picture-without-name" in codes(picture(name))


def test_ids_of_places_are_one_of_a_kind_and_no_heading_takes_one() -> None:
    text = "::: picture root\n:::\n\n" * 2 + "## Picture root"

    html = explain(text, CONTEXT, prefix="old-").html

    assert html.count('id="old-picture-root"') == 1
    assert html.count('id="old-picture-root-2"') == 1
    assert 'id="old-part-picture-root"' in html


def test_a_text_without_anchors_shows_the_words_alone() -> None:
    assert "picture__drawing" not in picture("root", prefix=None).html

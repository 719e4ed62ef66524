"""A visible sign is found where it stands in the Markdown, whatever markup stands between."""

import pytest

from explainer.text.places import in_utf16, places


@pytest.mark.parametrize(
    ("source", "pieces", "words"),
    [
        ("One **bold** word.", [(1, "One bold word.")], "One **bold** word."),
        ("See [our page](https://w.example/or) or ask.", [(1, "See our page or ask.")], None),
        ("- one\n- two\n\nthree", [(1, "one"), (2, "two"), (4, "three")], "three"),
        ("| a | b |\n|---|---|\n| c | d |", [(1, "a"), (1, "b"), (3, "c"), (3, "d")], "d"),
        ("::: guidance\nguide\n:::\n\nguide me", [(2, "guide"), (5, "guide me")], "guide me"),
        ("[](claim:t/it-works) It works.", [(1, " It works.")], "It works."),
        ("Same.\nSame.", [(2, "Same.")], "Same."),
        ("Q &amp; A then", [(1, "Q & A then")], None),
    ],
)
def test_pieces_are_found_in_their_order(source, pieces, words):
    last = [place for place in places(source, pieces)[-1] if place >= 0]

    assert source[last[0] : last[-1] + 1] == (words or source)


def test_a_line_begins_the_search_and_spaces_have_no_place():
    assert places("ab\n\na b", [(3, "a b")]) == [[4, -1, 6]]


def test_what_is_not_there_has_no_place_and_stops_nothing():
    assert places("ab cd", [(1, "ab\u2603cd")]) == [[0, 1, -1, 3, 4]]
    assert places("", [(7, "words")]) == [[-1] * 5]


def test_scripts_count_an_emoji_as_two():
    assert in_utf16("\U0001f600a", 1) == 2

"""Folding shows the words behind odd signs and keeps every place."""

import pytest

from explainer.evidence.lint.lexicon import clause, opening
from explainer.text.folding import fold, visible


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cutting\nEdge", "cutting edge"),
        ("non\u2010invasive", "non-invasive"),
        ("a\u2011b\u2012c\u2013d\u2014e\u2015f", "a-b-c-d-e-f"),
        ("It\u2019s\u00a0so", "it's so"),
        ("one\n\ntwo\n \nthree", "one\n\ntwo\n \nthree"),
        ("mir\u200bac\u00adle", "miracle"),
        ("bene\ufb01ts", "benefits"),
        ("\uff47uaran\u034fteed", "guaranteed"),
        ("\u2079\u2070\uff05", "90%"),
    ],
)
def test_a_fold_is_what_a_reader_sees_in_plain_signs(text, folded):
    assert fold(text) == folded
    assert len(visible(text)) == len(folded)


def test_the_places_of_visible_signs_lead_back_to_the_text():
    text = "a\u200bb\u2060c"

    assert [text[place] for place in visible(text)] == ["a", "b", "c"]
    assert list(visible("abc")) == [0, 1, 2]


def test_a_clause_begins_after_the_last_break():
    assert clause("it is so, but not here") == " not here"


def test_an_opening_is_six_words():
    assert opening("one two three") == "one two three"
    assert opening("1 2 3 4 5 6 7") == "1 2 3 4 5 6 ..."

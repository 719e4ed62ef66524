"""All words of a language in one piece of memory."""

import pytest

from explainer.search.lists import english
from explainer.text.spelling import Vocabulary

WORDS = ["a", "ab", "abbé", "abc", "b", "ba", "it's", "zebra", "ε"]


@pytest.mark.parametrize("count", range(len(WORDS) + 1))
def test_it_has_the_words_that_it_was_given_and_no_others(count):
    there = WORDS[:count]

    vocabulary = Vocabulary([*reversed(there), *there])

    assert [word for word in WORDS if word in vocabulary] == there
    assert [*vocabulary] == there
    assert (len(vocabulary), bool(vocabulary)) == (count, count > 0)


@pytest.mark.parametrize("word", ["", "\n", "a\n", "\nab", "a\nab", "\ud800", "aa", "abb", "zz"])
def test_pieces_of_it_are_no_words(word):
    assert word not in Vocabulary(WORDS)


def test_it_is_as_a_set_for_english():
    every = {*english()}

    assert len(every) == len(english()) > 100_000
    sample = sorted(every)[::500]
    assert all(word in english() for word in sample)
    assert not [word for word in sample if f"{word}qx" in english()]

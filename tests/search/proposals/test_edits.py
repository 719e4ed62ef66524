"""What stands in a text after an edit, and that what stands around it stays."""

import pytest

from explainer.search.proposals import edits
from explainer.search.proposals.sentences import untagged


def done(text, words, make):
    sentence = next(one for one in untagged(text) if one.words == words)
    edit = make(text, sentence)
    return edit and edit.done(text)


def guidance(*, whole):
    return lambda text, it: edits.enclose(text, it, "guidance", whole=whole)


def test_a_sentence_is_put_into_brackets_and_what_stands_around_it_stays():
    marked = done("One. Two. Three.", "Two.", lambda t, s: edits.bracket(t, s, "background:"))

    assert marked == "One. [Two.](background:) Three."


@pytest.mark.parametrize("words", ["See [it](https://x.org/).", "So *it goes."])
def test_brackets_and_half_an_emphasis_go_into_no_brackets(words):
    text = f"{words} And* more."
    (first, *_) = untagged(text)

    assert edits.bracket(text, first, "background:") is None


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("One.", "::: guidance\nOne.\n:::\n\nTwo. Three."),
        ("Two.", "One.\n\n::: guidance\nTwo.\n:::\n\nThree."),
        ("Three.", "One. Two.\n\n::: guidance\nThree.\n:::"),
    ],
)
def test_a_sentence_is_cut_out_of_its_paragraph_into_a_block(words, after):
    assert done("One. Two. Three.", words, guidance(whole=False)) == after


def test_what_is_left_of_a_paragraph_comes_next():
    (_, two, _) = untagged(text := "One. Two. Three.")
    edit = edits.enclose(text, two, "guidance", whole=False)

    assert edit.words[edit.caret :] == "Three."


def test_it_goes_on_with_the_block_before_it_if_that_is_of_the_same_kind():
    text = "::: guidance\nOne.\n:::\n\nTwo. Three."

    assert done(text, "Two.", guidance(whole=False)) == "::: guidance\nOne.\nTwo.\n:::\n\nThree."
    other = text.replace("guidance", "background")
    assert done(other, "Two.", guidance(whole=False)).count(":::") == 4


def test_a_list_goes_into_a_block_as_a_whole_or_not_at_all():
    text = "Before.\n\n1. Wash it.\n2. Dry it.\n\nAfter."
    whole = "Before.\n\n::: guidance\n1. Wash it.\n2. Dry it.\n:::\n\nAfter."

    assert done(text, "Dry it.", guidance(whole=True)) == whole
    assert done(text, "Dry it.", guidance(whole=False)) is None


@pytest.mark.parametrize(
    ("text", "words", "after"),
    [
        ("One. Two. Three.", "One.", "Two. Three."),
        ("One. Two. Three.", "Two.", "One. Three."),
        ("One. Two. Three.\n\nFour.", "Three.", "One. Two.\n\nFour."),
        ("One.\n\nTwo.\n\nThree.", "Two.", "One.\n\nThree."),
        ("- One.\n- Two.\n- Three.", "Two.", "- One.\n- Three."),
        ("One.\n\nTwo.", "Two.", "One.\n\n"),
        ("| A | B |\n|---|---|\n| One | Two |", "One", "| A | B |\n|---|---|\n| | Two |"),
    ],
)
def test_a_sentence_is_taken_out_with_the_line_that_it_alone_stood_on(text, words, after):
    assert done(text, words, edits.take_out) == after


def test_nothing_is_put_over_words_that_were_changed_meanwhile():
    (one,) = untagged("One.")
    edit = edits.print_claim("One.", one, "t/hope")

    assert edit.done("Two.") == "Two."
    assert edit.done("One.") == "[](claim:t/hope)"

"""A text's promises are found by their words, and whatever is not meant stays silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.text import matching
from explainer.text.phrases import Phrasebook
from explainer.text.readings import Known
from explainer.text.word_lists import WordLists

SYNONYMS = """word\tvariants
!pain\tpainless|pain free
pain\thurt
shedding\thair fall|falls out
stemcell\tstem cell
regrow\tgrows back|regrowth
"""
WORDS = """use\twords
body\tknee beard
shop\tparking price
house\tlawn station
plain\tback
subject\thair scalp follicle
everyday\tmonth hair visible
"""
LISTS = WordLists.of(SYNONYMS, WORDS)
SAID = {
    "meso/pain": ["virtually painless", "no pain at all"],
    "meso/downtime": ["no downtime"],
    "meso/blood": ["boosts blood flow in the scalp"],
    "meso/roots": ["wakes dormant follicles"],
    "meso/back": ["get your hair back"],
    "meso/weeks": ["every 2 weeks"],
    "meso/vitamins": ["vitamin cocktail feeds the roots"],
    "cells/downtime": ["no downtime"],
    "cells/one": ["one visit is enough"],
    "cells/own": ["your own stem cells cannot be rejected"],
    **{f"cells/other-{number}": [f"other{number} certificate"] for number in range(150)},
}


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    known = [
        Known(
            key,
            key.partition("/")[0],
            tuple((phrase, 1.0) for phrase in phrases),
            ((". ".join(phrases), 2.0),),
        )
        for key, phrases in SAID.items()
    ]
    names = {"meso": ["mesotherapy"], "cells": ["stem cell"]}
    return Phrasebook(known, LISTS, names, {"table", "reduction"})


def keys(book: Phrasebook, text: str, group: str = "") -> list[str]:
    return [match.key for match in matching.find(book, text, group)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("It is painless.", "meso/pain"),
        ("You will not feel any pain.", "meso/pain"),
        ("Our serum increases and boosts the blood flow of your scalp.", "meso/blood"),
        ("Dormant follicles wake up!", "meso/roots"),
        ("Dormnt folicles wake up!", "meso/roots"),
        ("A great clinic, easy to reach; dormant follicles wake up; call now", "meso/roots"),
        ("Your own stem cells are never rejected", "cells/own"),
    ],
)
def test_a_promise_is_found_in_other_words(book: Phrasebook, text: str, key: str) -> None:
    assert keys(book, text) == [key]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Free parking behind the house.",
        "It can hurt a lot.",
        "Much downtime.",
        "Painless for your knee.",
        "Painless parking at a fair price.",
        "Visible in a month.",
        "Hair.",
    ],
)
def test_what_is_no_promise_stays_silent(book: Phrasebook, text: str) -> None:
    assert keys(book, text) == []


def test_a_named_treatment_decides_between_twins(book: Phrasebook) -> None:
    assert keys(book, "Mesotherapy. There is no downtime.") == ["meso/downtime"]
    assert keys(book, "Stem cells need no downtime.") == ["cells/downtime"]
    assert keys(book, "There is no downtime.", "cells") == ["cells/downtime"]
    assert sorted(keys(book, "There is no downtime.")) == ["cells/downtime", "meso/downtime"]


def test_words_of_any_talk_have_to_be_nearly_all_of_a_clause(book: Phrasebook) -> None:
    assert keys(book, "Get your hair back!") == ["meso/back"]
    assert keys(book, "Come every 2 weeks") == ["meso/weeks"]
    assert keys(book, "A crew of friends shot the film in 2 weeks") == []
    assert keys(book, "Our hair consultant calls back on Tuesday about the two brochures") == []


def test_a_sentence_that_speaks_of_something_else_has_to_say_more(book: Phrasebook) -> None:
    assert keys(book, "Boosts blood flow, says the doctor here") == ["meso/blood"]
    assert keys(book, "Boosts blood flow on the lawn") == ["meso/blood"]
    assert keys(book, "Boosts blood flow, says the price list at the station") == []


def test_a_match_tells_the_words_and_the_phrase(book: Phrasebook) -> None:
    text = "Come to us: the mix wakes up dormant follicles, they say."

    (match,) = matching.find(book, text)

    assert text[match.start : match.end] == "wakes up dormant follicles"
    assert match.phrase == "wakes dormant follicles"


def test_an_english_word_is_not_taken_for_a_misspelling(book: Phrasebook) -> None:
    assert book.speller.word("table") == "table"
    assert book.speller.word("dormnt") == "dormant"
    assert book.speller.word("xyzzy") == "xyzzy"


@given(st.text(max_size=300), st.sampled_from(["", "no pain, ", "without pain, pain, ", "6 to "]))
def test_whatever_is_pasted_each_match_stands_in_it(text: str, more: str) -> None:
    known = [Known("a/b", "a", (("no pain", 1.0), ("6 to 8 visits", 1.0)))]
    pasted = more * 5 + text + more

    for match in matching.find(Phrasebook(known, LISTS, {}), pasted):
        assert 0 <= match.start < match.end <= len(pasted)
        assert pasted[match.start : match.end].strip()


def test_what_is_left_out_as_too_far_off_would_not_have_been_told(book, monkeypatch):
    texts = [f"{phrase}, mesotherapy" for phrases in SAID.values() for phrase in phrases]
    found = [matching.find(book, text) for text in texts]
    monkeypatch.setattr(matching, "most_of", lambda *_: 1.0)

    assert any(found)
    assert [matching.find(book, text) for text in texts] == found

"""What people say in other words has one normal form, and each word knows its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.text.normal_form import Synonyms, words_of

ROWS = [
    ("!pain", ["painless", "pain free"]),
    ("pain", ["hurt", "discomfort"]),
    ("shedding", ["hair fall", "falls out"]),
    ("session", ["visit", "sitting"]),
    ("week", ["weeks"]),
    ("noninvasive", ["without surgery"]),
    ("stemcell", ["stem cell", "MSC"]),
]
SYNONYMS = Synonyms.of(ROWS)


def normal(text: str) -> list[str]:
    return [f"{'!' * word.denied}{word.stem}" for word in words_of(text, SYNONYMS)]


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        ("no pain", "painless"),
        ("it doesn’t hurt", "painless"),
        ("It doesnt hurt", "no discomfort"),
        ("pain-free", "Pain free!"),
        ("not painless", "it hurts"),
        ("not only painless", "painless"),
        ("6 to 8 sessions", "a course of ten visits"),
        ("6-8 sessions", "eight weekly sessions"),
        ("1 or 2 visits", "one sitting"),
        ("9 out of 10", "90%"),
        ("90 percent", "90 %"),
        ("STEM-CELLS", "msc"),
        ("non-invasive", "without surgery"),
        ("𝗻𝗼 𝗽𝗮𝗶𝗻", "no pain"),
        ("pa\u00adin\u200bless", "painless"),
        ("scàlp", "scalp"),
        ("injected", "injections"),
        ("hair that falls out", "hair shedding"),
    ],
)
def test_two_ways_to_say_it_are_alike(said: str, alike: str) -> None:
    form = normal(said)

    assert form
    assert [w for w in normal(alike) if w != "cours"] == form


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("painless", "it hurts"),
        ("one visit", "6 visits"),
        ("two weeks", "two sessions"),
        ("no pain", "pain"),
    ],
)
def test_what_means_another_thing_has_another_form(said: str, other: str) -> None:
    assert normal(said) != normal(other)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("without pain, scars or redness", ["!pain", "!scar", "!red"]),
        ("no pain, quick and gentle", ["!pain", "quick", "gentl"]),
        ("scars are not an issue, it may hurt", ["!scar", "!issu", "pain"]),
        ("quick, and pain is no problem", ["quick", "!pain", "!problem"]),
        ("a problem is pain", ["problem", "pain"]),
        ("no scars. It may hurt", ["!scar", "!pain"]),
        ("never needs more than a day of scars", ["!day", "scar"]),
    ],
)
def test_a_no_reaches_as_far_as_people_mean_it(text: str, form: list[str]) -> None:
    assert normal(text) == form


def test_each_word_tells_where_it_stands() -> None:
    text = "Ｎｏ hair fall after 6 to 8 visits"

    found = {word.stem: text[word.start : word.end] for word in words_of(text, SYNONYMS)}

    assert found == {"shedding": "hair fall", "n-session": "6 to 8 visits"}


@given(st.text(max_size=400))
def test_any_text_has_a_form_whose_places_are_in_the_text_and_in_order(text: str) -> None:
    words = words_of(text, SYNONYMS)

    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)

"""Medical words without a glossary entry are found; everyday words are left alone."""

import pytest

from explainer.text.jargon import undefined


@pytest.mark.parametrize(
    "word",
    [
        "folliculitis",
        "thrombosis",
        "alopecia",
        "minoxidil",
        "necrosis",
        "cytokine",
        "lymphocytes",
        "angiogenesis",
        "subcutaneous",
        "anaemia",
        "autoimmune",
        "microbe",
        "lidocaine",
        "baricitinib",
        "keratin",
    ],
)
def test_words_built_like_medical_ones_are_found(word: str) -> None:
    assert undefined([f"The {word} was seen."], []) == (word,)


@pytest.mark.parametrize(
    "word",
    [
        "disease",
        "diagnosis",
        "phase",
        "release",
        "hair",
        "scalp",
        "clinic",
        "treatment",
        "needle",
        "please",
    ],
)
def test_everyday_words_are_left_alone(word: str) -> None:
    assert undefined([f"The {word} was seen."], []) == ()


def test_a_glossary_word_defines_its_plural_and_its_parts() -> None:
    assert undefined(["Cytokines and areata alopecia."], ["cytokine", "alopecia areata"]) == ()


def test_the_most_frequent_come_first() -> None:
    assert undefined(["fibroma", "fibroma keratin"], []) == ("fibroma", "keratin")

"""Words are found however their marks, hyphens, case and letters are typed."""

import pytest

from explainer.text.search_words import folded, has_all, phrases_of, words_of

HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"


@pytest.mark.parametrize("apostrophe", "'’‘‛′ʼ\uff07")
def test_apostrophes_are_one(apostrophe):
    assert folded(f"clinic{apostrophe}s own") == "clinic's own"


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "«»", "″″", "\uff02\uff02"])
def test_quotation_marks_are_one(marks):
    assert folded(f"{marks[0]}Natural{marks[1]}") == '"natural"'


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_hyphens_are_one(hyphen):
    assert folded(f"non{hyphen}invasive") == "non-invasive"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Benefits", "benefits"),
        ("bene\ufb01ts", "benefits"),
        ("ＧＦＣ １０", "gfc 10"),
        ("HÄRÄ", "härä"),
        ("ha\u0308r", "här"),
        ("STRASSE straße", "strasse strasse"),
        ("co\u00adpy\u200b", "copy"),
        ("one\u00a0two\n three", "one two three"),
        ("a\x00b", "a b"),
        ("\u200b", ""),
    ],
)
def test_letters_and_spaces_are_as_they_are_read(typed, plain):
    assert folded(typed) == plain


def test_words_stand_anywhere_and_phrases_as_they_are():
    texts = ["A clinic’s own leaflet", None, "It is non‑invasive"]

    assert has_all(words_of("leaflet clinic's NON-INVASIVE"), texts)
    assert has_all(phrases_of("“own leaflet” clinic‘s"), texts)
    assert not has_all(phrases_of('"leaflet own"'), texts)
    assert not has_all(words_of("leaflet nothing"), texts)
    assert not has_all(phrases_of('"leaflet it"'), texts), "a phrase stands in one text"

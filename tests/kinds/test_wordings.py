"""A wording is read alone, so it is a whole statement."""

import pytest

from explainer.kinds.wordings import check_whole


@pytest.mark.parametrize(
    "words",
    ["Swelling of the forehead", "the scalp may be sore for days", "May be sore.",
     "Redness and itching in the scalp", "- 3 to 7 days", ""],
)  # fmt: skip
def test_a_fragment_is_no_wording(words):
    assert [found.code for found in check_whole(words)] == ["wording-fragment"]


@pytest.mark.parametrize(
    "words",
    ["The scalp may be sore for days.", "The scalp may be sore for days",
     "Clinics say *it regrows hair*, but nobody looked.", "“Natural” is a word of sellers.",
     "9 of 10 people felt sore."],
)  # fmt: skip
def test_a_whole_statement_is_one(words):
    assert not any(check_whole(words))

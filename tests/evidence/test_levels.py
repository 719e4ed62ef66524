"""The closed vocabularies are the method's own, and each word has a reader's word."""

import pytest

from explainer.evidence.levels import (
    Bearing,
    Finding,
    Ground,
    Kind,
    Level,
    Reason,
    Seen,
    SourceKind,
    Topic,
    caution,
)
from explainer.evidence.lint.statements import check_statement

LEAST_TO_MOST_CAUTIOUS = {
    Bearing.PROMISE: ["plausible", "under-investigation", "unsupported"],
    Bearing.WARNING: ["unsupported", "under-investigation", "plausible"],
}

VOCABULARIES = [
    (Level, "plausible under-investigation unsupported"),
    (Bearing, "promise warning"),
    (Reason, "not-studied no-effect-found studies-disagree contradicted overstated"),
    (Finding, "asserts supports mixed no-effect contradicts reports plans"),
    (Topic, "mechanism process candidacy safety faq"),
    (Kind, "mechanism effect harm suitability practice"),
    (SourceKind, "clinic review trial series laboratory regulator professional-body press"),
    (Seen, "full abstract summary"),
]


@pytest.mark.parametrize(("vocabulary", "keys"), VOCABULARIES)
def test_a_vocabulary_has_exactly_the_keys_of_the_method(vocabulary, keys):
    assert [str(member) for member in vocabulary] == keys.split()


@pytest.mark.parametrize("bearing", Bearing)
def test_caution_rises_in_the_order_of_the_bearing(bearing):
    ordered = sorted(Level, key=lambda level: caution(level, bearing))

    assert ordered == LEAST_TO_MOST_CAUTIOUS[bearing]


@pytest.mark.parametrize("vocabulary", [Reason, Finding, Topic, Kind, SourceKind, Seen])
def test_every_member_has_words_of_its_own_for_a_reader(vocabulary):
    words = {member.words for member in vocabulary}

    assert len(words) == len(vocabulary)
    assert all(text[0].isupper() and "-" not in text for text in words)


def test_an_unsupported_promise_names_its_reason_as_its_ground():
    assert {str(reason) for reason in Reason} <= {str(ground) for ground in Ground}


def test_every_level_has_a_word_for_a_reader():
    assert [level.word for level in Level] == ["Plausible", "Under investigation", "Unsupported"]


@pytest.mark.parametrize("level", Level)
def test_a_level_brings_all_that_its_label_and_its_wording_need(level):
    _, _, example = level.spec.example.partition("as in: ")

    assert check_statement(example, level=level, bearing=Bearing.PROMISE) == ()

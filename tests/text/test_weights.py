"""Counts over readings: they come and go one by one, and leave nothing behind."""

import json

from explainer.text.readings import Known, read
from explainer.text.weights import Weights
from explainer.text.word_lists import WordLists

SYNONYMS = WordLists.of("word\tvariants\n!pain\tpainless\n", "use\twords\n").synonyms
HAIR = read(Known("hair", "t", (("thicker hair", 1.0),), (("thick hair, thicker", 2.0),)), SYNONYMS)
PAIN = read(Known("pain", "t", (("it is painless", 1.0),), (("hair", 1.5),)), SYNONYMS)


def counted(*readings):
    weights = Weights()
    for reading in readings:
        weights.add(reading)
    return weights


def test_a_reading_that_is_taken_away_leaves_nothing():
    weights = counted(HAIR, PAIN)
    weights.add(PAIN, -1)

    assert weights.groups == counted(HAIR).groups
    assert weights.written == counted(HAIR).written
    assert weights.having[1.5] == {}
    assert weights.lent(HAIR.fields, "thick") == counted(HAIR).lent(HAIR.fields, "thick") > 0


def test_counts_are_the_same_when_they_were_written_and_read():
    weights = counted(HAIR, PAIN)
    again = Weights.of(json.loads(json.dumps(weights.told())))

    assert again.told() == weights.told()
    assert again.lent(HAIR.fields, "thick") == weights.lent(HAIR.fields, "thick")


def test_a_phrase_knows_what_it_denies_and_a_reading_all_its_words():
    assert PAIN.phrases[0].words == {"pain": True}
    assert PAIN.words == {"pain", "hair"}
    assert PAIN.written == {"it", "is", "painless", "hair"}

"""What was learned from sentences: the same each time, and told by the words that weigh most."""

from explainer.evidence.lint.likeness import likeness, runs, telling
from tests.evidence import learn


def test_the_weights_are_what_the_sentences_give():
    assert learn.WEIGHTS.read_text(encoding="utf-8") == learn.learned()


def test_what_is_measured_was_never_learned_from():
    learned = {row["sentence"] for name in learn.LEARNED_FROM for row in learn.sentences(name)}

    assert not learned & {row["sentence"] for row in learn.sentences("unseen.tsv")}


def test_a_sentence_is_weighed_by_its_part_and_its_runs_of_words():
    assert runs("guidance", "keep calm") == {
        "<guidance>", "<guidance> keep", "<guidance> keep calm", "keep", "keep calm", "calm",
    }  # fmt: skip


def test_a_promise_in_words_that_no_list_holds_reads_like_a_claim():
    words = "doctors were sceptical at first, but the results have won many of them over."

    assert likeness("background", words) > 0.6
    assert all(word in words for word in telling("background", words).split("', '"))
    assert likeness("background", "a hair grows from a root in the skin.") < 0.1

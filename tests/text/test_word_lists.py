"""The tables of words are read strictly, and what is wrong names its line and its cure."""

import pytest

from explainer.text.word_lists import SYNONYMS, WORDS, Use, WordLists, problems

GOOD = "word\tvariants\n!pain\tpainless\n"


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        (SYNONYMS, "pain\thurt\n", "no-header", 1),
        (SYNONYMS, f"{GOOD}pain hurt\n", "not-two-columns", 3),
        (SYNONYMS, f"{GOOD}pain\thurt\tache\n", "not-two-columns", 3),
        (SYNONYMS, f"{GOOD}pain\t\n", "not-two-columns", 3),
        (SYNONYMS, f"{GOOD}pain\thurt\npain\tache\n", "synonym-twice", 4),
        (SYNONYMS, f"{GOOD}pain\thurt|\n", "synonym-length", 3),
        (SYNONYMS, f"{GOOD}pain\ta b c d e f g\n", "synonym-length", 3),
        (SYNONYMS, f"{GOOD}pain\thurts\nharm\thurt\n", "synonym-ambiguous", 4),
        (WORDS, "words\tuse\n", "no-header", 1),
        (WORDS, "use\twords\nbodies\tknee\n", "unknown-use", 2),
        (WORDS, "use\twords\nbody\tknee\nbody\tlip\n", "use-twice", 2),
    ],
)
def test_what_is_wrong_is_named_with_its_line(name: str, text: str, code: str, line: int) -> None:
    found = [(problem.code, problem.line) for _, problem in problems([(name, text)])]

    assert (code, line) in found


def test_good_tables_have_no_problems_and_words_come_in_normal_form() -> None:
    words = "use\twords\nbody\tknees painless\n"

    assert list(problems([(SYNONYMS, GOOD), (WORDS, words)])) == []
    assert WordLists.of(GOOD, words).uses[Use.BODY] == {"knee", "pain"}
    assert WordLists.of(GOOD, words).uses[Use.DRUG] == frozenset()

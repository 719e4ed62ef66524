"""Counting: sentences, syllables and the two formulas, against values worked by hand."""

import pytest

from explainer.text.problems import Severity
from explainer.text.readability import (
    GRADE_LIMIT,
    SENTENCE_AIM,
    SENTENCE_LIMIT,
    WORDS_TO_MEASURE,
    check,
    measure,
    sentences,
    syllables,
)

SYLLABLES = {
    1: "the be use used scalp skin whole called scaled tried dose judged eyes growth side cells"
    " aged weeks don't caused sourced type sure 12 1,000 played tired",
    2: "needle needles people table settled tested needed studied bodies changes doses bruises"
    " trial patient patients special being trying quiet science doesn't movement safely lately"
    " treatment layer beyond syringe sterile hormone tissue question marrow centre abscess peptide"
    " plasma licensed disease released damaged measured clinic unknown something therefore"
    " guideline hair-root every evening lifetime lifestyle baseline safety forehead somehow"
    " sideline facelift homemade business union caf\u00e9 M\u00fcller na\u00efve acne headaches",
    3: "follicle follicles therapy vitamin mineral biotin injection infection reaction clinician"
    " medicine evidence plausible idea created period serious medium exosome usual agreement"
    " allergy placebo molecule anagen collagen cytokine pregnancy procedure nobody unlicensed"
    " diseases medical everyone everyday carrier happier embryo opinion forever",
    4: "mesenchymal minoxidil dutasteride finasteride inflammation unsupported mechanism society"
    " variety anxiety bacteria ingredient autologous evaluate immediate umbilical analysis diabetes"
    " areata rosacea everybody",
    5: "mesotherapy alopecia androgenetic investigation dermatology association evaluation",
}

SPLIT = [
    ("It is a study. It was small.", 2),
    ("Does it work? Nobody knows.", 2),
    ("It says no! Ask why.", 2),
    ("The needle goes 1.5 mm deep. Then it is drawn back.", 2),
    ("Use e.g. biotin. Ask first.", 2),
    ("Dr. Pistor began in 1952. He was French.", 2),
    ("It was 6.5%. That is low.", 2),
    ("It goes 4 mm deep. 20 minutes later you leave.", 2),
    ("No product is approved in the U.S. The FDA said so.", 2),
    ("Smith et al. 2020 found it. Others did not.", 2),
    ('One calls it "safe." Ask how they know.', 2),
    ("It starts at 3 p.m. Then you go home.", 2),
    ("A trial (49 men) found no gain. It was small.", 2),
    ("Vitamins, minerals, etc. are mixed. Ask which.", 2),
    ("This is PRP. This is PRF. It is blood.", 3),
    ("Clinics say it helps; nobody has tested it.", 1),
    ("  ", 0),
]

TWENTY = "One two six ten one two six ten one two six ten one two six ten one two six ten. "


@pytest.mark.parametrize(
    ("count", "word"),
    [(count, word) for count, words in SYLLABLES.items() for word in words.split()],
)
def test_syllables_are_counted_as_spoken(count, word):
    assert syllables(word) == syllables(word.upper()) == count


SPELLED = {
    2: "US UK EU",
    3: "PRP DNA FDA MSC NHS PRPs MSCs MRI HIV UVA EMA PhD",
    4: "mRNA HTML",
    5: "WMA",
}


@pytest.mark.parametrize(
    ("count", "word"),
    [(count, word) for count, words in SPELLED.items() for word in words.split()],
)
def test_capitals_that_are_no_word_are_said_letter_by_letter(count, word):
    assert syllables(word) == count


def test_a_text_hears_the_letters_of_an_abbreviation():
    spelled, said = (measure([(1, f"The {word} is here.")]) for word in ("FDA", "prp"))

    assert spelled.grade > said.grade
    assert syllables("mm") == syllables("mg") == 1


def test_an_accent_of_two_signs_is_that_of_one():
    assert syllables("cafe\u0301") == syllables("caf\u00e9") == 2


def test_a_curly_apostrophe_is_an_apostrophe():
    assert syllables("doesn’t") == 2


@pytest.mark.parametrize(("text", "count"), SPLIT)
def test_a_block_is_split_into_its_sentences(text, count):
    found = sentences(text)

    assert len(found) == count
    assert " ".join(found) == text.strip()


def test_the_grade_is_the_formula_of_kincaid():
    # 10 words, 2 sentences, 15 syllables: 0.39 * 5 + 11.8 * 1.5 - 15.59 = 4.06
    measured = measure([(1, "The needle is small. The clinic uses many needles here.")])

    assert (measured.words, measured.sentences) == (10, 2)
    assert measured.grade == pytest.approx(4.1)


def test_lix_is_the_formula_of_bjornsson():
    # 10 words, 2 sentences, 1 word of more than 6 letters: 5 + 10
    measured = measure([(1, "The needle is small. The clinic uses many needles here.")])

    assert measured.lix == pytest.approx(5 + 10)


def test_no_words_measure_nothing_and_are_no_problem():
    measured = measure([(1, ""), (2, " ... ")])

    assert (measured.words, measured.sentences, measured.grade, measured.longest) == (0, 0, 0, None)
    assert check(measured) == ()


def test_a_block_without_a_full_stop_ends_its_sentence():
    assert measure([(1, "One item"), (2, "another item")]).sentences == 2


def test_a_term_of_the_glossary_counts_in_full_once():
    text = [(1, "Androgenetic alopecia is common. I have androgenetic alopecia.")]
    plain = measure(text)

    met = measure(text, terms=["androgenetic alopecia"])

    # The second use is 2 syllables instead of 10, over 8 words.
    assert plain.grade - met.grade == pytest.approx(11.8 * 8 / 8, abs=0.1)
    assert met.hardest == ("androgenetic", "alopecia")


def test_a_term_is_met_in_the_plural_in_any_case_and_across_blocks():
    text = [(1, "Exosomes are small."), (2, "An exosome is small.")]

    assert measure(text, terms=["exosome"]).grade < measure(text).grade


def test_a_word_that_is_no_term_counts_each_time():
    text = [(1, "Exosomes are small. An exosome is small.")]

    assert measure(text, terms=["biotin", "exosome bank"]) == measure(text)


def test_the_hardest_words_come_first_by_what_they_add():
    text = "Mesotherapy is here. Evidence is here. Investigation is here. Mesotherapy is here."

    measured = measure([(1, text)])

    assert measured.hardest == ("mesotherapy", "investigation", "evidence")


def test_the_longest_sentence_is_given_with_its_line():
    measured = measure([(3, "A short one."), (8, "This one is the longer one of two.")])

    assert measured.longest is not None
    assert (measured.longest.line, measured.longest.words) == (8, 8)
    assert measured.longest.text == "This one is the longer one of two."


LENGTHS = [
    (SENTENCE_AIM, []),
    (SENTENCE_AIM + 1, [Severity.WARNING]),
    (SENTENCE_LIMIT, [Severity.WARNING]),
    (SENTENCE_LIMIT + 1, [Severity.ERROR]),
]


@pytest.mark.parametrize(("length", "severities"), LENGTHS)
def test_a_long_sentence_is_told_and_a_longer_one_refused(length, severities):
    problems = check(measure([(6, "Word " * (length - 1) + "end.")]))

    assert [problem.severity for problem in problems] == severities
    assert all(problem.line == 6 for problem in problems)
    assert all(f"has {length} words; aim at 15, at most 25." in p.message for p in problems)


GRADES = [
    (TWENTY * 6, None),
    (
        "The treatment of patients is the duty of the medical clinic here today. " * 10,
        Severity.WARNING,
    ),
    ("Mesotherapy investigation is unsupported evidence. " * 25, Severity.ERROR),
]


@pytest.mark.parametrize(("text", "severity"), GRADES)
def test_a_hard_text_is_told_and_a_harder_one_refused(text, severity):
    problems = check(measure([(1, text)]))

    assert [problem.severity for problem in problems] == [severity] * (severity is not None)


def test_the_grade_problem_names_the_words_that_drive_it():
    (problem,) = check(measure([(1, "Mesotherapy investigation is unsupported evidence. " * 25)]))

    assert f"aim at 6, at most {GRADE_LIMIT:g}." in problem.message
    assert problem.message.endswith(": mesotherapy, investigation, unsupported, evidence.")


def test_a_short_text_is_too_short_for_a_grade():
    measured = measure([(1, "Mesotherapy investigation is unsupported evidence. " * 19)])

    assert measured.words < WORDS_TO_MEASURE
    assert measured.grade > GRADE_LIMIT
    assert check(measured) == ()

"""Titles, names and definitions assume nothing and sell nothing."""

import pytest

from explainer.evidence.lint.titles import (
    check_definition,
    check_name,
    check_title,
    claims_in_note,
)

TITLES = [
    ("How mesotherapy regrows hair", ["effect-assumed"]),
    ("Why does it work?", ["effect-assumed"]),
    ("Does it work?", []),
    ("How it is said to work", []),
    ("A painless cap", ["refused-word"]),
    ("A proven way to thicker hair", ["effect-assumed", "refused-word"]),
]


@pytest.mark.parametrize(("title", "codes"), TITLES)
def test_a_title_takes_no_effect_as_given_and_sells_nothing(title, codes):
    assert [problem.code for problem in check_title(title)] == codes


@pytest.mark.parametrize(
    ("name", "codes"), [("Miracle mix", ["refused-word"]), ("Nutrient mix", []), ("Regrowth", [])]
)
def test_a_name_sells_nothing(name, codes):
    assert [problem.code for problem in check_name(name)] == codes


def test_an_effect_in_a_definition_is_found_at_its_paragraph():
    text = "A treatment with light.\n\nIt has many names.\n\nRed light regrows hair."

    (problem,) = check_definition(text, ["Red light"])

    assert (problem.code, problem.line, problem.is_error) == ("background-contract", 5, True)
    assert check_definition(text, ["Laser cap"]) == ()


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Mesotherapy regrows hair in 9 of 10 men.", "holds the effect 'regrows'"),
        ("New sources. Hair drips thicken hair.", "joins 'hair drips' with the effect"),
        ("It works for most people.", "joins 'it' with the effect 'works'"),
        ("Side effects are rare.", "how often or how badly it harms"),
        ("I had it done and my hair came back.", "holds the testimonial"),
        ("You will see results after three sessions.", "what the reader's own body will do"),
        ("MSC therapy is better than minoxidil.", "the effect 'better'"),
    ],
)
def test_what_a_note_says_of_a_treatment_is_warned_of(note, found):
    (problem,) = claims_in_note(note, ["Hair drips", "MSC therapy"])

    assert (problem.code, problem.is_error) == ("note-without-label", False)
    assert found in problem.message
    assert "Readers see these words without a label. Say what changed and why;" in problem.message


@pytest.mark.parametrize(
    "note",
    [
        "Reads better.",
        "It was wrong: it mixed up two drugs.",
        "Corrected the number of people from 30 to 20.",
        "The trial was retracted.",
        "Label lowered: a review of 12 trials found no difference.",
        "Added a question about hair drips.",
        "The page overstated what the hair drips do.",
        "Replaced the figure of 9 of 10 men, which the source does not give.",
        "Moved the part about risks to the top.",
    ],
)
def test_what_a_note_says_of_a_text_is_not(note):
    assert claims_in_note(note, ["Hair drips"]) == ()

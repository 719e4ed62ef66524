"""Titles, names and definitions assume nothing and sell nothing."""

import pytest

from explainer.evidence.lint.titles import check_definition, check_name, check_title

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

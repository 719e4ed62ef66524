"""Names are shown as they are written, so they are checked as plain words."""

import pytest

from explainer.files.check import check
from tests.files.folders import NOTES, SAFETY, SMALL, TERM, TREATMENT, fill, said

OVERVIEW = "treatments/red-light.md"
ARTICLE = "articles/red-light/safety.md"
PAGE = "pages/notes.md"
WORD = "glossary/lamp-head.md"


def told(folder, path, text):
    """Check the invented folder with one other file; give what is said of that file."""
    found = said(check(fill(folder, {**SMALL, path: text})).found)
    return [line for line in found if line.startswith(f"{path}:")]


WRONG = {
    "an article's title": (ARTICLE, SAFETY, "Is red light safe?", "A breakthrough", 2),
    "a page's title": (PAGE, NOTES, "Notes", "Our miracle", 2),
    "a treatment's name": (OVERVIEW, TREATMENT, "name: Red light", "name: Miracle light", 2),
    "another name": (OVERVIEW, TREATMENT, "Laser cap", "Miracle cap", 4),
    "a product's name": (OVERVIEW, TREATMENT, "A cap with", "A revolutionary cap with", 7),
    "a term": (WORD, TERM, "term: lamp head", "term: miracle head", 2),
    "another word for a term": (WORD, TERM, "light head", "miracle head", 4),
    "a word that markup would hide": (
        PAGE, NOTES, "title: Notes", "title: '[x](https://ok.example/miracle)'", 2
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "good", "bad", "line"), WRONG.values(), ids=WRONG)
def test_a_marketing_word_in_a_name_is_an_error(tmp_path, path, text, good, bad, line):
    assert good in text

    errors = told(tmp_path, path, text.replace(good, bad, 1))

    assert [e.startswith(f"{path}:{line}: '") and "refused" in e for e in errors] == [True], errors


ASSUMING = {
    "a title": (ARTICLE, SAFETY.replace("Is red light safe?", "How red light regrows hair")),
    "a title that asks": (
        ARTICLE,
        SAFETY.replace("Is red light safe?", "How does it regrow hair?"),
    ),
    "a page's title": (PAGE, NOTES.replace("Notes", "Why lamps regrow hair", 1)),
    "a treatment's name": (OVERVIEW, TREATMENT.replace("name: Red light", "name: Hair regrows")),
}


@pytest.mark.parametrize(("path", "text"), ASSUMING.values(), ids=ASSUMING)
def test_a_heading_that_takes_an_effect_as_given_is_an_error(tmp_path, path, text):
    errors = told(tmp_path, path, text)

    assert any(e.startswith(f"{path}:2: ") and "as given" in e for e in errors), errors


def test_a_definition_that_names_an_effect_of_a_treatment_is_a_warning(tmp_path):
    text = TERM.replace("that shines.", "that shines.\n\nRed light regrows hair.")

    found = told(tmp_path, WORD, text)

    assert [line.split("' names")[0] for line in found] == [
        f"{WORD}:8: warning: 'Red light regrows hair."
    ]


def test_a_source_is_quoted_with_its_own_title(tmp_path):
    path = "sources/lamp-trial.md"
    text = SMALL[path].replace("A small trial of a lamp", "A miracle that regrows hair")

    assert told(tmp_path, path, text) == []

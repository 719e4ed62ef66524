"""The list of words that lead to pages which start from a person, as it is in the content."""

from pathlib import Path

import pytest

from explainer.search import first_pages
from explainer.search.items import PAGE, Item
from explainer.text.phrases import Phrasebook
from explainer.text.word_lists import WordLists

CONTENT = Path(__file__).parents[2] / "content"
TABLE = tuple(first_pages.rows((CONTENT / "search" / "first.tsv").read_text()))
BOOK = Phrasebook((), WordLists.of("word\tvariants\n", "use\twords\n"), {"mesotherapy": ["meso"]})
KEYS = {key.replace("*", "mesotherapy") for row in TABLE for key in row.keys}
PAGES = {key: Item(PAGE, key, f"/{key}/", key, key) for key in KEYS}


def first(text: str, *named: str) -> list[str]:
    found = first_pages.find(text, TABLE, BOOK, PAGES, set(named))
    return [page.key for one in found for page in one.pages]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("I have a hard lump", "report-harm"),
        ("Fever after treatment.", "report-harm"),
        ("pus", "report-harm"),
        ("My scalp is swollen", "report-harm"),
        ("who to tell", "report-harm"),
        ("16 year old", "under-18"),
        ("my son loses hair", "under-18"),
        ("hair after baby", "after-a-birth"),
        ("breast-feeding", "after-a-birth"),
        ("cost", "cost"),
        ("get my money back", "cost"),
        ("Exosomes from cord cells", "offered-cells-or-exosomes"),
        ("on warfarin", "your-health"),
        ("choose a clinic", "choosing-a-clinic"),
        ("before and after photos", "before-and-after-pictures"),
        ("what is mesotherapy", "mesotherapy"),
        ("jab in head", "mesotherapy"),
    ],
)
def test_words_of_a_person_lead_to_the_page_that_starts_from_them(text, key):
    assert first(text)[0] == key


def test_harm_comes_before_all_else_with_the_risks_of_the_treatment_that_is_named():
    found = first("Lump after mesotherapy in Turkey", "mesotherapy")

    assert found == ["report-harm", "mesotherapy/safety", "going-abroad"]


@pytest.mark.parametrize("text", ["No swelling.", "never any infection", "our vision", "minor"])
def test_what_is_denied_or_means_something_else_leads_nowhere(text):
    assert first(text) == []


def test_a_pause_of_a_sentence_ends_a_no():
    assert first("There is no rest. Swelling came.") == ["report-harm"]

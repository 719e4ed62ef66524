"""The comparison page in the content: its balance is an error, its words are in the report."""

import pytest

from explainer.files.check import Check, check, pages
from explainer.files.collection import misplaced
from tests.files.folders import NOTES, SMALL, fill, real_check, said

PATH = "pages/compare.md"
LONG = "[" + "Lamps shine on the head all day long. " * 5 + "](background:)"
SHORT = "[Lamps shine on the head all day long.](background:)"
PAGE = f"{NOTES[: NOTES.index('---', 3)]}---\n## What is it?\n\n### A\n\n{{}}\n\n### B\n\n{{}}\n"


def compared(tmp_path, first: str, second: str) -> Check:
    return check(fill(tmp_path, {**SMALL, PATH: PAGE.format(first, second)}))


def test_an_even_comparison_has_nothing_to_put_right(tmp_path):
    assert said(compared(tmp_path, SHORT, SHORT).errors) == []


def test_an_uneven_column_is_an_error_at_the_body(tmp_path):
    checked = compared(tmp_path, LONG, SHORT)

    body = PAGE.split("## ", maxsplit=1)[0].count("\n") + 1
    assert [line for line in said(checked.errors) if line.startswith(f"{PATH}:{body}: ")] == [
        f"{PATH}:{body}: The column 'A' has 40 words; the mean is 24, so 19 to 30 is even. "
        "Say less there, or change the others.",
        f"{PATH}:{body}: The column 'B' has 8 words; the mean is 24, so 19 to 30 is even. "
        "Say more there, or change the others.",
    ]


def test_another_page_may_have_any_shape(tmp_path):
    checked = check(fill(tmp_path, {**SMALL, "pages/about.md": PAGE.format(LONG, SHORT)}))

    assert said(checked.errors) == []


def test_the_report_gives_the_words_of_each_column_once():
    lines = [line for line in pages(real_check()) if "words by column" in line]

    assert len(lines) == 1
    assert lines[0].count(", ") == 3


@pytest.mark.parametrize("key", ["compare", "questions"])
def test_a_treatment_cannot_take_the_address_of_a_page_with_a_view_of_its_own(key):
    assert misplaced(f"pages/{key}.md") == ""
    assert "an address the site uses itself" in misplaced(f"treatments/{key}.md")

"""Each sentence without a part comes with the place where it stands."""

import pytest

from explainer.editor.live import examine

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in examine({"body": text}).sentences]


def test_each_untagged_sentence_is_found_and_nothing_that_belongs_to_a_part():
    text = (
        "## Does it work?\n\nFirst **bold** one. Second [link](https://a.example/x.y) one.\n\n"
        "::: guidance\nAsk a doctor.\n:::\n\n[Hair grows.](background:) And more of it.\n\n"
        "- An item\n\n| Head |\n|---|\n| A cell |\n\nIs it so? It is."
    )

    assert found(text) == [
        "First **bold** one.",
        "Second [link](https://a.example/x.y) one.",
        "And more of it.",
        "An item",
        "A cell",
        "It is.",
    ]


def test_places_are_counted_as_a_script_counts_them():
    (one,) = examine({"body": "\U0001f600 [x](background:) Words."}).sentences[-1:]

    assert (one.start, one.end, one.line, one.text) == (20, 26, 1, "Words.")


def test_the_same_words_twice_have_two_places():
    assert [one.start for one in examine({"body": "So.\n\nSo."}).sentences] == [0, 5]


def test_a_mark_s_own_statement_is_no_untagged_sentence_and_is_said_with_its_verdict(claim):
    report = examine({"body": "[](claim:t/hope) And this. [](claim:t/none)"})

    assert [one.text for one in report.sentences] == ["And this."]
    assert report.shown == {
        "claim:t/hope": {
            "statement": "The treatment may help some hair.",
            "label": "Plausible, in theory only.",
            "modifier": "plausible",
        }
    }

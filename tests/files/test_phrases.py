"""A phrase that fits two claims, and a broken word list, are named with file, line and cure."""

import pytest

from explainer.files.check import check
from tests.files.folders import ALL_HAIR_BACK, EYE_HARM, SLOWS_LOSS, SMALL, fill, said

BOAST = "claims/red-light/all-hair-back.md"
SLOWER = "claims/red-light/slows-loss.md"
FIRST = "pages\ttitle\twords\n"
HARM = "claims/red-light/eye-harm.md"


def heard(text: str, *phrases: str) -> str:
    lines = "".join(f'  - "{phrase}"\n' for phrase in phrases)
    return text.replace("topic:", f"heard:\n{lines}topic:", 1)


def told(folder, more: dict[str, str]) -> list[str]:
    return said(check(fill(folder, {**SMALL, **more})).found)


def test_phrases_of_their_own_have_nothing_to_put_right(tmp_path):
    more = {
        BOAST: heard(ALL_HAIR_BACK, "all your hair returns", "a full head again"),
        SLOWER: heard(SLOWS_LOSS, "loss slows down"),
        HARM: heard(EYE_HARM, "lamp hurt my eyes"),
        "search/synonyms.tsv": "word\tvariants\nlamp\tlaser|light\n",
        "search/words.tsv": "use\twords\nbody\tknee\n",
    }

    assert told(tmp_path, more) == []


def test_a_phrase_that_another_claim_of_the_treatment_has_is_refused_at_both(tmp_path):
    more = {
        BOAST: heard(ALL_HAIR_BACK, "a full head again", "regrows hair"),
        SLOWER: heard(SLOWS_LOSS, "the hair that regrows"),
    }

    first, second = told(tmp_path, more)

    assert first == (
        f"{BOAST}:6: 'regrows hair' says the same as 'the hair that regrows' of "
        "'red-light/slows-loss'. Keep it at one of them."
    )
    assert second.startswith(f"{SLOWER}:5: 'the hair that regrows' says the same")


def test_a_phrase_that_fits_another_claim_as_well_is_refused(tmp_path):
    more = {
        BOAST: heard(ALL_HAIR_BACK, "a full head again"),
        SLOWER: heard(SLOWS_LOSS, "sore tired eyes, not dry"),
        HARM: heard(EYE_HARM, "sore tired dry eyes"),
    }

    assert told(tmp_path, more) == [
        f"{HARM}:5: 'sore tired dry eyes' fits 'red-light/slows-loss' as well. Say what tells "
        "them apart, or move it there."
    ]


def test_a_phrase_without_a_telling_word_is_refused(tmp_path):
    more = {BOAST: heard(ALL_HAIR_BACK, "made only for you")}

    assert told(tmp_path, more) == [
        f"{BOAST}:5: 'made only for you' has no word that tells anything. Write what is promised."
    ]


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"search/synonyms.tsv": "word\tvariants\npain\n"}, "search/synonyms.tsv:2: This line is"),
        ({"search/words.tsv": "use\twords\nknee\tx\n"}, "search/words.tsv:2: 'knee' is no use"),
        ({"search/first.tsv": "pages\ttitle\twords\nlump\n"}, "search/first.tsv:2: This line is"),
        ({"search/first.tsv": "pages\twords\n"}, "search/first.tsv:1: The first line does"),
        (
            {"search/first.tsv": FIRST + "red-light|*/x\t\tlump\n"},
            "search/first.tsv:2: warning: There is no page '*/x'",
        ),
        (
            {"search/first.tsv": FIRST + "red-light\t\tx\nno\t\tx\n"},
            "search/first.tsv:3: warning: There is no page 'no'",
        ),
        ({"search/other.tsv": "x\n"}, "search/other.tsv:1: 'other.tsv' is not one of"),
        ({"search/words.tsv": b"use\twords\nbody\t\xff\n"}, "search/words.tsv:1: The file cannot"),
    ],
)
def test_a_broken_word_list_is_named_with_its_line(tmp_path, files, line):
    (found,) = told(tmp_path, files)

    assert found.startswith(line)

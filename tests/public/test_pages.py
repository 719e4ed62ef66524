"""A description never parts a sentence from its label, and never lies by cutting."""

import pytest

from explainer.public.metadata import LONGEST_DESCRIPTION, described

CLAIM = "Clinics say that it works; no study shows it. (This promise: unsupported, not tested.)"
LONG = f"Some clinics say that it {'really ' * 60}works, but no study has shown it."
INSTEAD = "What it does: unsupported, not tested."


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param(CLAIM, CLAIM, id="a short text is its own"),
        pytest.param(f"{CLAIM} Short. {CLAIM}", f"{CLAIM} Short.", id="cut after a sentence"),
        pytest.param(" ".join([CLAIM] * 9), CLAIM, id="cut after a label"),
        pytest.param(f"{LONG} More.", LONG, id="a first sentence stays whole, however long"),
        pytest.param("Nothing to cut here", "Nothing to cut here", id="no full stop"),
        pytest.param("", "", id="no words"),
    ],
)
def test_a_text_is_described_in_whole_sentences_with_their_labels(text, cut):
    assert described(text) == cut
    assert len(cut) <= LONGEST_DESCRIPTION or cut == LONG


@pytest.mark.parametrize("text", [LONG, f"{LONG} More.", f"{LONG[:-1]} (Plausible, in theory.)"])
def test_what_is_too_long_gives_way_whole_to_what_is_said_instead(text):
    assert described(text, INSTEAD) == INSTEAD


def test_a_record_is_never_parted_from_who_and_when():
    before = "Short one. " * 14
    record = "In 2019 the FDA warned. (On record: FDA, 2019.)"

    assert described(f"{before}{record}") == before.strip()
    assert described(f"{record} {before}").startswith(record)


def test_a_warning_keeps_its_whole_label():
    text = f"It can hurt. (Plausible risk, seen in people.) {'Long words follow here. ' * 20}"

    assert described(text).startswith("It can hurt. (Plausible risk, seen in people.) Long")

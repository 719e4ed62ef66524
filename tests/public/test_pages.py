"""A description never parts a sentence from its label, and never lies by cutting."""

from explainer.public.metadata import LONGEST_DESCRIPTION, described

CLAIM = "Clinics say that it works, but no study has shown it. Evidence: Unsupported"


def test_a_short_text_is_its_own_description():
    assert described(CLAIM) == CLAIM


def test_a_long_text_is_cut_after_a_label_and_not_before_it():
    text = " ".join([CLAIM] * 9)

    cut = described(text)

    assert len(cut) <= LONGEST_DESCRIPTION
    assert cut == " ".join([CLAIM] * 3)


def test_a_warning_keeps_its_whole_label():
    text = f"It can hurt. Evidence: Warning: plausible {'Long words follow here. ' * 20}"

    assert described(text).startswith("It can hurt. Evidence: Warning: plausible Long")


def test_a_first_sentence_stays_whole_however_long():
    sentence = f"Some clinics say that it {'really ' * 60}works, but no study has shown it."

    assert described(f"{sentence} More.") == sentence


def test_words_without_a_full_stop_are_kept():
    assert described("Nothing to cut here") == "Nothing to cut here"
    assert described("") == ""

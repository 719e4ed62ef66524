"""Counts of labels: never typed, never more than there are."""

from hypothesis import given
from hypothesis import strategies as st

from explainer.evidence.labels import SCALE
from explainer.public.labels import BAR_LENGTH, tally_of

PLAUSIBLE, OPEN, UNSUPPORTED, RISK, *_ = SCALE
NUMBERS = st.dictionaries(st.sampled_from(SCALE), st.integers(1, 500))


def test_a_tally_says_its_numbers_in_the_order_of_the_scale():
    tally = tally_of({RISK: 4, PLAUSIBLE: 2, UNSUPPORTED: 9})

    assert tally.sentence == "11 promises: 2 plausible, 0 under investigation, 9 unsupported"
    assert tally.title == "How sure? 11 promises, by label"


def test_promises_and_risks_are_never_added_up():
    tally = tally_of({RISK: 4, PLAUSIBLE: 1})

    assert (tally.total, tally.title) == (1, "How sure? 1 promise, by label")
    assert [part.words for part in tally.risks] == ["plausible risk"]


def test_an_empty_tally_draws_nothing_and_says_so():
    tally = tally_of({})

    assert tally.total == 0
    assert {part.length for part in tally.promises} == {"0.00"}


@given(NUMBERS)
def test_a_bar_is_never_longer_than_its_place_and_parts_never_overlap(
    numbers,
):
    tally = tally_of(numbers)

    ends = [float(part.start) + float(part.length) for part in tally.promises]
    starts = [float(part.start) for part in tally.promises]
    assert tally.total == sum(numbers.get(label, 0) for label in (PLAUSIBLE, OPEN, UNSUPPORTED))
    assert max(ends) <= BAR_LENGTH + 0.01
    assert all(end <= start + 0.01 for end, start in zip(ends, starts[1:], strict=False))

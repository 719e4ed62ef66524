"""Counts of labels: never typed, never more than there are."""

from hypothesis import given
from hypothesis import strategies as st

from explainer.public.labels import BAR_LENGTH, SCALE, tally_of

NUMBERS = st.dictionaries(st.sampled_from([label.modifier for label in SCALE]), st.integers(1, 500))


def test_a_tally_says_its_numbers_in_the_order_of_the_scale():
    tally = tally_of({"warning": 1, "plausible": 2, "unsupported": 9})

    assert tally.sentence == (
        "12 claims: 2 plausible, 0 under investigation, 9 unsupported, 1 warning"
    )
    assert tally.title == "How sure, in 12 claims"


def test_an_empty_tally_draws_nothing_and_says_so():
    tally = tally_of({})

    assert tally.total == 0
    assert {part.length for part in tally.parts} == {"0.00"}


@given(NUMBERS)
def test_a_bar_is_never_longer_than_its_place_and_parts_never_overlap(
    numbers,
):
    tally = tally_of(numbers)

    ends = [float(part.start) + float(part.length) for part in tally.parts]
    starts = [float(part.start) for part in tally.parts]
    assert tally.total == sum(numbers.values())
    assert max(ends) <= BAR_LENGTH + 0.01
    assert all(end <= start + 0.01 for end, start in zip(ends, starts[1:], strict=False))

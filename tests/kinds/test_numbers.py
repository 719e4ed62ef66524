"""The numbers of a trial: two arms of at most all of their people, of a source with a position."""

import pytest

from explainer.kinds.claim import arm_of
from explainer.library.validation import all_problems
from tests.library import shelf

pytestmark = pytest.mark.django_db
NUMBERS = {
    "source": "clinic-a", "outcome": "people with more hair",
    "with": "37 of 45", "without": "18 of 45",
}  # fmt: skip


def told(**numbers: str) -> list[tuple[str, str]]:
    shelf.treatment()
    pairs = [[name, words] for name, words in {**NUMBERS, **numbers}.items()]
    found = all_problems([shelf.claim_draft(numbers=pairs)])
    return [(problem.code, problem.message) for _, problem in found if problem.field == "numbers"]


def test_two_arms_of_a_source_with_a_position_are_right() -> None:
    assert told() == []


@pytest.mark.parametrize("arm", ["with", "without"])
@pytest.mark.parametrize("typed", ["45 of 37", "1 of 0", "0 of 0", "-1 of 9", "many of 9", "9"])
def test_an_arm_that_is_none_or_more_than_all_is_refused_with_an_example(arm, typed) -> None:
    ((code, message),) = told(**{arm: typed})

    assert code == "numbers-form"
    assert "'with: 37 of 100' and 'without: 45 of 100'" in message


def test_numbers_of_a_source_without_a_position_are_refused() -> None:
    assert told(source="nobody") == [
        ("numbers-without-source", "'nobody' takes no position here. Name the trial's key.")
    ]


@pytest.mark.parametrize(
    ("typed", "read"), [("37 of 45", (37, 45)), ("0 of 9", (0, 9)), ("9 of 9", (9, 9))]
)
def test_an_arm_is_read_as_two_numbers(typed, read) -> None:
    assert arm_of(typed) == read
    assert arm_of(f"{read[1] + 1} of {read[1]}") is None

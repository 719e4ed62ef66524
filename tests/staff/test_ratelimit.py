"""How often one person may ask: haste waits, steady work never does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from explainer.staff.decorators import Pace

pytestmark = pytest.mark.django_db
PACE = Pace(most=3, seconds=10)


@pytest.fixture(autouse=True)
def _nobody_asked_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ask():
    begun = datetime.now(UTC)
    return lambda second, key="ann": PACE.wait(key, begun + timedelta(seconds=second))


def test_one_too_many_waits_for_the_rest_of_the_spell(ask):
    waits = [ask(second) for second in (0, 1, 2, 3, 9.5)]

    assert waits == [0, 0, 0, 7, 1]


def test_waiting_is_over_when_the_spell_is_though_somebody_kept_asking(ask):
    waits = [ask(second) for second in range(21)]

    assert waits == [0, 0, 0, *range(7, 0, -1), 0, 0, 0, *range(7, 0, -1), 0]


def test_somebody_who_never_pauses_but_never_hastens_is_never_stopped(ask):
    waits = [ask(4 * number) for number in range(60)]

    assert set(waits) == {0}


def test_one_persons_haste_is_not_another_s(ask):
    waits = [ask(0, "ann") for _ in range(4)]

    assert waits[-1] == 10
    assert ask(0, "bob") == 0


def test_a_count_that_an_older_program_left_is_no_error(ask):
    cache.set("ann", 3)

    assert ask(0) == 0

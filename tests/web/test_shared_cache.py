"""A clock that was ahead locks nobody out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches

from explainer.staff.decorators import Pace
from tests.accounts.staff_people import log_in, pass_time, person
from tests.accounts.test_login import guess

pytestmark = pytest.mark.django_db
A_YEAR = 366 * 24 * 60


def test_who_was_locked_out_by_a_clock_a_year_ahead_gets_in(client, monkeypatch):
    person()
    with monkeypatch.context() as ahead:
        pass_time(ahead, A_YEAR)
        guess(5)
        assert log_in(client).status_code == 429

    assert log_in(client).status_code == 302


def test_a_lock_that_a_clock_a_year_ahead_left_is_no_lock(monkeypatch):
    cache = caches["default"]
    with monkeypatch.context() as ahead:
        pass_time(ahead, A_YEAR)
        assert cache.add("lock", 1, 10)

    assert cache.add("lock", 1, 10)
    assert not cache.add("lock", 1, 10)


def test_a_spell_that_a_clock_ahead_began_is_over():
    pace, now = Pace(most=1, seconds=10), datetime.now(UTC)
    pace.wait("ann", now + timedelta(days=366))

    assert pace.wait("ann", now) == 0

"""Times are typed and shown by the clock of the clinic, across the nights when it is changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from explainer.guide.past import moment_of
from explainer.library import as_of
from explainer.operations import schedule
from explainer.review.actions import WHEN
from explainer.review.forms import Time
from explainer.staff.documents import minute
from tests.library import people
from tests.library.people import ALL

BERLIN = ZoneInfo("Europe/Berlin")
ELSEWHERE = {"summer": ("2026-07-01", "12:00", 10), "winter": ("2026-12-01", "12:00", 11)}


@pytest.fixture(autouse=True)
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


def typed(day, time):
    form = Time({"publish_at": day, "publish_time": time, "base": "1.1"})
    return form, form.is_valid()


@pytest.mark.parametrize(("day", "time", "hour"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_time_is_meant_by_the_clock_of_the_clinic(day, time, hour):
    form, is_valid = typed(day, time)

    assert is_valid
    assert form.arguments()["when"].astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    ("day", "time"), [("2026-03-29", "02:30"), ("2026-10-25", "02:30")], ids=["none", "twice"]
)
def test_an_hour_that_does_not_exist_or_comes_twice_is_asked_again(day, time):
    form, is_valid = typed(day, time)

    assert not is_valid
    assert "The clock is changed that night (Europe/Berlin)" in form.errors["publish_time"][0]


@pytest.mark.parametrize(
    ("day", "before", "after", "between"),
    [("2026-03-29", "01:59", "03:01", 2), ("2026-10-25", "01:59", "03:01", 122)],
    ids=["none", "twice"],
)
def test_the_hours_around_it_are_as_far_apart_as_they_are(day, before, after, between):
    moments = [typed(day, time)[0] for time in (before, after)]
    first, last = (form.cleaned_data["when"].astimezone(UTC) for form in moments if form.is_valid())

    assert last - first == timedelta(minutes=between)


def test_a_moment_is_told_by_the_clock_of_the_clinic():
    summer, winter = (datetime(2026, month, 1, 10, tzinfo=UTC) for month in (7, 12))

    assert (minute(summer), minute(winter)) == (
        "1 Jul 2026, 12:00",
        "1 Dec 2026, 11:00",
    )
    assert WHEN.format(when=timezone.localtime(summer)) == "1 July 2026 at 12:00 CEST."


@pytest.mark.django_db
def test_what_is_scheduled_becomes_public_when_that_clock_says_so(monkeypatch):
    ana, ben = people.staff("ana", *ALL), people.staff("ben", *ALL)
    form, _ = typed("2026-03-29", "03:00")
    when = form.cleaned_data["when"] if form.is_valid() else None
    people.scheduled(people.public_claim(), ana, ben, when)

    assert schedule.publish_due(now=datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == ([], [])
    assert schedule.publish_due(now=datetime(2026, 3, 29, 1, 0, tzinfo=UTC))[0] == ["claims/t/hope"]


@pytest.mark.django_db
def test_a_day_of_the_past_ends_at_midnight_of_the_clinic():
    people.public_claim()
    now = datetime(2027, 1, 1, tzinfo=UTC)

    end = moment_of("2026-07-01", now)

    assert end.astimezone(UTC).replace(microsecond=0) == datetime(
        2026, 7, 1, 21, 59, 59, tzinfo=UTC
    )
    assert as_of.parse("2026-07-01T12:00") == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert as_of.parse("2026-07-01T12:00Z") == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert as_of.parse("2026-12-01").hour == 22

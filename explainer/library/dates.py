"""The days that readers are told: when words changed, and when a review of them is due."""

from datetime import date, datetime, time

from django.utils import timezone


def in_a_year(day: date) -> date:
    """Give the same day a year later; the day before for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def start_of(day: date) -> datetime:
    """Give the moment at which a day begins where the site is at home."""
    return timezone.make_aware(datetime.combine(day, time.min))


def words_changed_on(told: date | None, *, before: date | None, same: bool, today: date) -> date:
    """Give the day on which words changed that are loaded today; never before `before`.

    `told` is the day that their file names, `before` that of the words that are public until now,
    and `same` says if words and label are as they were. A day to come counts as today. New words
    under an old day were brought without a new one, so they changed today.
    """
    day = min(told or today, today)
    if before is None or (told and day > before):
        return day
    return before if same else max(before, today)

"""Readers are told when words changed, not when a database was filled; never a day to come."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from explainer.evidence import labels
from explainer.evidence.levels import Ground
from explainer.files.check import check
from explainer.files.sync import dump, load
from explainer.library.dates import in_a_year, words_changed_on
from explainer.library.models import Change, Revision
from tests.files.folders import EYE_HARM, SMALL, fill, said
from tests.files.loads import AT, CLAIM, LATER, NEW_HARM, bring, public_claim, staff_publishes

TOLD = date(2025, 12, 24)
LOADED = AT.date()


def dated(text, day=TOLD):
    front, end, body = text.rpartition("---\n")
    return f"{front}changed: {day}\n{end}{body}"


@pytest.fixture
def folder(tmp_path):
    return fill(tmp_path, {path: dated(text) for path, text in SMALL.items()})


@pytest.mark.django_db
def test_a_file_of_every_kind_tells_the_day_of_its_words(folder):
    bring(folder)

    public = Revision.objects.published()
    assert {(r.changed_on, r.review_due) for r in public} == {(TOLD, date(2026, 12, 24))}
    assert {str(r.words_changed_at) for r in public} == {"2025-12-24 00:00:00+00:00"}
    # What the records keep is the moment of the load.
    assert (
        {r.published_at for r in public} == {change.at for change in Change.objects.all()} == {AT}
    )


@pytest.mark.django_db
def test_a_file_without_a_day_changed_when_it_was_loaded(folder):
    bring(folder, {CLAIM: EYE_HARM})

    assert (public_claim().changed_on, public_claim().words_changed_at) == (LOADED, AT)


@pytest.mark.django_db
def test_a_day_to_come_is_told_as_the_day_of_loading(folder):
    bring(folder, {CLAIM: dated(EYE_HARM, date(2026, 1, 3))})

    assert public_claim().changed_on == LOADED


@pytest.mark.django_db
def test_new_words_bring_their_own_later_day(folder):
    bring(folder)
    bring(folder, {CLAIM: dated(NEW_HARM, date(2026, 1, 20))}, now=LATER)

    assert public_claim().changed_on == date(2026, 1, 20)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [TOLD, date(2025, 1, 1)])
def test_new_words_under_an_old_day_changed_when_they_were_loaded(folder, day):
    bring(folder)
    bring(folder, {CLAIM: dated(NEW_HARM, day)}, now=LATER)

    assert public_claim().changed_on == LATER.date()


@pytest.mark.django_db
@pytest.mark.parametrize("text", [dated(EYE_HARM, date(2025, 1, 1)), EYE_HARM])
def test_the_same_words_keep_their_day_whatever_the_file_says_later(folder, text):
    bring(folder)
    bring(folder, {CLAIM: text}, now=LATER)

    assert (public_claim().number, public_claim().changed_on) == (2, TOLD)


@pytest.mark.django_db
def test_another_label_of_the_same_words_is_a_change_of_today(folder, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(labels, "_plausible", lambda own: Ground.GUIDANCE)
        bring(folder)
    bring(folder, now=LATER)

    claims = Revision.objects.published().filter(document__key__startswith="red-light/")
    assert set(claims.values_list("document__key", "changed_on")) >= {
        ("red-light/slows-loss", LATER.date()),
        ("red-light/all-hair-back", TOLD),
    }


def test_days_never_run_backward():
    days = [None, date(2024, 2, 29), TOLD, date(2026, 1, 1), date(2027, 1, 1)]
    told = [
        (before, words_changed_on(day, before=before, same=same, today=LOADED))
        for day in days
        for before in days[1:4]
        for same in (True, False)
    ]

    assert len(told) == 30
    assert all(before <= day <= LOADED for before, day in told)


@pytest.mark.django_db
def test_what_staff_publish_is_dumped_with_that_day_last_and_loads_as_it_is(folder, tmp_path):
    bring(folder)
    staff_publishes(public_claim(), why="Staff wrote this.")
    dump(tmp_path / "dump")

    text = (tmp_path / "dump" / CLAIM).read_text()
    assert public_claim().changed_on == LATER.date()
    assert text.partition("\n---\n")[0].endswith("\nchanged: 2026-02-03")
    assert load(check(tmp_path / "dump"), now=LATER).written == []


@pytest.mark.django_db
def test_what_nobody_edited_is_dumped_byte_for_byte(folder, tmp_path):
    bring(folder)
    paths = dump(tmp_path / "dump")

    assert all((tmp_path / "dump" / p).read_bytes() == (folder / p).read_bytes() for p in paths)
    assert len(paths) == len(SMALL)


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "24.12.2025"])
def test_what_is_no_day_is_an_error_with_its_line(folder, day):
    found = check(fill(folder, {CLAIM: dated(EYE_HARM, day)})).found

    line = EYE_HARM.splitlines().index("---", 1) + 1
    (own,) = [finding for finding in found if finding.path == CLAIM]
    assert own.problem.is_error
    assert str(own).startswith(f"{CLAIM}:{line}: 'changed': '{day}' is not a date.")


def test_a_day_to_come_is_a_warning_with_its_line(folder):
    found = check(fill(folder, {CLAIM: dated(EYE_HARM, date(2026, 1, 3))}), today=LOADED).found

    line = EYE_HARM.splitlines().index("---", 1) + 1
    assert said(found) == [
        f"{CLAIM}:{line}: warning: 'changed': 2026-01-03 is still to come. "
        "Write the day it was changed."
    ]


def test_the_command_holds_days_against_the_clock(folder, settings, capsys):
    settings.CONTENT_DIR = fill(folder, {CLAIM: dated(EYE_HARM, date(9999, 1, 1))})

    call_command("check_content")

    assert "9999-01-01 is still to come" in capsys.readouterr().out


def test_a_review_is_due_a_year_later_leap_days_too():
    assert in_a_year(date(2024, 2, 29)) == date(2025, 2, 28)
    assert in_a_year(datetime(2026, 3, 1, tzinfo=UTC).date()) == date(2027, 3, 1)

"""The audit log is only added to, and shows it if somebody went behind its back."""

from datetime import timedelta, timezone
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from explainer.library import audit
from explainer.library.models import AuditEntry, AuditHead
from tests.library import shelf
from tests.library.people import staff
from tests.library.shelf import raw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def log():
    ana = staff("ana")
    for number in range(4):
        at = shelf.NOON + timedelta(minutes=number)
        audit.record(
            actor=ana, action="save", subject=f"claims/t/{number}", now=at, after={"why": "A"}
        )


def untied(statements, triggers):
    """Do what somebody could who has the database itself: drop the guards first."""
    on_postgresql = connection.vendor == "postgresql"
    if on_postgresql:
        raw("SET CONSTRAINTS ALL IMMEDIATE")
    for trigger in triggers:
        table = trigger.rpartition("_")[0]
        raw(f"DROP TRIGGER {trigger}" + (f" ON {table}" if on_postgresql else ""))
    for statement in statements:
        raw(statement)


def verified():
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=err)
    except CommandError as refused:
        return f"{err.getvalue()}{refused}"
    return out.getvalue()


def test_a_log_that_nobody_touched_is_whole():
    assert verified() == "4 entries, none changed, none missing.\n"
    assert [entry.number for entry in AuditEntry.objects.all()] == [4, 3, 2, 1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE library_auditentry SET comment = 'x'",
        "UPDATE library_auditentry SET actor_id = NULL",
        "DELETE FROM library_auditentry WHERE number = 4",
        "UPDATE library_audithead SET number = 3",
        "DELETE FROM library_audithead",
    ],
)
def test_the_database_refuses_to_change_the_log(statement):
    with pytest.raises(DatabaseError), transaction.atomic():
        raw(statement)

    assert "none changed" in verified()


def test_an_entry_cannot_take_the_place_of_another():
    entry = AuditEntry.objects.get(number=2)
    entry.pk, entry.comment = None, "Another."

    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save(force_insert=True)


FIXED, KEPT, RAISED = (
    "library_auditentry_fixed",
    "library_auditentry_kept",
    "library_audithead_raised",
)
SECOND = "UPDATE library_auditentry SET {} WHERE number = 2"
LAST = "DELETE FROM library_auditentry WHERE number > 2"
CHANGED = {
    change: ([SECOND.format(change)], [FIXED], "Entry 2 ")
    for change in (
        "comment = 'x'",
        "action = 'publish'",
        "subject = 'claims/t/9'",
        "actor_id = NULL",
        "actor_name = 'ben'",
        "at = '2026-01-01 12:00:00+00:00'",
        "before = '{}'",
        'after = \'{"why": "B"}\'',
        "digest = 'ab'",
    )
}
MISSING = {
    "a missing entry": (
        ["DELETE FROM library_auditentry WHERE number = 2"], [KEPT], "Entries 2 to 2 are missing.",
    ),
    "a cut-off end": ([LAST], [KEPT], "Entries 3 to 4 are missing at the end."),
    "an emptied log": (
        ["DELETE FROM library_auditentry"], [KEPT], "Entries 1 to 4 are missing at the end.",
    ),
    "a head that points elsewhere": (
        [LAST, "UPDATE library_audithead SET number = 2"], [KEPT, RAISED],
        "The log ends with entry 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "guards", "told"),
    [*CHANGED.values(), *MISSING.values()],
    ids=[*CHANGED, *MISSING],
)
def test_the_log_shows(statements, guards, told):
    untied(statements, guards)

    assert told in verified()
    assert "tampered" in verified()


def test_entries_that_are_numbered_anew_are_found():
    renumbered = ("= 2 WHERE number = 3", "= 3 WHERE number = 4")
    statements = [f"UPDATE library_auditentry SET number {one}" for one in renumbered]  # noqa: S608
    untied(["DELETE FROM library_auditentry WHERE number = 2", *statements], [KEPT, FIXED])

    assert "Entry 2 (save claims/t/2) was changed." in verified()
    assert "missing at the end" in verified()


@pytest.mark.parametrize("sign", ["\n", "\r", "\0", "\u2028", "\x1b", "\u202e"])
def test_a_name_cannot_forge_a_line(sign):
    name = f"eve{sign}12:00 ana: publish"

    entry = audit.record(
        actor=None, actor_name=name, action="refused", now=shelf.NOON, subject=name[:20]
    )

    stored = AuditEntry.objects.get(pk=entry.pk)
    assert stored.actor_name.isprintable()
    assert stored.subject.isprintable()
    assert stored.actor_name.startswith("eve\\")
    assert "none changed" in verified()


def test_a_name_that_is_too_long_is_cut_and_still_verifies():
    audit.record(actor=None, actor_name="\n" * 400, action="refused", now=shelf.NOON)

    assert len(AuditEntry.objects.first().actor_name) == 150
    assert "5 entries, none changed" in verified()


def test_an_account_that_is_renamed_keeps_its_old_name_in_the_log():
    entry = AuditEntry.objects.select_related("actor").get(number=1)
    entry.actor.username = "anna"
    entry.actor.save()

    assert AuditEntry.objects.get(number=1).actor_name == "ana"
    assert "none changed" in verified()


def test_an_entry_of_what_failed_is_not_kept():
    with transaction.atomic():
        audit.record(actor=None, action="publish", now=shelf.NOON)
        transaction.set_rollback(True)

    assert AuditHead.objects.get().number == 4
    assert "4 entries, none changed" in verified()


def test_times_of_other_zones_are_kept_as_utc():
    east = shelf.NOON.astimezone(timezone(timedelta(hours=5)))
    entry = audit.record(actor=None, action="refused", now=east)

    assert entry.at.utcoffset() == timedelta()
    assert "none changed" in verified()


def test_an_entry_written_while_the_log_is_verified_is_no_fault(monkeypatch):
    digest = audit._digest

    def while_another_writes(entry, previous):
        monkeypatch.setattr(audit, "_digest", digest)
        audit.record(actor=None, action="publish", now=shelf.NOON)
        return digest(entry, previous)

    monkeypatch.setattr(audit, "_digest", while_another_writes)

    assert list(audit.verify()) == []
    assert AuditHead.objects.get().number == 5

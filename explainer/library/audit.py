"""The audit log: who did what, when, before and after; each entry chained to the last.

It is written in the transaction of what it tells of, so neither stands without the other.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from explainer.library.models import AuditEntry, AuditHead

Facts = Mapping[str, Any]
"""What is told of something before or after: JSON values by name, never a password."""


@transaction.atomic(savepoint=False)
def record(
    actor: User | None,
    action: str,
    now: datetime,
    *,
    subject: str = "",
    before: Facts | None = None,
    after: Facts | None = None,
    comment: str = "",
    actor_name: str = "",
) -> AuditEntry:
    """Add an entry at the end of the log, in the transaction of what it tells of.

    `actor` is None for the content files and for strangers; `actor_name` is what a
    stranger called themselves. Signs that could forge a line are written out.
    """
    # The head is locked first, so that of two entries at once one waits for the other.
    head = AuditHead.objects.select_for_update().get(pk=AuditHead.ONLY)
    entry = AuditEntry(
        number=head.number + 1,
        at=now.astimezone(UTC),
        actor=actor,
        actor_name=_one_line(actor.get_username() if actor else actor_name)[:150],
        action=action,
        subject=_one_line(subject)[:230],
        before=before,
        after=after,
        comment=comment,
    )
    entry.digest = _digest(entry, head.digest)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=AuditHead.ONLY).update(number=entry.number, digest=entry.digest)
    return entry


def verify() -> Iterator[str]:
    # First the head, then the entries up to it: others may be writing on.
    head = AuditHead.objects.get(pk=AuditHead.ONLY)
    last, digest = 0, ""
    for entry in AuditEntry.objects.filter(number__lte=head.number).order_by("number").iterator():
        if entry.number != last + 1:
            yield f"Entries {last + 1} to {entry.number - 1} are missing."
        if entry.digest != _digest(entry, digest):
            yield f"Entry {entry.number} ({entry.action} {entry.subject}) was changed."
        last, digest = entry.number, entry.digest
    if head.number > last:
        yield f"Entries {last + 1} to {head.number} are missing at the end."
    elif head.digest != digest:
        yield f"The log ends with entry {last}, but its head says that entry was another."
    newest = AuditEntry.objects.aggregate(newest=Max("number"))["newest"] or 0
    if newest > (number := AuditHead.objects.get(pk=AuditHead.ONLY).number):
        yield f"The log ends with entry {newest}, but its head says {number}."


def _digest(entry: AuditEntry, previous: str) -> str:
    names = ("number", "actor_name", "action", "subject", "before", "after", "comment")
    facts = {name: getattr(entry, name) for name in names}
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts |= {"at": at, "actor": entry.actor_id, "previous": previous}
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _one_line(text: str) -> str:
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )

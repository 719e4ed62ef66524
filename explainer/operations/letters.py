"""Letters to staff about what waits for them: at once for who chose so, else once a day.

No step sends one: the server looks by its clock at what waits, so that a mail server which is away,
or slow, stops nobody. What was told is told once; a letter that failed is tried again.
"""

import logging
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from explainer.library.models import AuditHead, Revision, State
from explainer.operations import reminders
from explainer.operations.models import How, Letters
from explainer.operations.schedule import Failure

PAUSE = timedelta(minutes=10)
"""Least time between two letters to one person; what comes meanwhile is gathered."""

RECENT = timedelta(days=2)
"""How long what became public by itself is still news."""

SECTIONS = {
    "to_review": "Waiting for your review",
    "to_publish": "Approved, waiting to be published",
    "sent_back": "Sent back to you",
    "overdue": "Review overdue",
    "due_soon": f"Review due within {reminders.SOON} days",
    "problems": "Problems",
    "published": "Published at its time",
}
"""What waits, as `reminders` names it, and what became public by itself, as the letter does."""

FAULTS = (OSError, smtplib.SMTPException)
"""What a mail server that is away, or refuses, raises."""

log = logging.getLogger(__name__)
Item = Revision | Failure
Found = dict[str, list[Item]]


def addressees(how: How) -> list[User]:
    """Give active staff who chose this way and have an address; daily is who chose nothing."""
    chosen = Q(letters__how=how) | Q(letters=None) if how == How.DAILY else Q(letters__how=how)
    staff = User.objects.filter(chosen, is_active=True, is_staff=True).exclude(email="")
    return list(staff.order_by("username"))


def found_for(person: User, now: datetime) -> Found:
    """Give what a person is to be told, by section; empty sections are left out."""
    waiting = reminders.waiting_for(person, now=now)
    found: Found = {n: list(getattr(waiting, n)) for n in SECTIONS if hasattr(waiting, n)}
    found["published"] = list(_published(person, now))
    return {name: items for name, items in found.items() if items}


def _published(person: User, now: datetime) -> Iterator[Item]:
    rows = Revision.objects.filter(state=State.PUBLISHED, publish_at__isnull=False)
    mine = Q(scheduled_by=person) | Q(submitted_by=person) | Q(author=person)
    recent = rows.filter(mine, published_at__gt=now - RECENT)
    yield from recent.select_related("document").defer("file_text").order_by("published_at")


def letter(person: User, found: Found) -> EmailMessage:
    context = {
        "person": person,
        "site": settings.SITE_NAME,
        "sections": [(SECTIONS[name], map(_line, items)) for name, items in found.items()],
        "desk": settings.SITE_URL + reverse("admin:index"),
        "choice": settings.SITE_URL + reverse("staff-letters"),
    }
    body = render_to_string("staff/mail/digest.txt", context)
    count = sum(map(len, found.values()))
    things = "1 thing waits" if count == 1 else f"{count} things wait"
    return EmailMessage(f"{settings.SITE_NAME}: {things} for you", body, to=[person.email])


def _line(item: Item) -> tuple[str, str]:
    words = item.subject
    if isinstance(item, Failure):
        words = f"{item.subject}: {item.message}"
    elif item.review_due and item.published_at:
        words = f"{item.subject} (due {item.review_due.isoformat()})"
    return words, settings.SITE_URL + reverse("staff-review", args=[item.subject])


_looked: list[object] = []
"""What there was when nothing was left to send: the same again needs no look."""


def send_at_once(now: datetime) -> int:
    """Send what is new to who chose to be told at once; count the letters that left."""
    there = [AuditHead.objects.values_list("number", flat=True).first(), now.date()]
    if there == _looked and not Letters.objects.filter(how=How.AT_ONCE, tried_at=None).exists():
        return 0
    results = [_send_new(person, now) for person in addressees(How.AT_ONCE)]
    _looked[:] = [] if None in results else there
    return results.count(True)


def _send_new(person: User, now: datetime) -> bool | None:
    """Send one letter: True if it left, False if nothing is new, None if it has to be later."""
    row = Letters.objects.get(person=person)
    found = found_for(person, now)
    keys = {_key(name, item): (name, item) for name, items in found.items() for item in items}
    new = [key for key in keys if key not in row.told]
    if not new:
        # What is settled is forgotten: should it wait again, it is told again.
        Letters.objects.filter(pk=row.pk).update(told=list(keys), tried_at=row.tried_at or now)
        return False
    if row.tried_at and now < row.tried_at + PAUSE:
        return None
    # Of two processes that look at once, one sends.
    mine = Letters.objects.filter(pk=row.pk, tried_at=row.tried_at).update(tried_at=now)
    if not mine:
        return None
    told: Found = {}
    for name, item in map(keys.__getitem__, new):
        told.setdefault(name, []).append(item)
    try:
        letter(person, told).send()
    except FAULTS as error:
        log.warning("A letter to staff was not sent: %s. It is tried again.", type(error).__name__)
        return None
    Letters.objects.filter(pk=row.pk).update(told=list(keys))
    return True


def _key(name: str, item: Item) -> str:
    if isinstance(item, Failure):
        return f"{name} {item.subject} {item.message}"
    moments = (item.submitted_at, item.approved_at, item.published_at, item.review_due)
    return " ".join([name, item.subject, str(item.number), *map(str, moments)])

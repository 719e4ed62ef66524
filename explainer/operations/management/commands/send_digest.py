"""`manage.py send_digest`: tells each member of staff by e-mail what waits for them; for cron."""

import smtplib
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from explainer.library.models import Revision
from explainer.operations import reminders
from explainer.operations.schedule import Failure

SECTIONS = {
    "to_review": "Waiting for your review",
    "to_publish": "Approved, waiting to be published",
    "sent_back": "Sent back to you",
    "overdue": "Review overdue",
    "due_soon": f"Review due within {reminders.SOON} days",
    "problems": "Problems",
}
"""What waits, as `reminders` names it and as the mail does."""


class Command(BaseCommand):
    """Sends one plain mail a person, and none to whom nothing waits for."""

    help = "E-mail to each active member of staff what waits for them. Meant for cron."

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        staff = User.objects.filter(is_active=True, is_staff=True).exclude(email="")
        failed = 0
        for person in staff.order_by("username"):
            waiting = reminders.waiting_for(person, now=now)
            if waiting:
                failed += not self._sent(mail(person, waiting))
        if failed:
            raise CommandError(
                f"{failed} mails could not be sent. Set EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, "
                "EMAIL_HOST_PASSWORD, EMAIL_USE_TLS and DEFAULT_FROM_EMAIL for your mail server."
            )

    def _sent(self, message: EmailMessage) -> bool:
        try:
            message.send()
        except (OSError, smtplib.SMTPException) as error:
            self.stderr.write(f"Not sent to {message.to[0]}: {type(error).__name__}: {error}")
            return False
        self.stdout.write(f"Sent to {message.to[0]}.")
        return True


def mail(person: User, waiting: reminders.Waiting) -> EmailMessage:
    items = {title: getattr(waiting, name) for name, title in SECTIONS.items()}
    context = {
        "person": person,
        "site": settings.SITE_NAME,
        "sections": [(title, map(_line, found)) for title, found in items.items() if found],
        "desk": settings.SITE_URL + reverse("admin:index"),
    }
    body = render_to_string("staff/mail/digest.txt", context)
    things = "1 thing waits" if len(waiting) == 1 else f"{len(waiting)} things wait"
    return EmailMessage(f"{settings.SITE_NAME}: {things} for you", body, to=[person.email])


def _line(item: Revision | Failure) -> tuple[str, str]:
    words = item.subject
    if isinstance(item, Failure):
        words = f"{item.subject}: {item.message}"
    elif item.review_due and item.published_at:
        words = f"{item.subject} (due {item.review_due.isoformat()})"
    return words, settings.SITE_URL + reverse("staff-review", args=[item.subject])

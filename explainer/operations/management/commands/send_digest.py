"""`manage.py send_digest`: tells each member of staff by e-mail what waits for them; for cron."""

from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.operations import letters
from explainer.operations.models import How


class Command(BaseCommand):
    """Sends one plain mail a person who chose a daily one, and none to whom nothing waits for."""

    help = "E-mail to each active member of staff what waits for them. Meant for cron."

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        failed = 0
        for person in letters.addressees(How.DAILY):
            if found := letters.found_for(person, now):
                failed += not self._sent(letters.letter(person, found))
        if failed:
            raise CommandError(
                f"{failed} mails could not be sent. Set EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, "
                "EMAIL_HOST_PASSWORD, EMAIL_USE_TLS and DEFAULT_FROM_EMAIL for your mail server."
            )

    def _sent(self, message: EmailMessage) -> bool:
        try:
            message.send()
        except letters.FAULTS as error:
            self.stderr.write(f"Not sent to {message.to[0]}: {type(error).__name__}: {error}")
            return False
        self.stdout.write(f"Sent to {message.to[0]}.")
        return True

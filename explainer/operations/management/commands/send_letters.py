"""`manage.py send_letters`: tells at once who chose so; a server that publishes does so itself."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from explainer.operations import letters


class Command(BaseCommand):
    """Sends at most one letter a person in ten minutes, with all that is new."""

    help = "E-mail to staff who chose to be told at once what newly waits for them."

    def handle(self, *, verbosity: int = 1, **options: Any) -> None:
        count = 0 if settings.READ_ONLY else letters.send_at_once(timezone.now())
        if verbosity:
            self.stdout.write(f"{count} letters sent.")

"""`manage.py publish_due`: publishes what was scheduled and whose time has come."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.operations import schedule


class Command(BaseCommand):
    """Publishes what is due and what was missed; any number of these may run at once."""

    help = "Publish what was scheduled and is due. Exits with 1 if something could not be."

    def handle(self, **options: Any) -> None:
        if settings.READ_ONLY:
            if options["verbosity"]:
                self.stdout.write("The site is read-only (READ_ONLY): nothing is published.")
            return
        published, failed = schedule.publish_due(now=timezone.now())
        for subject in published:
            self.stdout.write(f"Published {subject}.")
        for failure in failed:
            self.stderr.write(f"Not published: {failure.subject}: {failure.message}")
        if failed:
            raise CommandError("Not all that was due could be published. See above.")

"""`manage.py check_library`: tell what is not sound in the library, subject by subject."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.library import publishing
from explainer.operations.integrity import survey, unready
from explainer.web.progress import progress


class Command(BaseCommand):
    """Checks what is public in the database; changes derived rows only, and only if asked to."""

    help = "Check the library and print what is wrong as subject: message; exit 1 for errors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="make derived rows that are wrong anew, first"
        )

    def handle(self, *, repair: bool, **_options: Any) -> None:
        now = timezone.now()
        if repair and not any(unready()):
            self._repair(now)
        found = survey(now=now, progress=progress("Checking"))
        for fault in found.faults:
            self.stdout.write(str(fault))
        counts = ", ".join(f"{number} {name}" for name, number in found.counted.items())
        warnings = len(found.faults) - len(found.errors)
        self.stdout.write(f"Checked: {counts or 'nothing'}. Warnings: {warnings}.")
        if found.errors:
            raise CommandError(f"{len(found.errors)} errors. Put them right and check again.")

    def _repair(self, now: datetime) -> None:
        try:
            count = publishing.rebuild(reason="Derived anew by check_library.", now=now)
        except (KeyError, ValueError) as refused:
            # What holds nonsense is named by the check that follows.
            self.stdout.write(f"Nothing was repaired. Put this right first: {refused}")
            return
        self.stdout.write(f"What is derived from {count} documents was made anew.")

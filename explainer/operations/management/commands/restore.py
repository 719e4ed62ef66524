"""`manage.py restore FILE`: bring a backup back onto an empty machine."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.operations.backup import restore


class Command(BaseCommand):
    """Restores a backup where nothing is; refuses a site that has any content."""

    help = "Restore a backup onto an empty site. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="what manage.py backup wrote")

    def handle(self, *, file: str, **_options: Any) -> None:
        manifest, problems = restore(Path(file), now=timezone.now())
        self.stdout.write(f"Restored the backup of {manifest.moment:%F %T %Z}: {manifest}.")
        self.stdout.write(
            "Everybody has to log in again. Give the site the DJANGO_SECRET_KEY it had, or, on "
            "one's own machine, its file secret-key: second factors are sealed with it."
        )
        for name in manifest.lost:
            self.stderr.write(f"The file of the image {name} was missing when this was backed up.")
        for line in problems:
            self.stderr.write(line)
        if problems:
            raise CommandError(
                "The site is restored, but the audit log in the backup is not whole or history "
                "is not guarded: see above."
            )
        self.stdout.write("The audit log is whole, and names this restore.")

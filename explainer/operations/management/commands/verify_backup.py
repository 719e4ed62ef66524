"""`manage.py verify_backup FILE`: prove that a backup can be restored."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from explainer.operations.backup import verify


class Command(BaseCommand):
    """Restores into a scratch place and counts; the site may run and is not changed."""

    help = "Restore a backup in a scratch place, compare every row count, and throw it away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="what manage.py backup wrote")

    def handle(self, *, file: str, **_options: Any) -> None:
        manifest = verify(Path(file))
        self.stdout.write(
            f"The backup of {manifest.moment:%F %T %Z} restores: {manifest} are as they were, "
            "and the audit log is whole."
        )

"""`manage.py verify_backup FILE`: prove that a backup can be restored and shows the same pages."""

from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from explainer.operations import verify
from explainer.operations.exceptions import BackupError


class Command(BaseCommand):
    """Restores into a scratch place and compares; the site may run and is not changed."""

    help = "Restore a backup in a scratch place, compare every public page, and throw it away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file; the switch is how the scratch place is asked what it holds."""
        parser.add_argument("file", nargs="?", metavar="FILE", help="what manage.py backup wrote")
        parser.add_argument("--describe", action="store_true", help=SUPPRESS)

    def handle(self, *, file: str | None = None, describe: bool = False, **_options: Any) -> None:
        """Say that everything is as it was, or what differs."""
        if describe:
            self.stdout.write(verify.describe())
            return
        if file is None:
            raise CommandError("Name the file: manage.py verify_backup FILE")
        try:
            proof = verify.prove(Path(file))
        except BackupError as refused:
            raise CommandError(str(refused)) from None
        for line in proof.differences:
            self.stderr.write(line)
        if proof.differences:
            raise CommandError(
                f"{len(proof.differences)} differences. The backup restores and its rows are "
                "whole; if the program was changed since, pages may differ for that reason: "
                "verify with the version that made it."
            )
        told = proof.manifest
        self.stdout.write(
            f"The backup of {told.moment:%Y-%m-%d %H:%M:%S %Z} restores: "
            f"{sum(told.facts.tables.values())} rows and {len(told.members) - 1} images are as "
            f"they were, the audit log is whole, and {len(told.facts.pages)} public pages show "
            "the same words and labels."
        )

"""`manage.py load_content`: bring the content files into the library and publish them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.files.check import check
from explainer.files.sync import CannotLoad, load
from explainer.library.images import figures_of
from explainer.library.progress import progress

CONFLICTS = 3
"""Exit status of a load that left conflicts to staff; 1 means that nothing was written."""


class Command(BaseCommand):
    """Loads a content folder; writes nothing if anything in it is wrong."""

    help = "Check the content files, then bring what changed into the library and publish it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", metavar="DIR", help="default: CONTENT_DIR")

    def handle(self, *, folder: str | None, verbosity: int = 1, **_options: Any) -> None:
        place = Path(folder or settings.CONTENT_DIR)
        try:
            loaded = load(
                check(place, progress("Checking"), figures_of(None)),
                now=timezone.now(),
                progress=progress("Loading"),
            )
        except CannotLoad as refused:
            for finding in refused.found:
                self.stderr.write(f"{place.name}/{finding}")
            raise CommandError(
                f"{len(refused.found)} errors. Nothing was written. Put them right and load again."
            ) from None
        if verbosity:
            self.stdout.write(
                f"{len(loaded.written)} files loaded, {len(loaded.unchanged)} were there already."
            )
        for finding in loaded.conflicts:
            self.stderr.write(f"{place.name}/{finding}")
        if loaded.conflicts:
            raise CommandError(
                f"{len(loaded.conflicts)} files are for staff to settle; the rest is loaded.",
                returncode=CONFLICTS,
            )

"""`manage.py load_content`: bring the content files into the library and publish them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.files.check import check
from explainer.files.remembered import files_as_loaded, remember
from explainer.files.sync import CannotLoad, load
from explainer.library.images import figures_of
from explainer.library.progress import progress
from explainer.operations.management.commands.serve import CONFLICTS


class Command(BaseCommand):
    """Loads a content folder; exits with 1, having written nothing, if anything in it is wrong."""

    help = "Check the content files, then bring what changed into the library and publish it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", metavar="DIR", help="default: CONTENT_DIR")

    def handle(self, *, folder: str | None, verbosity: int = 1, **_options: Any) -> None:
        place = Path(folder or settings.CONTENT_DIR)
        if there := files_as_loaded(place):
            if verbosity:
                self.stdout.write(f"0 files loaded, {there} were there already.")
            return
        try:
            checked = check(
                place, progress("Checking"), figures_of(None), today=timezone.localdate()
            )
            loaded = load(checked, now=timezone.now(), progress=progress("Loading"))
        except CannotLoad as refused:
            for finding in refused.found:
                self.stderr.write(f"{place.name}/{finding}")
            message = f"{len(refused.found)} errors. Nothing was written."
            raise CommandError(f"{message} Put them right and load again.") from None
        remember(place, loaded)
        written, unchanged, conflicts = loaded.written, loaded.unchanged, len(loaded.conflicts)
        if verbosity:
            self.stdout.write(f"{len(written)} files loaded, {len(unchanged)} were there already.")
        for finding in loaded.conflicts:
            self.stderr.write(f"{place.name}/{finding}")
        if conflicts:
            message = f"{conflicts} files are for staff to settle; the rest is loaded."
            raise CommandError(message, returncode=CONFLICTS)

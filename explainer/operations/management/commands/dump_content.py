"""`manage.py dump_content DIR`: write what is public as content files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from explainer.files.check import Check, check
from explainer.files.sync import CannotDump, dump
from explainer.images.storage import folder as image_folder
from explainer.library.images import figures_of
from explainer.web.progress import progress


class Command(BaseCommand):
    """Dumps the library into an empty folder and reads it back as a check."""

    help = "Write everything public as content files into an empty folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="a new or empty folder")

    def handle(self, *, folder: str, **_options: Any) -> None:
        place = Path(folder)
        try:
            paths = dump(place)
        except CannotDump as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{len(paths)} files written to {place}.")
        checked = check(place, progress("Reading back"), figures_of(None))
        self._warn_of_images(place, checked)
        for finding in checked.errors:
            self.stderr.write(f"{place.name}/{finding}")
        if number := len(checked.errors):
            cure = "these files are whole, but cannot be loaded as they are."
            raise CommandError(f"{number} errors: {cure}")

    def _warn_of_images(self, place: Path, checked: Check) -> None:
        shown = [text for text in checked.pages.values() if text.figures]
        for text in shown:
            path, keys = text.file.path, ", ".join(text.figures)
            self.stderr.write(f"{place.name}/{path}: warning: shows {keys}.")
        if shown:
            self.stderr.write(
                f"Images are not content files: they stay in {image_folder()} and in the database. "
                "These files load only into a site that has the same images."
            )

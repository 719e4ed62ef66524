"""`manage.py export_site`: write the public site as files that any web server can serve."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from explainer.guide import files
from explainer.web.export.release import ExportRefused
from explainer.web.export.site import export_to
from explainer.web.page_cache.site import page_cache
from explainer.web.progress import progress
from explainer.web.staticfiles import collect


class Command(BaseCommand):
    """Makes what is not kept yet, so the first export takes longest.

    FOLDER becomes a link to a release; the one before stays beside it.
    """

    help = "Write every public page as files into FOLDER, with rules for nginx and static hosts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        about = "Where the site is to be found: not there yet, empty, or of an earlier export."
        parser.add_argument("folder", type=Path, help=about)

    def handle(self, *, folder: Path, verbosity: int = 1, **_options: Any) -> None:
        folder = folder.absolute()
        collect()
        call_command("make_cards", verbosity=0)
        django, shown = WSGIHandler(), progress("addresses") if verbosity else iter
        cache = page_cache(lambda: django)
        try:
            export = export_to(folder, cache, files.addresses, files.parts(), shown)
        except ExportRefused as refused:
            raise CommandError(str(refused)) from refused
        if verbosity:
            self.stdout.write(
                f"{len(export.found)} files in {folder}/public. nginx: include {folder}/nginx/"
                f"http.conf and, after `root {folder}/public;`, {folder}/nginx/server.conf"
            )
        if verbosity and not settings.SITE_IS_PUBLIC:
            self.stderr.write(
                f"The pages name {settings.SITE_URL} as their address. Export a public site with "
                "its own SITE_URL, such as https://hair.example."
            )

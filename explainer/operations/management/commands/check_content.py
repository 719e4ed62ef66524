"""`manage.py check_content`: tell authors what is wrong, file by file and line by line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.files.check import check, pages, summary
from explainer.files.collection import Finding
from explainer.web.progress import progress


class Command(BaseCommand):
    """Checks the content folder and needs no database; with --library, the library instead."""

    help = "Check the content files and print what is wrong as file:line: message."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add, only = parser.add_argument, "print only these files or folders"
        add("paths", nargs="*", metavar="PATH", help=only)
        add("--report", action="store_true", help="add lines about each page")
        add("--library", action="store_true", help="check the database instead, as check_library")
        add("--repair", action="store_true", help="with --library: make derived rows anew, first")

    def handle(
        self, *, paths: list[str], report: bool, library: bool, repair: bool, **_options: Any
    ) -> None:
        if library and (paths or report):
            raise CommandError("--library looks at all of the database: leave out paths, --report.")
        if library:
            call_command("check_library", repair=repair, stdout=self.stdout)
            return
        if repair:
            raise CommandError("Files hold nothing derived to repair. Add --library.")
        folder = Path(settings.CONTENT_DIR)
        checked = check(folder, progress("Checking"), today=timezone.localdate())
        shown = [finding for finding in checked.found if _is_wanted(finding, paths)]
        for finding in shown:
            self.stdout.write(f"{folder.name}/{finding}")
        if report:
            self.stdout.write("\n" + "\n".join(pages(checked)))
        self.stdout.write("\n" + "\n".join(summary(checked)))
        if errors := sum(finding.problem.is_error for finding in shown):
            raise CommandError(f"{errors} errors. Put them right and check again.")


def _is_wanted(finding: Finding, paths: list[str]) -> bool:
    if not paths:
        return True
    root = Path(settings.CONTENT_DIR).resolve()
    place = root / finding.path
    wanted = [path for given in paths for path in (Path(given).resolve(), root / given)]
    return any(place == path or path in place.parents for path in wanted)

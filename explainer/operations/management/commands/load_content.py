"""`manage.py load_content`: bring the content files into the library and publish them."""

import os
import pwd
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.files.check import check
from explainer.files.remembered import files_as_loaded, remember
from explainer.files.sync import CannotLoad, Loaded, NeedsReason, Road, load
from explainer.library.images import figures_of
from explainer.web import start_report
from explainer.web.progress import progress

CONFLICTS = 3  # the status with which this ends when staff have something to settle

NAMED = 5  # documents that a refusal names


class NotLoaded(CommandError):
    """The files have errors; `lines` tell of each its place, what is wrong and what to do."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__(
            f"{len(lines)} errors. Nothing was written. Put them right and load again."
        )


class Command(BaseCommand):
    """Loads a content folder; exits with 1, having written nothing, if anything in it is wrong."""

    help = "Check the content files, then bring what changed into the library and publish it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", metavar="DIR", help="default: CONTENT_DIR")
        about = "Why public words change without a second person's review; for the audit log."
        parser.add_argument("--reason", default="", metavar="WORDS", help=about)

    def handle(
        self, *, folder: str | None, reason: str = "", verbosity: int = 1, **_options: Any
    ) -> None:
        place = Path(folder or settings.CONTENT_DIR)
        there = files_as_loaded(place)
        loaded = None if there else self._load(place, reason)
        if folder is None:
            start_report.forget()
        if verbosity:
            written = len(loaded.written) if loaded else 0
            unchanged = len(loaded.unchanged) if loaded else there
            self.stdout.write(f"{written} files loaded, {unchanged} were there already.")
        conflicts = loaded.conflicts if loaded else []
        for finding in conflicts:
            self.stderr.write(f"{place.name}/{finding}")
        if conflicts:
            message = f"{len(conflicts)} files are for staff to settle; the rest is loaded."
            raise CommandError(message, returncode=CONFLICTS)

    def _load(self, place: Path, reason: str) -> Loaded:
        """Check and load a folder; raises `NotLoaded` for files with errors, which are told."""
        try:
            checked = check(
                place, progress("Checking"), figures_of(None), today=timezone.localdate()
            )
            road = Road(f"{_system_user()} by load_content", reason)
            loaded = load(checked, now=timezone.now(), progress=progress("Loading"), road=road)
        except NeedsReason as asked:
            raise CommandError(
                f"Staff work on this site, and {_some(asked.subjects)} would change without "
                "a second person's review. Nothing was written. If it must, say why, for "
                "the audit log: manage.py load_content --reason WORDS. Or edit it at the desk."
            ) from None
        except CannotLoad as refused:
            lines = [f"{place.name}/{finding}" for finding in refused.found]
            for line in lines:
                self.stderr.write(line)
            raise NotLoaded(lines) from None
        remember(place, loaded)
        return loaded


def _system_user() -> str:
    """Give who runs this, as the system knows it and no variable can claim."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"


def _some(subjects: Sequence[str]) -> str:
    more = len(subjects) - NAMED
    return ", ".join(subjects[:NAMED]) + (f" and {more} more" if more > 0 else "")

"""`manage.py backup DIR`: write everything the site holds into one file."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from explainer.operations.backup import back_up, rotate


class Command(BaseCommand):
    """Backs up database and images while the site runs; changes nothing in either."""

    help = "Write database and images into one new file in DIR, and read it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="outside what the site serves")
        parser.add_argument(
            "--keep",
            type=_at_least_one,
            metavar="N",
            help="remove all but the newest N backups in DIR, once the new one is read back",
        )

    def handle(self, *, folder: str, keep: int | None = None, **_options: Any) -> None:
        path, manifest = back_up(Path(folder), at=timezone.now())
        for name in manifest.lost:
            self.stderr.write(f"The image {name} has no file on this server: it is in no backup.")
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path}: {size:.1f} MB, {manifest}; read back, all hashes right.")
        for old in rotate(path, keep=keep) if keep else []:
            self.stdout.write(f"Removed {old.name}.")


def _at_least_one(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise ArgumentTypeError(f"{text!r} is no number of backups. Write 1 or more: --keep 14")
    return int(text)

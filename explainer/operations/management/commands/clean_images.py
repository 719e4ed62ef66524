"""`manage.py clean_images`: find images that nothing names, and delete them if asked to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from explainer.images import storage


class Command(BaseCommand):
    """Lists unused images, images without a file and files without an image."""

    help = "List images older than 7 days that no version names; delete them with --delete."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--delete", action="store_true", help="delete unused images and stray files"
        )

    def handle(self, *, delete: bool, **_options: Any) -> None:
        now = timezone.now()
        for image in storage.unused(now):
            self.stdout.write(
                f"unused: {image} ({image.name}), sent in by {image.by.get_username()} "
                f"on {image.at:%Y-%m-%d}"
            )
        for path in storage.stray(now):
            self.stdout.write(f"file without an image: {path}")
        lost = storage.lost()
        for image in lost:
            self.stdout.write(f"image without its file: {image} ({image.name})")
        if lost:
            self.stdout.write("Restore missing files from a backup of the folder 'images'.")
        if not delete:
            self.stdout.write("Nothing was deleted. Add --delete to delete unused and stray ones.")
            return
        images, files = storage.delete_unused(now)
        self.stdout.write(f"Deleted {len(images)} images and {len(files)} stray files.")

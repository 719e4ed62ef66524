"""Which images texts may show, which published articles show them, and where their files lie."""

import re
from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from explainer.evidence.context import Figure
from explainer.library.models import Document, Image, ImageUse
from explainer.text.problems import Problem

NAME = re.compile(r"[0-9a-f]{32}\.(?:png|jpg|webp)")
"""What a stored file may be called; nothing else leads into the folder."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "images"


def place(name: str) -> Path:
    """Give where a stored file lies; raises ValueError for what is no name of ours."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a stored image.")
    return folder() / name


def figures_of(document: Document | None, keys: Collection[str] | None = None) -> dict[str, Figure]:
    """Give the figures a text may show, by key, in one query.

    Those that a published document shows, at the addresses of readers; without one all there
    are, or those of some keys, at the addresses that answer staff alone.
    """
    images = Image.objects.filter(uses__document=document) if document else Image.objects.all()
    images = images if keys is None else images.filter(key__in=keys)
    return {
        image.key: Figure(
            image.key,
            image.get_absolute_url() if document else image.staff_address,
            image.width,
            image.height,
        )
        for image in images
    }


def public() -> QuerySet[Image]:
    return Image.objects.filter(uses__isnull=False).distinct()


def index(document: Document, keys: Collection[str]) -> None:
    ImageUse.objects.filter(document=document).delete()
    if keys:
        ImageUse.objects.bulk_create(
            ImageUse(document=document, image=image) for image in Image.objects.filter(key__in=keys)
        )


def clear() -> None:
    ImageUse.objects.all().delete()


def lost(keys: Collection[str], text: str) -> list[Problem]:
    """Find the images among `keys` whose files are gone: readers would see a broken image."""
    images = Image.objects.filter(key__in=keys) if keys else ()
    return [
        Problem(
            "image-file-missing",
            f"The file of the image '{image.key}' ({image.name}) is missing on the server. "
            "Send it in again, or restore it from a backup.",
            text.count("\n", 0, max(text.find(image.key), 0)) + 1,
            params={"key": image.key},
        )
        for image in images
        if not place(image.file_name).is_file()
    ]

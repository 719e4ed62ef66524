"""Which images texts may show, which published articles show them, and where their files lie.

Sending images in, describing them and cleaning up are `explainer.images`.
"""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from explainer.evidence.context import Figure
from explainer.evidence.problems import Problem
from explainer.library.models import Article, Image, ImageUse

NAME = re.compile(r"[0-9a-f]{32}\.(?:png|jpg|webp)")
"""What a stored file may be called; nothing else leads into the folder."""


def folder() -> Path:
    """Give the folder of the files, which need not exist yet."""
    return Path(settings.VAR_DIR) / "images"


def place(name: str) -> Path:
    """Give where a stored file lies; raises ValueError for what is no name of ours."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a stored image.")
    return folder() / name


def figures(*, for_staff: bool, shown_by: Article | None = None) -> dict[str, Figure]:
    """Give the figures a text may show, by key, in one query.

    `for_staff` says whose address they get: staff may see all images, readers those
    that a published article shows. `shown_by` limits them to one published article's.
    """
    images = Image.objects.filter(uses__article=shown_by) if shown_by else Image.objects.all()
    return {
        image.key: Figure(
            image.key,
            image.staff_address if for_staff else image.get_absolute_url(),
            image.width,
            image.height,
        )
        for image in images
    }


def public() -> QuerySet[Image]:
    """Give the images that readers may see: those that a published article shows."""
    return Image.objects.filter(uses__isnull=False).distinct()


def index(article_id: int, keys: Iterable[str]) -> None:
    """Note which images a published article shows. For `publishing` alone."""
    ImageUse.objects.filter(article=article_id).delete()
    ImageUse.objects.bulk_create(
        ImageUse(article_id=article_id, image=image)
        for image in Image.objects.filter(key__in=list(keys))
    )


def lost(keys: Collection[str], text: str) -> list[Problem]:
    """Find the images among `keys` whose files are gone: readers would see a broken image."""
    images = Image.objects.filter(key__in=keys) if keys else ()
    return [
        Problem(
            f"The file of the image '{image.key}' ({image.name}) is missing on the server. "
            "Send it in again, or restore it from a backup.",
            text.count("\n", 0, max(text.find(image.key), 0)) + 1,
        )
        for image in images
        if not place(image.file_name).is_file()
    ]

"""Images that no text names any more, and files and rows that lost each other.

Never touches what any version or save names, nor anything younger than a week: a
text that is being written may name it soon (requirement U8).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from explainer.images import references, storage
from explainer.library import audit
from explainer.library.models import Image

KEPT = timedelta(days=7)
"""How long an image stays that no text names."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands in rows and in the folder and does not fit together.

    `unused` images and `stray` files are older than a week; `lost` images have no file.
    """

    unused: tuple[Image, ...]
    lost: tuple[Image, ...]
    stray: tuple[Path, ...]


def survey(*, at: datetime) -> Survey:
    """Look through all rows, files and texts; changes nothing."""
    images = list(Image.objects.select_related("by"))
    return Survey(
        unused=tuple(_unused(at)),
        lost=tuple(image for image in images if not storage.exists(image.file_name)),
        stray=tuple(_stray({image.file_name for image in images}, at)),
    )


def clear(*, at: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Delete unused images and stray files; gives the names of both."""
    with transaction.atomic():
        # Asked again inside the transaction, so that nothing named since the survey goes.
        unused = tuple(_unused(at))
        for image in unused:
            _forget(image, at)
    # Rows first: a file without a row is found again the next time, a row without a file hurts.
    for image in unused:
        storage.remove(image.file_name)
    stray = tuple(_stray(set(_names()), at))
    for path in stray:
        path.unlink(missing_ok=True)
    return tuple(image.file_name for image in unused), tuple(path.name for path in stray)


def _unused(at: datetime) -> Iterator[Image]:
    old = Image.objects.filter(at__lt=at - KEPT, uses__isnull=True).select_related("by")
    named = references.everywhere() if old else frozenset()
    return (image for image in old if image.key not in named)


def _forget(image: Image, at: datetime) -> None:
    told = {"name": image.name, "sha256": image.sha256, "sent_by": image.by.get_username()}
    audit.record(
        by=None,
        by_name="clean_images",
        action="delete-image",
        subject=image.subject,
        at=at,
        before=told,
    )
    image.delete()


def _names() -> Iterator[str]:
    return (image.file_name for image in Image.objects.all())


def _stray(known: set[str], at: datetime) -> Iterator[Path]:
    for path in storage.files():
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if path.name not in known and written < at - KEPT:
            yield path

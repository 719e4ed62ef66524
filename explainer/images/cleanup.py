"""Images that no text names any more, and files and rows that lost each other.

Never touches what is younger than a week: a text that is being written may name it soon.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from explainer.images import references, storage
from explainer.library import audit
from explainer.library.models import Image

MIN_AGE = timedelta(days=7)
"""How long an image stays that no text names."""


def unused(now: datetime) -> list[Image]:
    old = Image.objects.filter(at__lt=now - MIN_AGE, uses=None).select_related("by")
    named = references.everywhere() if old else frozenset()
    return [image for image in old if image.key not in named]


def lost() -> list[Image]:
    return [image for image in Image.objects.all() if not storage.place(image.file_name).is_file()]


def stray(now: datetime) -> list[Path]:
    known = {image.file_name for image in Image.objects.all()}
    oldest = (now - MIN_AGE).timestamp()
    files = (path for path in storage.files() if path.name not in known)
    return [path for path in files if path.stat().st_mtime < oldest]


def delete(now: datetime) -> tuple[list[Image], list[Path]]:
    with transaction.atomic():
        # Asked again inside the transaction, so that nothing named meanwhile goes.
        images = unused(now)
        for image in images:
            facts = {"name": image.name, "sha256": image.sha256, "sent_by": image.by.get_username()}
            name, subject = "clean_images", image.subject
            audit.record(None, "delete-image", now, actor_name=name, subject=subject, before=facts)
            image.delete()
    # Rows first: a file without a row is found again the next time, a row without a file hurts.
    for image in images:
        storage.remove(image.file_name)
    files = stray(now)
    for path in files:
        path.unlink(missing_ok=True)
    return images, files

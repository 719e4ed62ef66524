"""The images' files: written whole or not at all, never changed, cleared if no text names them.

Clearing never touches what is younger than a week: a text that is being written may name it soon.
It searches the texts, not the index of what is public: any of them may be shown again.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from html import unescape
from itertools import chain
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet

from explainer.library import audit
from explainer.library.images import NAME as NAME
from explainer.library.images import folder as folder
from explainer.library.images import place as place
from explainer.library.models import Image, Revision, Save

UNFINISHED = ".part"
MIN_AGE = timedelta(days=7)
"""How long an image stays that no text names."""
_KEY = re.compile(r"[0-9a-f]{32}")


class CannotStore(Exception):
    """The disk took no more; nothing was stored."""


def store(name: str, data: bytes) -> None:
    """Write a new file under another name, to the disk, then rename it.

    Only the server's own user may read it. Raises `CannotStore`, leaving no file behind.
    """
    target = place(name)
    unfinished = target.with_name(f"{name}{UNFINISHED}")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(unfinished, data)
        unfinished.rename(target)
        _sync(target.parent)
    except OSError as error:
        for path in (unfinished, target):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise CannotStore(
            "The server cannot store the image: its disk is full or cannot be written to. "
            "Nothing was kept. Tell whoever looks after the server, then try again."
        ) from error


def remove(name: str) -> None:
    place(name).unlink(missing_ok=True)


def files() -> Iterator[Path]:
    for path in sorted(folder().iterdir()) if folder().is_dir() else ():
        if path.is_file() and (NAME.fullmatch(path.name) or path.suffix == UNFINISHED):
            yield path


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(directory: Path) -> None:
    # Without this the rename itself may be lost with the power.
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def revisions_naming(key: str) -> QuerySet[Revision]:
    naming = Q(fields__summary__icontains=key) | Q(fields__body__icontains=key)
    rows = Revision.objects.filter(naming).select_related("document")
    return rows.order_by("document__key", "-number")


def named() -> frozenset[str]:
    """Give the keys of all images that any text of the library names, however it is written."""
    return frozenset(key for text in _texts() for key in _KEY.findall(text))


def _texts() -> Iterator[str]:
    revisions = Revision.objects.values_list("fields", "file_text").iterator()
    for row in chain(revisions, Save.objects.values_list("fields").iterator()):
        text = json.dumps(row, ensure_ascii=False)
        yield text
        # A key may be spelled with character references, which a reader of Markdown resolves.
        yield unescape(text)


def unused(now: datetime) -> list[Image]:
    old = Image.objects.filter(at__lt=now - MIN_AGE, uses=None).select_related("by")
    keys = named() if old else frozenset()
    return [image for image in old if image.key not in keys]


def lost() -> list[Image]:
    return [image for image in Image.objects.all() if not place(image.file_name).is_file()]


def stray(now: datetime) -> list[Path]:
    known = {image.file_name for image in Image.objects.all()}
    oldest = (now - MIN_AGE).timestamp()
    unknown = (path for path in files() if path.name not in known)
    return [path for path in unknown if path.stat().st_mtime < oldest]


def delete_unused(now: datetime) -> tuple[list[Image], list[Path]]:
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
        remove(image.file_name)
    paths = stray(now)
    for path in paths:
        path.unlink(missing_ok=True)
    return images, paths

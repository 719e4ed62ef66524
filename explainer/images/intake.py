"""Keep an image that somebody sent in, and say what it shows; each with an audit entry."""

import hashlib
import re
import uuid
from datetime import datetime

from django.contrib.auth.models import User
from django.core.files import File
from django.db import transaction

from explainer.images import processing, storage
from explainer.library import audit
from explainer.library.models import Image
from explainer.library.permissions import Right, demand

_RECORDED = ("name", "alternative", "extension", "width", "height", "size", "sha256")


class Conflict(Exception):
    """Somebody described the image in the meantime, as `current`; nothing was changed."""

    def __init__(self, current: str) -> None:
        self.current = current
        super().__init__(
            f"Somebody else changed these words meanwhile, to “{current}”. Yours are not kept "
            "yet: they are in the field. Put both together there, then keep them."
        )


def upload(*, file: "File[bytes]", alternative: str, actor: User, now: datetime) -> Image:
    """Check an image, write it anew and keep it.

    Raises `NotAllowed` without the right to write, `processing.NotAnImage` and
    `storage.CannotStore`; then neither file nor row is left.
    """
    demand(actor, Right.WRITE)
    made = processing.clean(file.read())
    image = Image(
        key=uuid.uuid4().hex,
        extension=made.extension,
        width=made.width,
        height=made.height,
        size=len(made.data),
        sha256=hashlib.sha256(made.data).hexdigest(),
        name=_one_line(file.name or "")[:150],
        alternative=_one_line(alternative),
        by=actor,
        at=now,
    )
    storage.store(image.file_name, made.data)
    try:
        with transaction.atomic():
            image.save(force_insert=True)
            after = {name: getattr(image, name) for name in _RECORDED}
            audit.record(actor, "upload-image", now, subject=image.subject, after=after)
    except BaseException:
        storage.remove(image.file_name)
        raise
    return image


@transaction.atomic
def describe(*, image: Image, before: str, alternative: str, actor: User, now: datetime) -> None:
    """Change the words that are suggested for an image; texts that show it keep theirs.

    `before` are the words that the person saw: of two who change the same words one wins.
    Raises `Conflict` for the other, and `NotAllowed` without the right to write.
    """
    demand(actor, Right.WRITE)
    words = _one_line(alternative)
    if not Image.objects.filter(pk=image.pk, alternative=before).update(alternative=words):
        raise Conflict(Image.objects.get(pk=image.pk).alternative)
    old, new = {"alternative": before}, {"alternative": words}
    audit.record(actor, "describe-image", now, subject=image.subject, before=old, after=new)


def code(image: Image) -> str:
    words = re.sub(r"([\\`*_\[\]<>&!])", r"\\\1", image.alternative)
    return f"![{words}](figure:{image.key})"


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

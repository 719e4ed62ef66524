"""Images: send one in, say what it shows, and what texts may show.

The verbs have an actor and a time and write audit entries, as those of `desk`.
Whether readers see an image is decided by publishing alone.
"""

import hashlib
import re
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from explainer.evidence.context import Figure
from explainer.evidence.problems import Problem, Refused
from explainer.images import processing, storage
from explainer.library import audit
from explainer.library.models import Document, Image, ImageUse
from explainer.library.permissions import Right, demand

DAY = timedelta(hours=24)

MOST_FILES = 100
"""Images that one person may send in within 24 hours (requirement U5)."""

MOST_BYTES = 100 * 1024 * 1024
"""Bytes that one person may have stored within 24 hours (requirement U5)."""

LONGEST_NAME = 150
LONGEST_ALTERNATIVE = 500

_MARKUP = re.compile(r"([\\`*_\[\]<>&!])")


class TooMany(Exception):
    """Somebody has sent in as much as a day allows."""


class Described(Exception):
    """Somebody described the image in the meantime: `words` are theirs; nothing was changed."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(
            f"Somebody else changed these words meanwhile, to “{words}”. Yours are not kept "
            "yet: they are in the field. Put both together there, then keep them."
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as a person sent it in; nothing in it is believed."""

    name: str
    data: bytes
    alternative: str = ""


def upload(*, sent: Sent, by: User, at: datetime) -> Image:
    """Check an image, write it anew and keep it.

    Raises `NotAllowed` without the right to write, `TooMany`, `Refused` for the
    alternative text, `processing.NotAnImage` and `storage.CannotStore`; then
    neither file nor row is left.
    """
    demand(by, Right.WRITE)
    _refuse_too_many(by, at)
    words = _alternative(sent.alternative)
    made = processing.clean(sent.data)
    image = Image(
        key=uuid.uuid4().hex,
        extension=made.extension,
        width=made.width,
        height=made.height,
        size=len(made.data),
        sha256=hashlib.sha256(made.data).hexdigest(),
        name=_one_line(sent.name)[:LONGEST_NAME],
        alternative=words,
        by=by,
        at=at,
    )
    storage.store(image.file_name, made.data)
    try:
        _keep(image, by, at)
    except BaseException:
        storage.remove(image.file_name)
        raise
    return image


@transaction.atomic
def describe(*, image: Image, before: str, alternative: str, by: User, at: datetime) -> None:
    """Change the words that are suggested for an image; texts that show it keep theirs.

    `before` are the words that the person saw: of two who change the same words one wins
    (requirement D2). Raises `Described` for the other, `NotAllowed` without the right to
    write, `Refused` for words that are too long.
    """
    demand(by, Right.WRITE)
    # Made one line as the stored ones are: PostgreSQL refuses a NUL even in a question.
    before, words = _one_line(before), _alternative(alternative)
    own = Image.objects.filter(pk=image.pk)
    if not own.filter(alternative=before).update(alternative=words):
        # Gone, if `clean_images` removed it meanwhile: then the words of then are all there is.
        now = own.first()
        raise Described(now.alternative if now else "")
    image.alternative = words
    audit.record(
        by=by,
        action="describe-image",
        subject=image.subject,
        at=at,
        before={"alternative": before},
        after={"alternative": words},
    )


def code(image: Image) -> str:
    """Give what an article says to show an image, with the suggested words."""
    return f"![{_MARKUP.sub(_escaped, image.alternative)}](figure:{image.key})"


def figures_of(document: Document | None) -> dict[str, Figure]:
    """Give the figures a text may show, by key, in one query.

    Those that a published document shows, at the addresses of readers; without one all there
    are, at the addresses that answer staff alone.
    """
    images = Image.objects.filter(uses__document=document) if document else Image.objects.all()
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
    """Give the images that readers may see: those that a published article shows."""
    return Image.objects.filter(uses__isnull=False).distinct()


def index(document: Document, keys: Iterable[str]) -> None:
    """Note which images a published document shows. For `publishing` alone."""
    ImageUse.objects.filter(document=document).delete()
    if keys:
        ImageUse.objects.bulk_create(
            ImageUse(document=document, image=image)
            for image in Image.objects.filter(key__in=list(keys))
        )


def clear() -> None:
    """Forget which images are shown, before all of it is noted anew."""
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
        if not storage.exists(image.file_name)
    ]


@transaction.atomic
def _keep(image: Image, by: User, at: datetime) -> None:
    # Two files at once from one person wait for each other here, so that both are counted.
    User.objects.select_for_update().get(pk=by.pk)
    _refuse_too_many(by, at)
    image.save(force_insert=True)
    told = ("name", "alternative", "extension", "width", "height", "size", "sha256")
    audit.record(
        by=by,
        action="upload-image",
        subject=image.subject,
        at=at,
        after={name: getattr(image, name) for name in told},
    )


def _refuse_too_many(by: User, at: datetime) -> None:
    day = Image.objects.filter(by=by, at__gt=at - DAY)
    sums = day.aggregate(files=Count("pk"), bytes=Sum("size"))
    if sums["files"] >= MOST_FILES or (sums["bytes"] or 0) >= MOST_BYTES:
        raise TooMany(
            f"Within 24 hours one person can send in {MOST_FILES} images, or "
            f"{MOST_BYTES // 1024 // 1024} MB. Go on tomorrow, or use an image that is here."
        )


def _alternative(typed: str) -> str:
    words = _one_line(typed)
    if len(words) > LONGEST_ALTERNATIVE:
        raise Refused(
            "alternative",
            f"The words have {len(words)} characters; at most {LONGEST_ALTERNATIVE}. "
            "Say the rest in the article, where everybody can read it.",
            "too-long",
        )
    return words


def _one_line(text: str) -> str:
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.split())


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}"

"""An image that somebody sends in: decoded, checked, written anew, kept and described.

What comes out is pixels alone. Whatever changes has an audit entry.
"""

import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from threading import Lock

from django.contrib.auth.models import User
from django.core.files import File
from django.db import transaction
from PIL import Image as Pillow
from PIL import ImageOps

from explainer.images import storage
from explainer.library import audit
from explainer.library.models import Image
from explainer.library.permissions import Right, demand

MAX_BYTES = 5 * 1024 * 1024
"""Largest file, as it comes in and as it is stored."""
MAX_PIXELS = 25_000_000
"""Most pixels, counted before any of them is decoded."""
BOX = (1600, 4800)
"""Widest and highest image that is stored; a larger one is scaled down."""

_RECORDED = ("name", "alternative", "extension", "width", "height", "size", "sha256")
_EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
# The largest image takes some 200 MB while it is decoded: many at once would be too much.
_ONE_AT_A_TIME = Lock()

_TOO_MANY_PIXELS = "The image has more than 25 million pixels. Save it smaller, 1600 pixels wide."
_MOVES = "The image moves. Send one that stands still: save a single frame."
_UNREADABLE = (
    "This is no whole PNG, JPEG or WebP image. "
    "Open it in an image program, save it as PNG or JPEG and send that."
)


class NotAnImage(Exception):
    """What was sent in is no image that we take; the message says why, and the cure."""


@dataclass(frozen=True, slots=True)
class Clean:
    """An image as it was written anew."""

    data: bytes
    extension: str
    width: int
    height: int


def clean(data: bytes) -> Clean:
    """Read an image by its content, never by its name, and write it anew.

    It stands upright as its camera meant it, and fits into `BOX`. Raises
    `NotAnImage` for whatever cannot be read whole.
    """
    if len(data) > MAX_BYTES:
        raise NotAnImage(too_large(len(data)))
    try:
        with Pillow.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as opened:
            # MPO is how some phones write a JPEG; the pictures behind the first are left out.
            kind = "JPEG" if opened.format == "MPO" else str(opened.format)
            if opened.width * opened.height > MAX_PIXELS:
                raise NotAnImage(_TOO_MANY_PIXELS)
            if opened.format != "MPO" and getattr(opened, "n_frames", 1) > 1:
                raise NotAnImage(_MOVES)
            with _ONE_AT_A_TIME:
                return _encoded(_drawn(opened), kind)
    except NotAnImage:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise NotAnImage(_TOO_MANY_PIXELS) from error
    except Exception as error:
        # A decoder of bytes from anywhere raises anything; each of it means the same here.
        raise NotAnImage(_UNREADABLE) from error


def too_large(size: int) -> str:
    return (
        f"The file has {size / 1024 / 1024:.1f} MB; at most {MAX_BYTES // 1024 // 1024} MB can be "
        "kept. Save it smaller: as a JPEG, 1600 pixels wide."
    )


def _drawn(opened: Pillow.Image) -> Pillow.Image:
    """Decode, turn upright and scale; the result carries no metadata."""
    # A JPEG is decoded at a half, a quarter or an eighth if that is still wide enough.
    opened.draft(None, (BOX[0], BOX[0]))
    ImageOps.exif_transpose(opened, in_place=True)
    if opened.mode.startswith("I;16"):
        # Converting cuts off at 255 what is counted to 65535 here.
        image = opened.convert("I").point(lambda value: value / 256).convert("L")
    elif opened.has_transparency_data:
        image = opened.convert("RGBA")
    else:
        image = opened.convert("L" if opened.mode in ("L", "1") else "RGB")
    image.thumbnail(BOX, Pillow.Resampling.LANCZOS)
    bare = Pillow.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _encoded(image: Pillow.Image, kind: str) -> Clean:
    target = BytesIO()
    # A PNG has neither of the two, and takes no notice.
    image.save(target, format=kind, quality=85, progressive=True)
    data = target.getvalue()
    if len(data) > MAX_BYTES:
        raise NotAnImage(too_large(len(data)))
    return Clean(data, _EXTENSIONS[kind], image.width, image.height)


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

    Raises `NotAllowed` without the right to write, `NotAnImage` and
    `storage.CannotStore`; then neither file nor row is left.
    """
    demand(actor, Right.WRITE)
    made = clean(file.read())
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

"""From bytes that somebody sent in to a clean image: decoded, checked, written anew.

What comes out holds pixels and nothing else: no place, no comment, no trailing
bytes (requirements U3 to U5). Knows no rows, no files and no people.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

KINDS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "WEBP": "webp"}
"""What may be sent in, as the decoder names it, with the extension it is kept under.

MPO is how some phones write a JPEG; the pictures behind the first are left out.
"""

MAX_BYTES = 5 * 1024 * 1024
"""Largest file (requirement U5)."""

MAX_PIXELS = 25_000_000
"""Most pixels, asked before any of them is decoded (requirement U5)."""

BOX = (1600, 4800)
"""Widest and highest image that is kept; a larger one is scaled down."""

QUALITY = 85

# The largest image takes some 200 MB while it is decoded: many at once would be too much.
_ONE_AT_A_TIME = Lock()

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# Set once for the process: a filter around each call would not be safe between threads.
warnings.simplefilter("error", Image.DecompressionBombWarning)


class NotAnImage(Exception):
    """What was sent in is no image that we keep; the message says why, and the cure."""


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
    if not data:
        raise NotAnImage("The file is empty. Choose another one.")
    if len(data) > MAX_BYTES:
        raise NotAnImage(too_large(len(data)))
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as opened:
            kind = opened.format or ""
            _refuse(opened, kind)
            with _ONE_AT_A_TIME:
                return _written(_drawn(opened), KINDS[kind])
    except NotAnImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAnImage(_too_many_pixels()) from error
    except Exception as error:
        # A decoder of bytes from anywhere raises anything; each of it means the same here.
        raise NotAnImage(
            "This is no whole PNG, JPEG or WebP image. "
            "Open it in an image program, save it as PNG or JPEG and send that."
        ) from error


def too_large(size: int) -> str:
    """Say that a file is too large, and what to do about it."""
    return (
        f"The file has {size / 1024 / 1024:.1f} MB; at most {MAX_BYTES // 1024 // 1024} MB can be "
        "kept. Save it smaller: as a JPEG, 1600 pixels wide."
    )


def _too_many_pixels() -> str:
    most = MAX_PIXELS // 1_000_000
    return f"The image has more than {most} million pixels. Save it smaller, 1600 pixels wide."


def _refuse(opened: Image.Image, kind: str) -> None:
    if opened.width * opened.height > MAX_PIXELS:
        raise NotAnImage(_too_many_pixels())
    if kind != "MPO" and getattr(opened, "n_frames", 1) > 1:
        raise NotAnImage("The image moves. Send one that stands still: save a single frame.")


def _drawn(opened: Image.Image) -> Image.Image:
    """Decode, turn upright and scale; the result carries no metadata."""
    # A JPEG is decoded at a half, a quarter or an eighth if that is still wide enough.
    opened.draft(None, (BOX[0], BOX[0]))
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    upright = _shown_as(opened)
    upright.thumbnail(BOX, Image.Resampling.LANCZOS)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    return bare


def _shown_as(image: Image.Image) -> Image.Image:
    """Give an image in a mode that all three kinds can hold."""
    if image.mode.startswith("I;16"):
        # Converting cuts off at 255 what is counted to 65535 here.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("L", "1"):
        transparent = "transparency" in image.info
        return image.convert("LA" if transparent else "L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _written(image: Image.Image, extension: str) -> Clean:
    target = BytesIO()
    if extension == "png":
        image.save(target, format="PNG")
    elif extension == "jpg":
        image.convert("L" if image.mode in ("L", "LA") else "RGB").save(
            target, format="JPEG", quality=QUALITY, optimize=True, progressive=True
        )
    else:
        image.convert("RGBA" if image.mode in ("LA", "RGBA") else "RGB").save(
            target, format="WEBP", quality=QUALITY
        )
    data = target.getvalue()
    if len(data) > MAX_BYTES:
        raise NotAnImage(too_large(len(data)))
    return Clean(data, extension, image.width, image.height)

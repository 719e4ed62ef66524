"""Makes images and broken files as somebody might send them in."""

import struct
import zlib
from datetime import datetime
from io import BytesIO

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from explainer.images import intake
from explainer.library.models import Image
from tests.library import shelf

GPS = 34853
ORIENTATION = 274


def person(name: str = "ana", *roles: str) -> User:
    """Store a member of staff, who may write unless other roles are named."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles or ["author"]))
    return user


def drawn(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more) -> bytes:
    """Give an image file: left half red, right half blue where the mode has colours."""
    image = Pillow.new(mode, size)
    if mode in ("RGB", "RGBA"):
        image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
        image.paste((0, 0, 255), (size[0] // 2, 0, *size))
    target = BytesIO()
    image.save(target, format=kind, **more)
    return target.getvalue()


def photo(**tags: int) -> bytes:
    """Give a JPEG as a camera makes it: with a place, a comment, and maybe turned."""
    exif = Pillow.Exif()
    exif[ORIENTATION] = tags.get("orientation", 1)
    exif.get_ifd(GPS)[1] = "N"
    exif[270] = "SECRET place"
    return drawn("JPEG", exif=exif, comment=b"SECRET comment")


def moving(kind: str = "PNG") -> bytes:
    """Give an image of two frames."""
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    target = BytesIO()
    frames[0].save(target, format=kind, save_all=True, append_images=frames[1:], duration=100)
    return target.getvalue()


def bomb(side: int = 13_000) -> bytes:
    """Give a PNG of a few kilobytes that says it has 169 megapixels, and has them."""
    rows = zlib.compress(bytes(1 + side // 8 + 1) * side, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    """Give a PNG whose compressed comment unpacks to 100 MB."""
    whole = drawn()
    packed = b"k\0\0" + zlib.compress(bytes(100_000_000), 9)
    return whole[:33] + _chunk(b"zTXt", packed) + whole[33:]


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"

BROKEN = {
    "nothing at all": b"",
    "an SVG with a script": SVG,
    "an SVG that is not UTF-8": SVG.decode().encode("utf-16"),
    "HTML": HTML,
    "HTML behind the first bytes of a GIF": b"GIF89a" + HTML,
    "HTML behind the first bytes of a PNG": b"\x89PNG\r\n\x1a\n" + HTML,
    "HTML behind the first bytes of a JPEG": b"\xff\xd8\xff\xe0" + HTML,
    "HTML behind the first bytes of a WebP": b"RIFF\x60\0\0\0WEBPVP8 " + HTML,
    "a GIF": drawn("GIF"),
    "a BMP": drawn("BMP"),
    "a TIFF": drawn("TIFF"),
    "half a PNG": drawn(size=(200, 200))[:-150],
    "half a JPEG": drawn("JPEG", (200, 200))[:-300],
    "half a WebP": drawn("WEBP", (200, 200))[:-60],
    "a PNG with a broken head": drawn()[:20] + b"\xff" * 40,
    "a PNG that moves": moving(),
    "a WebP that moves": moving("WEBP"),
    "169 million pixels": bomb(),
    "a comment of 100 MB": text_bomb(),
    "random bytes": bytes(range(256)) * 40,
}
"""Files that are refused, by what they are."""


def sent(actor: User, now: datetime = shelf.NOON, data: bytes = b"", **more: str) -> Image:
    """Send in an image."""
    file = ContentFile(data or drawn(), more.get("name", "roots.png"))
    words = more.get("alternative", "Hair roots")
    return intake.upload(file=file, alternative=words, actor=actor, now=now)

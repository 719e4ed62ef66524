"""The site's mark as pictures of every size that browsers and phones ask for.

Drawn once, by `manage.py make_icons`, in the colours of the drawing that browsers get first
(static/icons/favicon.svg); the files are kept in static/icons/.
"""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

SOURCE = "favicon.svg"
SIDE = 32
"""The side of the drawing, in its own units; its ring has the radius 9 and the width 3."""

_FINE = 8
_CORNER, _RADIUS, _WIDTH = 7, 9, 3
_COLOURS = re.compile(r'<rect [^>]*fill="(#[0-9a-f]{6})".*<circle [^>]*stroke="(#[0-9a-f]{6})"')


def files(folder: Path) -> dict[str, bytes]:
    """Draw every icon in the colours of the drawing in this folder; gives bytes by name."""
    found = _COLOURS.search((folder / SOURCE).read_text())
    if found is None:
        raise ValueError(f"{SOURCE} has no coloured square and ring. Draw it with both.")
    ground, ink = found.groups()
    rounded = [_draw(size, ground, ink, corner=_CORNER) for size in (48, 32, 16)]
    ico = BytesIO()
    rounded[0].save(ico, "ICO", sizes=[(48, 48), (32, 32), (16, 16)], append_images=rounded[1:])
    return {
        "favicon.ico": ico.getvalue(),
        # Phones cut these to their own shape, so the ground goes to the edge.
        "apple-touch-icon.png": _png(_draw(180, ground, ink)),
        "icon-192.png": _png(_draw(192, ground, ink, corner=_CORNER)),
        "icon-512.png": _png(_draw(512, ground, ink, corner=_CORNER)),
        "icon-maskable-512.png": _png(_draw(512, ground, ink, scale=0.85)),
    }


def _draw(size: int, ground: str, ink: str, corner: int = 0, scale: float = 1) -> Image.Image:
    unit = size * _FINE / SIDE
    image = Image.new("RGBA", (size * _FINE, size * _FINE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, *(side - 1 for side in image.size)), corner * unit, fill=ground)
    middle, reach = SIDE / 2 * unit, (_RADIUS + _WIDTH / 2) * unit * scale
    box = (middle - reach, middle - reach, middle + reach, middle + reach)
    pen.ellipse(box, outline=ink, width=round(_WIDTH * unit * scale))
    pen.pieslice(box, 90, 270, fill=ink)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()

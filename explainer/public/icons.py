"""The site's mark as pictures of every size that browsers and phones ask for.

Drawn once, by `manage.py make_icons`, in the colours of the drawing that browsers get first
(static/icons/favicon.svg); the files are kept in static/icons/.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw

SOURCE = "favicon.svg"
SIDE = 32
"""The side of the drawing, in its own units: a line of skin, a hair, its root."""

_FINE = 8
_CORNER = 7
_SKIN = [((3, 19), (9.5, 16), (16, 19)), ((16, 19), (22.5, 22), (29, 19))]
_HAIR = [((12, 27), (13, 22), (15, 20), (17, 17)), ((17, 17), (19, 12), (22, 8), (27, 5))]
_ROOT, _RADIUS = (12, 26.5), 3.5
_COLOURS = re.compile(
    r'<rect [^>]*fill="(#[0-9a-f]{6})".*<g [^>]*stroke="(#[0-9a-f]{6})"'
    r'.*<circle [^>]*fill="(#[0-9a-f]{6})"'
)

Colours = tuple[str, ...]
Point = tuple[float, float]


def files(folder: Path) -> dict[str, bytes]:
    """Draw every icon in the colours of the drawing in this folder; gives bytes by name."""
    found = _COLOURS.search((folder / SOURCE).read_text())
    if found is None:
        raise ValueError(
            f"{SOURCE} has no coloured square, lines and root. Draw it with all three."
        )
    colours = found.groups()
    rounded = [_draw(size, colours, corner=_CORNER) for size in (48, 32, 16)]
    ico = BytesIO()
    rounded[0].save(ico, "ICO", sizes=[(48, 48), (32, 32), (16, 16)], append_images=rounded[1:])
    return {
        "favicon.ico": ico.getvalue(),
        # Phones cut these to their own shape, so the ground goes to the edge.
        "apple-touch-icon.png": _png(_draw(180, colours)),
        "icon-192.png": _png(_draw(192, colours, corner=_CORNER)),
        "icon-512.png": _png(_draw(512, colours, corner=_CORNER)),
        "icon-maskable-512.png": _png(_draw(512, colours, scale=0.85)),
    }


def _draw(size: int, colours: Colours, corner: int = 0, scale: float = 1) -> Image.Image:
    ground, ink, root = colours
    unit = size * _FINE / SIDE
    image = Image.new("RGBA", (size * _FINE, size * _FINE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, *(side - 1 for side in image.size)), corner * unit, fill=ground)

    def at(point: Point) -> Point:
        x, y = ((SIDE / 2 + (value - SIDE / 2) * scale) * unit for value in point)
        return x, y

    def dot(point: Point, radius: float, colour: str) -> None:
        (x, y), r = at(point), radius * scale * unit
        pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    for curves, width in ((_SKIN, 2.2), (_HAIR, 3)):
        for point in (point for curve in curves for point in _along(curve)):
            dot(point, width / 2, ink)
    dot(_ROOT, _RADIUS, root)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _along(curve: tuple[Point, ...], steps: int = 120) -> Iterator[Point]:
    """Give points along a Bézier curve of any degree, by weighing neighbours until one is left."""
    for step in range(steps + 1):
        points, t = list(curve), step / steps
        while len(points) > 1:
            points = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(points)]
        yield points[0]


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()

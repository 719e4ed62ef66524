"""Pictures: drawings of this project's own, put into sanitised HTML where a text names them.

A picture is a template, `templates/pictures/NAME.svg`; there is no other list of them. Texts hold
no SVG, and the sanitiser lets none through.
"""

import re
from functools import cache, lru_cache

from django.conf import settings
from django.template.loader import render_to_string

_PLACE = re.compile(
    r'<div class="picture__drawing picture__drawing--([a-z0-9-]+)" id="([a-z0-9-]+)"></div>'
)
"""What the renderer writes for a drawing: its name, and what its ids begin with."""


@cache
def names() -> frozenset[str]:
    folder = settings.BASE_DIR / "templates" / "pictures"
    return frozenset(path.stem for path in folder.glob("*.svg"))


def with_drawings(html: str) -> str:
    """Put the drawings into sanitised HTML; what names none comes back as it was."""
    return _PLACE.sub(_drawn, html)


def _drawn(place: re.Match[str]) -> str:
    name, id_ = place.groups()
    if name not in names():
        return ""
    return f'<div class="picture__drawing">{_drawing(name, id_)}</div>'


@lru_cache(maxsize=256)
def _drawing(name: str, id_: str) -> str:
    return render_to_string(f"pictures/{name}.svg", {"id": id_}).strip()

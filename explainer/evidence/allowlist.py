"""The only HTML this project makes from authors' words, and how it is written down.

`EMITTED` (attributes by element) is the renderer's vocabulary and the sanitiser's allow list, so
the two can't drift. `CLASS` matches a whole class attribute.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from types import MappingProxyType

from explainer.evidence.labels import SCALE

_ATTRIBUTES = {
    **dict.fromkeys(("h2", "h3", "h4"), "id"),
    **dict.fromkeys(("p", "s", "span", "figure", "details", "summary"), "class"),
    "div": "class id",
    **dict.fromkeys(("ul", "li", "blockquote", "strong", "em", "code", "pre", "hr", "br"), ""),
    **dict.fromkeys(("table", "thead", "tbody", "tr", "td"), "role"),
    "b": "",
    "i": "",
    "th": "scope role",
    "ol": "start",
    "a": "class href rel aria-label",
    "img": "class src alt width height loading",
}

EMITTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {tag: frozenset(names.split()) for tag, names in _ATTRIBUTES.items()}
)

VOID = frozenset({"hr", "br", "img"})

_SHAPES = "|".join((*(label.modifier for label in SCALE), "withdrawn|record"))

CLASS = re.compile(
    r"(?:table-scroll|source|figure|part__sources|label"
    r"|picture(?:__words|__table|__open|__drawing picture__drawing--[a-z0-9-]{1,60})?"
    r"|part part--(?:reported|guidance|guidance part--urgent)"
    rf"|claim|claim claim--withdrawn|label--(?:{_SHAPES}))"
)
ID = re.compile(r"[a-z][a-z0-9-]{0,120}")


class NotEmitted(ValueError):
    """The renderer tried to write something outside its own vocabulary."""


def written(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


@lru_cache(maxsize=1_000)
def opening(tag: str, **attributes: str) -> str:
    """Write a start tag; `class_` is for `class`. Raises `NotEmitted` for what is not allowed."""
    named = {name.rstrip("_"): value for name, value in attributes.items()}
    if tag not in EMITTED or not named.keys() <= EMITTED[tag]:
        raise NotEmitted(f"<{tag} {' '.join(named)}> is not in the renderer's vocabulary.")
    # As the sanitisers write it: within double quotes an apostrophe is itself.
    told = {name: escape(value).replace("&#x27;", "'") for name, value in named.items()}
    pairs = "".join(f' {name}="{value}"' for name, value in told.items())
    return f"<{tag}{pairs}>"


def closing(tag: str) -> str:
    return "" if tag in VOID else f"</{tag}>"


def element(tag: str, text: str, **attributes: str) -> str:
    return f"{opening(tag, **attributes)}{written(text)}{closing(tag)}"

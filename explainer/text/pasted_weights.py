"""Bold and italic of a clipboard, whatever says so: an element, a style, or one that denies it."""

import re
from collections import Counter

from bs4 import BeautifulSoup
from bs4.element import Tag

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_BLOCKS = ["p", "div", *HEADINGS, "li", "td", "th", "blockquote"]
_INLINE = ["b", "strong", "i", "em", "cite", "span", "font", "u", "big", "small"]
_HEAVY = ("bold", "bolder", "600", "700", "800", "900")
_LIST_MARK = "mso-list:ignore"


def weights(tree: BeautifulSoup, _: Counter[str]) -> None:
    """Say bold and italic by elements alone; what said nothing else goes, its words stay."""
    for tag in tree.find_all(_INLINE):
        style = str(tag.get("style") or "").lower().replace(" ", "")
        # By this a list of Word's is known.
        if _LIST_MARK not in style:
            _say(tree, tag, style)
    for tag in tree.find_all(["strong", "em"]):
        heads = tag.find_parent([*HEADINGS, "th"])
        if heads or tag.find_parent(tag.name) or tag.find(_BLOCKS) or not tag.get_text(strip=True):
            tag.unwrap()


def _say(tree: BeautifulSoup, tag: Tag, style: str) -> None:
    bold, slanted = _is_bold(tag, style), _is_slanted(tag, style)
    if placed := re.search(r"vertical-align:(su[bp])", style):
        tag.name, tag.attrs = placed[1], {}
    elif bold and slanted:
        tag.name = "strong"
        tag.wrap(tree.new_tag("em"))
    elif bold or slanted:
        tag.name = "strong" if bold else "em"
    else:
        tag.unwrap()


def _is_bold(tag: Tag, style: str) -> bool:
    weight = re.search(r"font-weight:(\w+)", style)
    return weight[1] in _HEAVY if weight else tag.name in ("b", "strong")


def _is_slanted(tag: Tag, style: str) -> bool:
    slant = re.search(r"font-style:(\w+)", style)
    return slant[1] == "italic" if slant else tag.name in ("i", "em", "cite")


def merge(tree: BeautifulSoup) -> None:
    """Make one of two bold runs that touch, or their marks would cancel each other."""
    tree.smooth()
    for tag in tree.find_all(["strong", "em"]):
        while isinstance(after := tag.next_sibling, Tag) and after.name == tag.name:
            tag.extend([*after.contents])
            after.decompose()

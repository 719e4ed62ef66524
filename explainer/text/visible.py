"""The visible text of rendered HTML: what search engines quote and readers copy.

Works on the renderer's own output only. Labels stay in the text as words, so
that a sentence quoted alone still says how sure we are (method, section 1).
"""

import re
from dataclasses import dataclass
from html import unescape

_BLOCKS = (
    "h2|h3|h4|p|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|div|figure|details|summary|pre|hr|br"
)
_BLOCK_EDGE = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>")
_IMAGE = re.compile(r'<img\b[^>]*\balt="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_HEADING = re.compile(r'<h([2-4]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the visible text under it, up to the next heading of any level."""

    id: str
    title: str
    text: str


def visible_text(html: str) -> str:
    """Give the text a reader sees, in one line, labels included as words."""
    spaced = _BLOCK_EDGE.sub(" ", _IMAGE.sub(r"\1", html))
    return _SPACE.sub(" ", unescape(_TAG.sub("", spaced))).strip()


def sections(html: str) -> tuple[Section, ...]:
    """Cut rendered HTML at its headings; what stands before the first is left out."""
    found = list(_HEADING.finditer(html))
    ends = [*(match.start() for match in found[1:]), len(html)][: len(found)]
    return tuple(
        Section(match[2], visible_text(match[3]), visible_text(html[match.end() : end]))
        for match, end in zip(found, ends, strict=True)
    )

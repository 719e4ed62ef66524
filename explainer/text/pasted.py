"""What is pasted becomes Markdown of the dialect, and what did not come along is said.

HTML of a word processor or a page goes in; headings, lists, tables, bold, italics and links come
out. Not here: what the words belong to; nothing is tagged that its writer did not tag.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from markdownify import ASTERISK, ATX, MarkdownConverter

from explainer.text.pasted_signs import tidied
from explainer.text.pasted_tree import tree_of_clipboard

MAX_HTML_BYTES = 500_000
"""The largest clipboard that is converted; about a hundred pages of a word processor."""

LEFT_OUT = {
    "colour": ("colour", "colours"),
    "picture": ("picture", "pictures"),
    "tracking": ("tracking parameter", "tracking parameters"),
    "sign": ("invisible sign", "invisible signs"),
    "comment": ("comment", "comments"),
    "change": ("deleted passage", "deleted passages"),
    "footnote": ("footnote mark", "footnote marks"),
    "link": ("link that leads nowhere here", "links that lead nowhere here"),
    "hidden": ("hidden passage", "hidden passages"),
    "control": ("button or field", "buttons or fields"),
}
CHANGED = {
    "heading": ("heading has another level now", "headings have another level now"),
    "cell": ("merged cell was parted", "merged cells were parted"),
    "joined": ("cell of several lines is one line now", "cells of several lines are one line now"),
    "inserted": (
        "insertion that nobody had accepted was kept",
        "insertions that nobody had accepted were kept",
    ),
    "struck": (
        "struck-through passage was kept: is it meant?",
        "struck-through passages were kept: are they meant?",
    ),
}
_SIGNS = re.compile(r"([\\`*_\[\]<]|&(?=#?\w+;))")
_BEGINS = re.compile(r"^(#{1,6} |[+>=]|:::)")
_BULLET = re.compile(r"^[\u2022\u00b7\u25aa\u25cf\u25e6\u2013]\s+")
_BREAK = "\x01"
_BREAKS = re.compile(rf"\s*(?:{_BREAK}\s*){{2,}}")
_LAST_BREAK = re.compile(rf"(?:^|(?<=\n\n)){_BREAK}\n?|[ ]*{_BREAK}\n?(?=\n\n|\s*$)")
_LOOSE = re.compile(r"^(- .*)\n\n(?=- )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Markdown, and how often what was left out or changed, by the names of the tables above."""

    text: str
    told: Counter[str]

    @property
    def message(self) -> str:
        """Say in plain words what did not come along; empty if all did."""
        parts = [_counted(self.told[name], *words) for name, words in LEFT_OUT.items()]
        left = [part for part in parts if part]
        said = []
        if left:
            verb = "was" if sum(self.told[name] for name in LEFT_OUT) == 1 else "were"
            said.append(f"{_listed(left)} {verb} left out.")
        for name, words in CHANGED.items():
            if part := _counted(self.told[name], *words):
                said.append(part if part.endswith("?") else f"{part}.")
        return " ".join(said)


def from_html(html: str) -> Pasted:
    """Convert the HTML of a clipboard. Whoever calls sees to its size (`MAX_HTML_BYTES`)."""
    tree, told = tree_of_clipboard(_fragment(html))
    text = _Converter().convert_soup(tree)
    text = _BREAKS.sub("\n\n", text)
    text = _LAST_BREAK.sub("", text).replace(_BREAK, "\\")
    rows = "\n".join(row.rstrip(" ") for row in text.split("\n"))
    text = _LOOSE.sub(r"\1\n", re.sub(r"\n{3,}", "\n\n", rows))
    return Pasted(text.strip("\n"), +told)


def from_text(text: str) -> Pasted:
    """Tidy what was pasted as plain text; marks of the dialect in it stay marks."""
    words, signs = tidied(text)
    return Pasted(words, +Counter({"sign": signs}))


def _fragment(html: str) -> str:
    """Cut out what was selected; around it stands the program's own page."""
    begun = html.partition("<!--StartFragment-->")[2] or html
    return begun.partition("<!--EndFragment-->")[0]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _listed(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + " and " * (len(parts) > 1) + parts[-1]


class _Converter(MarkdownConverter):
    """markdownify with the signs of the dialect, breaks that can be told from backslashes."""

    class Options(MarkdownConverter.DefaultOptions):  # type: ignore[name-defined]
        autolinks = False
        bullets = "-"
        heading_style = ATX
        strong_em_symbol = ASTERISK
        table_infer_header = True

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Keep words words: no sign of theirs may open a link, a claim or a block."""
        escaped = _SIGNS.sub(r"\\\1", text)
        return escaped.replace("|", r"\|") if parent_tags & {"td", "th"} else escaped

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        is_in_line = parent_tags & {"td", "th", "h2", "h3", "h4"}
        return " " if is_in_line else f"{_BREAK}\n"

    def convert_p(self, el: Any, text: str, parent_tags: set[str]) -> str:
        lines = (line.strip(" \n") for line in text.split(f"{_BREAK}\n"))
        begun = (_BULLET.sub("- ", _BEGINS.sub(r"\\\1", line)) for line in lines)
        words = f"{_BREAK}\n".join(begun)
        return str(super().convert_p(el, words, parent_tags))  # type: ignore[misc]

    convert_div = convert_p

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        words = " ".join(text.split())
        return str(super().convert_td(el, words, parent_tags))  # type: ignore[misc]

    convert_th = convert_td

    def convert_hr(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return "\n\n"

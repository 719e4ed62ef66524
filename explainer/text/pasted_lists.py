"""Lists of a clipboard: Word's paragraphs that only look like one, and lists within lists."""

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

_WORD_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
_MARK = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:\d+|[a-z]|[ivxlc]+)[.)]", re.IGNORECASE)
_FIRST = re.compile(r"\d+")


def make_lists(tree: BeautifulSoup) -> None:
    for paragraph in tree.find_all("p", style=_WORD_LIST):
        if paragraph.name == "p" and paragraph.parent:
            _gather(tree, paragraph)
    for mark in tree.find_all(style=_MARK):
        mark.decompose()
    for inner in tree.find_all(["ul", "ol"]):
        # Google Docs puts a list right into a list, beside the item that it belongs to.
        before = inner.find_previous_sibling()
        if inner.parent and inner.parent.name in ("ul", "ol") and isinstance(before, Tag):
            before.append(inner.extract())
    for item in tree.find_all("li"):
        blocks = [child for child in item.children if isinstance(child, Tag) and child.name == "p"]
        for paragraph in blocks[:1]:
            paragraph.unwrap()


def _level(tag: Tag) -> int:
    found = _WORD_LIST.search(str(tag.get("style", "")))
    return int(found[1]) if found and tag.name == "p" else 0


def _gather(tree: BeautifulSoup, first: Tag) -> None:
    """Make a list of a paragraph and those that follow it; levels nest."""
    run = [first]
    while isinstance(after := run[-1].find_next_sibling(), Tag) and _level(after):
        run.append(after)
    place = tree.new_tag("div")
    first.insert_before(place)
    # The lists that are open, each with its level.
    stack: list[tuple[int, Tag]] = []
    for paragraph in run:
        level, mark = _level(paragraph), paragraph.find(style=_MARK)
        words = mark.get_text(strip=True) if mark else ""
        kind = "ol" if _NUMBER.fullmatch(words) else "ul"
        while stack and _is_over(*stack[-1], level, kind):
            stack.pop()
        if not stack or stack[-1][0] < level:
            stack.append((level, _opened(tree, kind, words, stack[-1][1] if stack else place)))
        if mark:
            mark.decompose()
        item = paragraph.extract()
        item.name, item.attrs = "li", {}
        stack[-1][1].append(item)


def _opened(tree: BeautifulSoup, kind: str, words: str, around: Tag) -> Tag:
    opened = tree.new_tag(kind)
    if kind == "ol" and (number := _FIRST.search(words)):
        opened["start"] = number[0]
    items = around.find_all("li", recursive=False)
    (items[-1] if items else around).append(opened)
    return opened


def _is_over(open_level: int, opened: Tag, level: int, kind: str) -> bool:
    return open_level > level or (open_level == level and opened.name != kind)

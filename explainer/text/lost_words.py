"""Words that an author wrote and no reader would see: what goes in comes out, or is told.

They are counted in the source, not in what the parser left of it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from explainer.text.problems import Problem, Severity

_WORD = re.compile(r"[^\W_]+|[^\w\s!-~]")
_HIGHEST = 99  # a higher number at the head of a line is a year or a count, not a list's
_ROW, _NUMBER = r".*\|", r"\d+[.)]\s"
_CURES = {
    r"\[": "Nothing refers to this definition. Use it, or take it out.",
    r"```|~~~": "What follows the signs for code is not shown. Put it on a line below.",
    _NUMBER: "A number at the head of a line begins a list, which counts for itself. Write a word "
    "before it.",
    _ROW: "A row has no more cells than its head. Add one to the head, or join two cells.",
    r"": "A title is not shown. Write it as words of the text, or take it out.",
}


def lost(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Problem]:
    """Tell what is in the lines of a block and not in its tokens."""
    first = [*range(len(lines))]
    for token in tokens:
        if token.map and token.type in ("inline", "fence", "code_block"):
            block = slice(*token.map)
            first[block] = [token.map[0]] * len(first[block])
    shown: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for line, text in _shown(tokens):
        shown[first[line]].update(_words(text))
    for start, numbers in groupby(range(len(lines)), key=first.__getitem__):
        left, found = shown[start], []
        # Of a word that stands there once too often the last one is lost, as in an extra cell.
        for line, word in ((at, word) for at in numbers for word in _words(unescapeAll(lines[at]))):
            left[word] -= 1
            if left[word] < 0:
                found.append((line, word))
        if found:
            yield _told([word for _, word in found], found[0][0], lines[found[0][0]])


def _words(text: str) -> list[str]:
    return _WORD.findall(unquote(text).casefold())


def _told(words: list[str], line: int, source: str) -> Problem:
    shown = " ".join(words[:8]) + (" ..." if len(words) > 8 else "")
    sign, cure = next(c for c in _CURES.items() if re.match(c[0], source.lstrip(" >*+-")))
    severity = Severity.ERROR if sign in (_ROW, _NUMBER) else Severity.WARNING
    message = f'No reader would see "{shown}". {cure}'
    return Problem("words-not-shown", message, line + 1, "", severity, {"words": shown})


def _shown(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Give line and text of what is shown, or is a key or an address."""
    next_ones: list[int] = []
    for token in tokens:
        line = (token.map or [0])[0]
        if token.type in ("fence", "code_block", "container_part_open"):
            yield line, unescapeAll(token.info if token.nesting else token.content)
        elif token.type == "ordered_list_open":
            next_ones.append(int(token.attrs.get("start", 1)))
        elif token.type == "ordered_list_close":
            next_ones.pop()
        elif token.type == "list_item_open" and token.info:
            yield line, _number(int(token.info), next_ones[-1])
            next_ones[-1] += 1
        yield from ((line, text) for child in token.children or () for text in _texts(child))


def _number(written: int, shown: int) -> str:
    # "1." for each item is another way to write a list.
    return str(written) if written in (1, shown) and shown <= _HIGHEST else ""


def _texts(child: Token) -> Iterator[str]:
    address = str(child.attrs.get("href") or child.attrs.get("src") or "")
    yield normalizeLinkText(address) if "xn--" in address else address
    yield child.meta.get("label", "")
    if child.type != "image":
        yield unescapeAll(child.content) if child.type == "code_inline" else child.content
    for inner in child.children or ():
        yield from _texts(inner)

"""Where an advert pauses: sentences (lines and list items too), and the clauses they are made of.

Only good enough to tell which words belong together; whether a sentence ends for an author is told
by `ends`. All patterns are bounded, because anybody may paste anything.
"""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?\u2026]+['\")\]\u201d\u2019]*(?=\s|$)|\n\s*(?=\n)|\n")
_CUT = re.compile(
    r"[;:,\u2013\u2014\u2022\u00b7|()\u2192\u2713\u2714]|(?<=\s)-(?=\s)"
    r"|\b(?:and|but|while|which|plus|thanks to|as well as)\b",
    re.IGNORECASE,
)
_LONG_LINE = 50

Span = tuple[int, int]


def sentences(text: str) -> Iterator[Span]:
    """Give where each sentence stands, without blanks around it."""
    start = 0
    for match in _END.finditer(text):
        if match[0] == "\n" and _goes_on(text, start, match.start()):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def clauses(text: str, sentence: Span) -> list[Span]:
    """Give the parts of a sentence between its pauses; none if it has no pause."""
    start, end = sentence
    found = list[Span]()
    for match in _CUT.finditer(text, *sentence):
        found += _trimmed(text, start, match.start())
        start = match.end()
    found += _trimmed(text, start, end)
    return found if len(found) > 1 else []


def _goes_on(text: str, start: int, at: int) -> bool:
    """Say if a line was broken within a sentence, as mails do: long, and small letters follow."""
    line = max(text.rfind("\n", start, at), start - 1) + 1
    return at - line >= _LONG_LINE and text[at + 1 : at + 2].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end

"""Where the visible words of a text stand in the Markdown that they come from.

A parser tells the line of a paragraph and not the place of a word. Signs of markup are few and
short between two visible signs, so both are walked along together.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

_UNSEEN = re.compile(r"\]\((?:[^()\\\n]|\\.|\([^()\n]*\))*\)|^\s*:::.*$", re.MULTILINE)
"""Where a link leads, and the fences of blocks: letters that nobody sees."""
_FARTHEST = 12
"""Signs of markup that may stand between two visible ones: a row's end and a list's dash."""


def places(source: str, pieces: Iterable[tuple[int, str]]) -> list[list[int]]:
    """Give the place in `source` of each sign of each piece, and -1 for spaces and what is lost.

    A piece is visible text with the line (from 1) that it begins on; pieces come in the order of
    the source, none left out that stands between two others.
    """
    signs = [at for at, sign in enumerate(_masked(source)) if not sign.isspace() and sign != "\0"]
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    found, reached = [], 0
    for line, text in pieces:
        begins = starts[min(max(line, 1), len(starts)) - 1]
        reached = max(reached, bisect_left(signs, begins))
        where, reached = _walked(source, signs, reached, text)
        found.append(where)
    return found


def _masked(source: str) -> str:
    return _UNSEEN.sub(lambda match: "\0" * len(match[0]), source)


def _walked(source: str, signs: list[int], reached: int, text: str) -> tuple[list[int], int]:
    where = []
    for sign in text:
        near = range(reached, min(reached + _FARTHEST, len(signs)))
        hit = next((at for at in near if source[signs[at]] == sign), None)
        if sign.isspace() or hit is None:
            where.append(-1)
        else:
            where.append(signs[hit])
            reached = hit + 1
    return where, reached


def in_utf16(source: str, place: int) -> int:
    """Give a place as a script counts it: signs such as emoji are two there."""
    return place + sum(sign > "\uffff" for sign in source[:place])

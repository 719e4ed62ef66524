"""Text as rules compare it: one case, plain signs, and the place of each sign before that."""

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase
from unicodedata import normalize

from explainer.text.markdown import IGNORABLE

_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015"
_SPACES = "\u00a0\t\r\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000"
_FOLDED = str.maketrans(
    ascii_uppercase + "\u2019\u2018" + _HYPHENS + _SPACES,
    ascii_lowercase + "''" + "-" * len(_HYPHENS) + " " * len(_SPACES),
)
_LINES = re.compile(r"\n(?:[ ]*\n)*")


def fold(text: str) -> str:
    """Give the text in lower case with plain letters, apostrophes, hyphens and spaces.

    Look-alikes that Unicode calls compatible are unfolded (NFKC: a ligature, a full-width letter)
    and what nobody sees is left out; `visible` tells each sign's place in the text.
    """
    if not text.isascii():
        text = "".join(sign for _, sign in _seen(text))
    return _LINES.sub(lambda end: " " if end[0] == "\n" else end[0], text.translate(_FOLDED))


def visible(text: str) -> Sequence[int]:
    """Give the place in the text of each sign of its folded form."""
    if text.isascii():
        return range(len(text))
    return [place for place, _ in _seen(text)]


def _seen(text: str) -> Iterator[tuple[int, str]]:
    for place, sign in enumerate(text):
        if not IGNORABLE.match(sign):
            yield from ((place, part) for part in normalize("NFKC", sign))

"""Words as they are written, folded: no case, no accents, no letters of another cut.

Each knows where it stands in the text that was given, and which signs stand for a pause.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

import snowballstemmer

from explainer.text.markdown import IGNORABLE

_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\ufeff"
_LETTER = rf"(?:[^\W_]|[\u0300-\u036f{_UNSEEN}])"
_TOKEN = re.compile(
    rf"(?P<word>[^\W_]{_LETTER}*(?:['\u2019\u02bc]{_LETTER}+)?)|(?P<percent>%)|(?P<comma>,)"
    r"|(?P<cut>[;:()\[\]\"\u201c\u201d|\u2022\u00b7\u2013\u2014\u2192\u2713\u2714]|(?<=\s)-(?=\s))"
)
_SHORTENED = {"won": "will", "can": "can", "shan": "shall"}
_WITHOUT_MARK = {
    "dont": "do", "doesnt": "does", "didnt": "did", "isnt": "is", "arent": "are", "wont": "will",
    "wasnt": "was", "cant": "can", "couldnt": "could", "wouldnt": "would", "hasnt": "has",
    "havent": "have", "shouldnt": "should", "cannot": "can",
}  # fmt: skip


class Token(NamedTuple):
    """A word as it is written, folded; `cut` is the sign that stands for a pause, if it is one.

    A tuple, for a library has millions, and a frozen dataclass takes four times as long to make.
    """

    text: str
    start: int
    end: int
    cut: str = ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    # A stemmer of its own for each call: the object keeps its place in the word.
    return str(snowballstemmer.stemmer("english").stemWord(word)) if word.isascii() else word


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Give a word without case, accents, signs that nobody sees and letters of another cut."""
    plain = normalize("NFKD", IGNORABLE.sub("", word).replace("\u2019", "'").replace("ʼ", "'"))
    return "".join(sign for sign in plain.lower() if not combining(sign))


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Part a text, or a piece of it, into words and pauses; "don't" gives two words."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        if match.lastgroup == "word":
            for word in _words(match[0]):
                found.append(Token(word, first, last))
        else:
            sign = match[0]
            found.append(Token("percent" if sign == "%" else "", first, last, _pause(match)))
    return _joined(found)


def _pause(match: re.Match[str]) -> str:
    return "" if match["percent"] else "," if match["comma"] else ";"


@lru_cache(maxsize=50_000)
def _words(written: str) -> tuple[str, ...]:
    word = folded(written)
    base, _, ending = word.partition("'")
    if word.endswith("n't"):
        return (_SHORTENED.get(base, base.removesuffix("n")), "not")
    if word in _WITHOUT_MARK:
        return (_WITHOUT_MARK[word], "not")
    return (base,) if ending in ("", "s", "re", "ve", "ll", "d", "m") else (base, ending)


def _joined(found: list[Token]) -> list[Token]:
    """Make one word of "non-invasive"."""
    if not any(token.text == "non" for token in found):
        return found
    joined: list[Token] = []
    for token in found:
        if joined and joined[-1].text == "non" and token.text:
            before = joined.pop()
            token = Token(f"non{token.text}", before.start, token.end)  # noqa: PLW2901
        joined.append(token)
    return joined

"""Shares in a hundred that a text gives without a claim that has them: something to ask about.

Nothing is said of such a number but the question whose it is.
"""

import re
from collections.abc import Iterable, Iterator

from explainer.text.clauses import clauses, sentences
from explainer.text.phrases import Book
from explainer.text.word_lists import Use

_SHARE = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per\s?cent\b)", re.IGNORECASE)
APART = (Use.DRUG, Use.SHOP, Use.PRODUCT)
"""Beside such words a share is a strength or a price."""
MOST = 3


def asked(text: str, told: Iterable[str], book: Book) -> tuple[str, ...]:
    """Give the shares of a text, "95 %", that none of the texts `told` has; a few, none twice."""
    known = {share for words in told for share in _shares(words)}
    found = (share for part in _parts(text, book) for share in _shares(part))
    return tuple(dict.fromkeys(share for share in found if share not in known))[:MOST]


def _shares(text: str) -> Iterator[str]:
    return (f"{match[1]} %" for match in _SHARE.finditer(text))


def _parts(text: str, book: Book) -> Iterator[str]:
    apart = frozenset().union(*(book.lists.uses[use] for use in APART))
    for span in sentences(text):
        for start, end in clauses(text, span) or [span]:
            if not apart & {word.stem for word in book.read(text, start, end)}:
                yield text[start:end]

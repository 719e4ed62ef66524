"""Finding rows by words however they are typed, with the same answer from every database.

Databases fold no quotation marks and no hyphens, and SQLite no case beyond ASCII. So texts are
folded here and compared in Python; a list of staff's is some thousand rows.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import normalize

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from explainer.text.markdown import IGNORABLE

Column = str | Combinable

_TYPED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ´`", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−⁃﹘", "-"),
        "\x00": " ",
    }
)
_PHRASE = re.compile(r'"([^"]+)"|(\S+)')


def folded(text: str) -> str:
    """Give a text without what people type differently: case, marks, hyphens, spaces, ligatures."""
    plain = normalize("NFKC", IGNORABLE.sub("", text.translate(_TYPED)))
    return " ".join(normalize("NFKC", plain.casefold()).split())


def words_of(query: str) -> list[str]:
    return folded(query).split()


def phrases_of(query: str) -> list[str]:
    """Give the words of a query, and what stands in quotation marks there as one."""
    return [phrase or word for phrase, word in _PHRASE.findall(folded(query))]


def has_all(words: Iterable[str], texts: Iterable[str | None]) -> bool:
    """Say if each word is in one of the texts; the words are folded, the texts not yet."""
    said = "\n".join(folded(text) for text in texts if text)
    return all(word in said for word in words)


def finding(rows: QuerySet[Any], words: Sequence[str], columns: Sequence[Column]) -> QuerySet[Any]:
    """Keep the rows that have each of these folded words in one of their columns."""
    if not words:
        return rows
    texts = rows.order_by().values_list("pk", *columns)
    return rows.filter(pk__in=[pk for pk, *said in texts if has_all(words, said)])

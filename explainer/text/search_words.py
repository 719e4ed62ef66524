"""The words of a search and of what is searched, folded however they were typed."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from explainer.text.markdown import IGNORABLE

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

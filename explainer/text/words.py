"""What counts as a word: a run of letters and digits, or a sign that tells something (an emoji)."""

import re
import unicodedata

from explainer.text.remembered import remembered

_RUN = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[^\w\s]")
CANDIDATE = re.compile(rf"{_RUN.pattern}|{_SIGN.pattern}")
"""What may be a word: `is_word` says whether it is one."""


def is_word(text: str) -> bool:
    """True for a run of letters or digits, or a sign that is neither space nor punctuation."""
    if len(text) > 1 or text.isalnum():
        return True
    category = unicodedata.category(text)
    return category[0] not in "PZC" or category in ("Co", "Cn")


@remembered
def count_words(text: str) -> int:
    signs = sum(is_word(sign) for sign in _SIGN.findall(text))
    return len(_RUN.findall(text)) + signs


def slug(text: str) -> str:
    """Give the words of a heading as its id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].lstrip("0123456789-") or "part"

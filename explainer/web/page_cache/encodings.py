"""Which bytes a client takes, and how they are made (RFC 9110, 12.5.3)."""

import gzip
from functools import lru_cache

try:
    import brotli  # type: ignore[import-untyped]
except ImportError:  # then gzip serves
    brotli = None

BROTLI, GZIP, IDENTITY = "br", "gzip", ""
FAST, BEST = 5, 11
"""Brotli's quality when a reader waits, and when nobody does."""


@lru_cache(maxsize=512)
def chosen(accepted: str) -> str:
    """Give the encoding to answer with, of an Accept-Encoding header; refused is what has q=0."""
    takes: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        takes[name.strip()] = _weight(weight)
    rest = takes.get("*", 0.0)
    for encoding in (BROTLI, GZIP) if brotli else (GZIP,):
        if takes.get(encoding, rest) > 0:
            return encoding
    return IDENTITY


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def compressed(body: bytes, quality: int = FAST) -> tuple[bytes | None, bytes]:
    """Give a body as brotli (None if there is none here) and as gzip; nothing stays nothing."""
    if not body:
        return None, b""
    br = brotli.compress(body, quality=quality) if brotli else None
    # Without a time, so that equal bodies have equal bytes.
    return br, gzip.compress(body, 6, mtime=0)


def unpacked(body: bytes) -> bytes:
    return gzip.decompress(body)

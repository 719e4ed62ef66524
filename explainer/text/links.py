"""Which addresses an author's link may lead to. Everything else is shown as text.

Stricter than any sanitiser's own check: bleach lets `javascript:123` through.
"""

import re
import unicodedata
from urllib.parse import urlsplit

SCHEMES = ("claim", "record", "background", "term", "source", "figure")
_OWN = re.compile(rf"({'|'.join(SCHEMES)}):([a-z0-9/-]*)")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_RELATIVE = re.compile(r"(?!//).+")
_MAIL = re.compile(r"mailto:[^\s@:/\\]+@[^\s@:/\\]+", re.IGNORECASE)
_WEB = ("http://", "https://")
_WHOLE = re.compile(r"/|#|https?://|mailto:", re.IGNORECASE)


def own_scheme(address: str) -> tuple[str, str] | None:
    match = _OWN.fullmatch(address)
    return (match[1], match[2]) if match else None


def is_allowed(address: str) -> bool:
    """True for http, https, mailto, relative and `#` addresses in plain form."""
    hidden = (c.isspace() or unicodedata.category(c) in _HIDDEN for c in address)
    if not address or any(hidden) or "\\" in address or "%5c" in address.lower():
        return False
    if leaves_site(address):
        return _has_host(address)
    if address.lower().startswith("mailto:"):
        return _MAIL.fullmatch(address) is not None
    head = re.split(r"[/?#]", address, maxsplit=1)[0]
    return ":" not in head and _RELATIVE.fullmatch(address) is not None


def leaves_site(address: str) -> bool:
    return address.lower().startswith(_WEB)


def is_whole(address: str) -> bool:
    """False for an address that leads to another place from each page, as `www.example.org`."""
    return _WHOLE.match(address) is not None


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False

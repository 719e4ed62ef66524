"""Where a pasted link really leads: without what follows readers around, and without detours."""

import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from explainer.text.links import is_allowed, is_whole

_DETOURS = {
    re.compile(r"(?:www\.)?google\.[a-z.]{2,6}/url"): ("q", "url"),
    re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com/.*"): ("url",),
    re.compile(r"lm?\.facebook\.com/l\.php"): ("u",),
}
"""Addresses that only lead on to another one, and the parameters that name it."""
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh"
    r"|mc_[ce]id|_hsenc|_hsmi|mkt_tok|ref_src|_ga|_gl|vero_id|oly_(?:anon|enc)_id",
    re.IGNORECASE,
)
_QUOTED_PLACE = re.compile(r":~:text=.*")
_IN_MARKDOWN = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E"})


def cleaned(address: str) -> tuple[str, int]:
    """Give an address without tracking, and how many parameters or detours were taken out.

    The address is empty if a page of ours may not lead there.
    """
    address, taken = address.strip(), 0
    for _ in range(3):
        if not (behind := _behind(address)):
            break
        address, taken = behind, taken + 1
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return "", taken
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    if len(kept) < len(pairs):
        parts, taken = parts._replace(query=urlencode(kept)), taken + len(pairs) - len(kept)
    parts = parts._replace(fragment=_QUOTED_PLACE.sub("", parts.fragment))
    address = urlunsplit(parts).translate(_IN_MARKDOWN)
    leads = is_allowed(address) and is_whole(address) and not address.startswith("#")
    return (address if leads else ""), taken


def _behind(address: str) -> str:
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
    except ValueError:
        return ""
    for detour, names in _DETOURS.items():
        if detour.fullmatch(f"{parts.netloc}{parts.path}"):
            found = [value for name in names for value in query.get(name, ())]
            return next((one for one in found if one.startswith(("http://", "https://"))), "")
    return ""

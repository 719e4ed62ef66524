"""The last step: nh3, then bleach, over what the renderer made.

On our own output they change nothing; they stand there for the day the renderer is wrong.
bleach gets no further releases, so it is never alone. A shared `Cleaner` mixes texts of
different threads, so each call makes its own. What passed both unchanged is known again.
"""

import re

import nh3
from bleach.sanitizer import Cleaner

from explainer.evidence.allowlist import CLASS, EMITTED, ID
from explainer.text import html_parts
from explainer.text.links import is_allowed

_TAGS = set(EMITTED)
_NAMES = {tag: set(names) for tag, names in EMITTED.items() if names}
_SCHEMES = {"http", "https", "mailto"}
_NUMBERS = dict.fromkeys(("start", "width", "height"), re.compile(r"\d+"))
_FORMS = {"class": CLASS, "id": ID, **_NUMBERS}
_FIXED = {
    "rel": {"noopener noreferrer external"},
    "loading": {"lazy"},
    "scope": {"col", "row"},
    "role": {"table", "rowgroup", "row", "cell", "columnheader", "rowheader"},
}


@html_parts.Cleaner
def sanitise(html: str) -> str:
    once = nh3.clean(html, tags=_TAGS, attributes=_NAMES, url_schemes=_SCHEMES, link_rel=None)
    cleaner = Cleaner(tags=_TAGS, attributes=_may_stay, protocols=_SCHEMES, strip=True)
    return str(cleaner.clean(once))


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name not in EMITTED.get(tag, ()):
        return False
    if name in ("href", "src"):
        return is_allowed(value)
    if name in _FORMS:
        return _FORMS[name].fullmatch(value) is not None
    return name in ("alt", "aria-label") or value in _FIXED.get(name, ())

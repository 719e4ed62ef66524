"""Signs that an author meant as markup and that a text does not read as such."""

import re
from collections.abc import Iterator

from explainer.text.links import SCHEMES
from explainer.text.problems import Problem, Severity, did_you_mean

_LOOK_ALIKE = re.compile(
    r"\][ ]{0,3}\([ ]{0,3}<?[ ]{0,3}([A-Za-z][A-Za-z0-9+.-]{0,30})[ ]{0,3}:([^)]*)"
)
_UNREAD = re.compile(
    r"\*\*|~~|__(?=\w)|(?<=\w)__|<!--|</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|:::|^#{1,6}(?=\w)|^\|(?=.*\|)"
    r"|\]\((?!\s*(?:<\s*)?[a-z][\w+.-]*\s*:)",
    re.IGNORECASE,
)


def look_alikes(text: str, line: int) -> Iterator[Problem]:
    """Find what was meant as a link and is read as none."""
    for match in _LOOK_ALIKE.finditer(text):
        scheme = match[1]
        if scheme in SCHEMES:
            code, cure = "mark-not-read", "Write '[text](scheme:key)'."
            message = (
                f"This '{scheme}:' link is not read as one: links do not nest, and there is no"
            )
            message = f"{message} space or unknown sign in its address. {cure}"
        elif scheme.lower() in ("http", "https", "mailto"):
            code, address = "address-not-read", f"{scheme}:{match[2]}"
            message = f"There is a space in the address '{address}': write %20."
            if " " not in address:
                message = f"'{address}' is no whole address. Write it as a browser shows it."
        else:
            code, hint = "unknown-scheme", did_you_mean(scheme.lower(), SCHEMES)
            cure = hint or " Use http, https or mailto."
            message = f"'{scheme}:' is not a scheme we link to.{cure}"
        yield Problem(code, message, line, params={"scheme": scheme})


def unread(text: str, line: int) -> Iterator[Problem]:
    """Warn of signs that readers would see as they are, such as HTML."""
    if signs := ", ".join(dict.fromkeys(_UNREAD.findall(text))):
        message = f"Shown as signs, for they are not read as markup: {signs} - take them out or "
        message += "correct them. HTML is never read, and '**words**' needs a space around it."
        yield Problem("markup-not-read", message, line, "", Severity.WARNING, {"signs": signs})

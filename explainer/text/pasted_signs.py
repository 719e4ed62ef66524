"""Signs of a clipboard: what nobody sees goes, what is drawn otherwise becomes the plain sign."""

import re
import unicodedata

from explainer.text.markdown import IGNORABLE

_KEPT = "\ufe0e\ufe0f"  # they make a sign an emoji or not
_PLAIN = str.maketrans({"\u2011": "-", "\u2010": "-", "\u2212": "-", "\uf0b7": "\u2022"})
_SPACE = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_GAP = re.compile(r"[^\S\n]+")
_BULLET = re.compile(
    r"^([ \t\u00a0]*)[\u2022\u00b7\u25aa\u25cf\u25e6\u2023\u2043\u25a0\u25cb\uf0a7\uf0b7]"
    r"[ \t\u00a0]+", re.MULTILINE
)  # fmt: skip
_NUMBER = re.compile(r"^([ \t\u00a0]*)(\d{1,3})[.)][\t\u00a0]+", re.MULTILINE)
_RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def seen(text: str) -> tuple[str, int]:
    """Give a text without signs that nobody sees, and how many there were."""
    kept = IGNORABLE.sub(lambda sign: sign[0] if sign[0] in _KEPT else "", text)
    plain = kept.translate(_PLAIN)
    shown = "".join(sign for sign in plain if not _is_private(sign))
    return shown, len(text) - len(shown)


def _is_private(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") and sign not in "\n\r\t"


def in_one_line(text: str) -> tuple[str, int]:
    words, signs = seen(text)
    return _SPACE.sub(" ", words), signs


def raised(words: str, tag: str) -> str:
    """Write figures as small as they stood, or "10<sup>6</sup>" would become 106.

    What has no small sign stays as it is, with a sign before it that says so.
    """
    table = _RAISED if tag == "sup" else _LOWERED
    small = "".join(table.get(sign, sign) for sign in words)
    is_small = all(sign in table or sign.isspace() for sign in words)
    return small if is_small or not any(sign.isdigit() for sign in words) else f"^{words}"


def tidied(text: str) -> tuple[str, int]:
    """Tidy plain text: line ends, bullets as lists, tabs and fixed spaces, signs nobody sees.

    Gives the text and how many signs were taken out.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    lines = lines.replace("\u2029", "\n\n").replace("\x0b", "\n").replace("\x0c", "\n")
    marked = _NUMBER.sub(r"\g<1>\g<2>. ", _BULLET.sub(r"\g<1>- ", lines))
    words, signs = seen(marked)
    rows = (_GAP.sub(lambda gap: _gap(gap[0]), row).rstrip() for row in words.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)), signs


def _gap(gap: str) -> str:
    return gap if set(gap) == {" "} else " " * max(1, gap.count("\t"))

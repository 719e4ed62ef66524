"""Where a sentence ends: strictly, for what a question would otherwise swallow.

A wrong cut asks an author to look; a wrong join hides a sentence without a label. A full stop
within a name or an abbreviation ends nothing.
"""

import re
from collections.abc import Iterator

_END = re.compile(
    r"""(?P<stop>[.!?:;\u2026\u3002\uff01\uff0e\uff1a\uff1b\uff1f\u203c\u203d\u2047-\u2049]+)"""
    r"""["'\u2019\u201d\u00bb)\]]*"""
    r"""|\n|(?<=\s)[-\u2010-\u2015]+(?=\s)|[\u2014\u2015]"""
    r"""|(?<=\s)(?P<bullet>[*+|\u00b7\u2022\u2023\u2190-\u21ff\u25a0-\u25ff])(?=\s)"""
)
_ASKS = re.compile(
    r"\W*(?:(?:and|but|or|so) )?(?:(?:what|which|who|whom|how|why|when|where) (?:\w+ ){0,3}?)?"
    r"(?:is|are|am|was|were|do(?! not\b)|does|did|can|could|will|would|has|have|had|should|may"
    r"|might|must)\b",
    re.IGNORECASE,
)
"""The beginning of a sentence that asks: what goes on in lower case after it is part of it."""
_GOES_ON = re.compile(r"\s*[a-z0-9(]")
_LONELY = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Ms|vs|cf|ca|approx|[Ee]\.g|[Ii]\.e)$")
_NUMBERED = re.compile(r"\w (?:Nos?|Figs?)$")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Za-z]|\b[A-Za-z]{1,2}\.[A-Za-z.]+|\b(?:Inc|Ltd|Co|Corp|St|Jr|Sr|al|etc|incl|min|max))$"
)
_BY_LETTER = re.compile(
    r"\b(?:vitamins?|types?|hepatitis|groups?|grades?|class|stage|phase|factor|plan|arm|part|level"
    r"|toxin|coenzyme) [A-Z]+$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\s*(?:An?|The|No|Not|Nobody|None|Nothing|I|It|Its|They|Their|This|That|These|Those|There|We"
    r"|Our|You|Your|He|She|If|When|While|Once|After|Before|But|And|Or|So|Yet|Then|In|On|At|For"
    r"|Some|Many|Most|Few|Each|Every|All|Both|One|Others?|Ask|Tell|See|Read|Call|Check|Stop|Take"
    r"|Do|Does|Did|Is|Are|Was|Were|Can|Could|Will|Would|Has|Have|Should|Might|What|Which|Who|How"
    r"|Why|Where|Clinics|Trials|Studies|Doctors|Patients|People|Hair)(?![\w.-])"
)
_STOP = re.compile(r"[.!?](?P<apart>\s*)(?=[A-Za-z\u201c])")
_SAID = re.compile(r"\S")
_WORD = re.compile(r"[a-z]{3}$")
_ADDRESS = re.compile(r"\S*(?:www\.|//|@|\.(?:com|org|net|gov|edu|io|co|uk)\b)")
_REACH = 40  # characters around a stop that tell what it is


def strict_ends(text: str) -> Iterator[tuple[int, bool]]:
    """Give each place where a sentence ends, and whether it ends by asking."""
    start = 0
    for found in _END.finditer(text):
        if _SAID.search(text, start, found.start()) and not _goes_on(text, start, found):
            start = found.end()
            yield start, (found["stop"] or "").endswith("?")


def cut(text: str) -> Iterator[str]:
    """Cut what was taken for one sentence where a second one begins in it.

    A list of abbreviations misses "with vitamin C. No trial has", "Acme Inc. Nobody has"; others
    miss "is tested. minoxidil is not" and "is tested.No trial has".
    """
    start = 0
    for found in _STOP.finditer(text):
        before, after = _around(text, found.start(), found.end())
        if (_begins if found["apart"] else _runs_on)(before, after):
            yield text[start : found.end()]
            start = found.end()
    yield text[start:]


def last_words(sentence: str) -> str:
    """Give the words that a sentence ends with, to tell its author which full stop ended it."""
    return " ".join(sentence.split()[-2:])


def _around(text: str, end: int, start: int) -> tuple[str, str]:
    return text[max(0, end - _REACH) : end], text[start : start + _REACH]


def _goes_on(text: str, start: int, found: re.Match[str]) -> bool:
    before, after = _around(text, found.start(), found.end())
    if found["stop"] in (".", ":") and before[-1:].isdigit() and after[:1].isdigit():
        return True
    if found["bullet"] or not after.strip():
        return False
    asks = _ASKS.match(text, start, found.start()) is not None
    if found[0] == "." and after[0].isspace():
        return _is_abbreviated(before, after, asks=asks)
    ends = found["stop"] and after[0].isspace()
    return bool(asks and not ends and _GOES_ON.match(after))


def _is_abbreviated(before: str, after: str, *, asks: bool) -> bool:
    """True if a full stop belongs to the word before it, surely or within what asks."""
    if _LONELY.search(before) or (_NUMBERED.search(before) and after.lstrip()[0].isdigit()):
        return True
    if not asks or not _ABBREVIATED.search(before) or _BY_LETTER.search(before):
        return False
    return not _OPENING.match(after)


def _begins(before: str, after: str) -> bool:
    if _LONELY.search(before):
        return False
    if after[0].islower():
        return bool(_WORD.search(before) and not _ABBREVIATED.search(before))
    return bool(_OPENING.match(after) or _BY_LETTER.search(before))


def _runs_on(before: str, after: str) -> bool:
    if not _WORD.search(before):
        return False
    word, rest = before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0]
    return not _ADDRESS.match(f"{word}.{rest}")

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
    r"""|(?<=\s)[*+|\u00b7\u2022\u2023\u2190-\u21ff\u25a0-\u25ff](?=\s)"""
)
_ASKS = re.compile(
    r"\W*(?:(?:and|but|or|so) )?(?:(?:what|which|who|whom|how|why|when|where) (?:\w+ ){0,3}?)?"
    r"(?:is|are|am|was|were|do(?! not\b)|does|did|can|could|will|would|has|have|had|should|may"
    r"|might|must)\b",
    re.IGNORECASE,
)
"""The beginning of a sentence that asks: what goes on in lower case after it is part of it."""
_GOES_ON = re.compile(r"(?:\n|[-\u2010-\u2015]+\s*|[^\w\s]+)(?=[a-z0-9(])")
_ABBREVIATED = re.compile(r"\b(?:[A-Za-z]|[A-Za-z]{1,2}\.[A-Za-z.]+|Inc|Ltd|Co|Corp|St|al|etc)$")
_LETTER = (
    r"(?i:vitamins?|types?|hepatitis|groups?|grades?|class|stage|phase|factor|plan|arm|part"
    r"|level|toxin|coenzyme) [A-Z]+"
)
_LETTERED = re.compile(rf"\b{_LETTER}$")
_NO_END = (
    r"\b(?:Dr|Prof|Mr|Mrs|Ms|vs|cf|ca|approx|[Ee]\.g|[Ii]\.e)\.(?=\s)"
    r"|(?<=\w )(?:Nos?|Figs?)\.(?=\s\d)|(?<=\d)[.:](?=\d)"
)
_WITHIN = re.compile(_NO_END)
_WITHIN_OR_ADDRESS = re.compile(
    rf"{_NO_END}|\b(?:Inc|Ltd|Corp|al|etc|incl|min|max)\.(?=\s+[a-z0-9(])"
    r"|(?<!\S)\S{0,80}?(?:www\.|//|@|\.(?:com|org|net|gov|edu|io|co|uk)\b)(?:\S*\w)?"
)
_SECOND = re.compile(
    r"[.!?]\s+(?=(?:An?|The|No|Not|Nobody|None|Nothing|I|It|Its|They|Their|This|That|These|Those"
    r"|There|We|Our|You|Your|He|She|If|When|While|Once|After|Before|But|And|Or|So|Yet|Then|In|On"
    r"|At|For|Some|Many|Most|Few|Each|Every|All|Both|One|Others?|Ask|Tell|See|Read|Call|Check|Stop"
    r"|Take|Do|Does|Did|Is|Are|Was|Were|Can|Could|Will|Would|Has|Have|Should|Might|What|Which|Who"
    r"|How|Why|Where|Clinics|Trials|Studies|Doctors|Patients|People|Hair)(?![\w.-]))"
    rf"|\b{_LETTER}\.\s+(?=[A-Z])|(?<=[a-z]{{3}})[.!?]\s*(?=[a-z\u201c])"
    r"|(?<=[a-z]{3})[.!?](?=[A-Z])"
)
_SAID = re.compile(r"\S")


def strict_ends(text: str) -> Iterator[tuple[int, bool]]:
    """Give each place where a sentence ends, and whether it ends by asking."""
    start, plain = 0, _masked(_WITHIN, text)
    for found in _END.finditer(plain):
        at = found.start()
        if _SAID.search(plain, start, at) and not (
            _ASKS.match(plain, start, at)
            and (_GOES_ON.match(plain, at) or (found[0] == "." and _is_abbreviated(plain, at)))
        ):
            start = found.end()
            yield start, (found["stop"] or "").endswith("?")


def cut(text: str) -> Iterator[str]:
    """Cut what was taken for one sentence where a second one begins in it.

    A list of abbreviations misses "with vitamin C. No trial has", "Acme Inc. Nobody has"; others
    miss "is tested. minoxidil is not" and "is tested.No trial has".
    """
    start = 0
    for found in _SECOND.finditer(_masked(_WITHIN_OR_ADDRESS, text)):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


def last_words(sentence: str) -> str:
    """Give the words that a sentence ends with, to tell its author which full stop ended it."""
    return " ".join(sentence.split()[-2:])


def _masked(within: re.Pattern[str], text: str) -> str:
    return within.sub(lambda found: re.sub("[.:]", "_", found[0]), text)


def _is_abbreviated(text: str, place: int) -> bool:
    before = text[max(0, place - 40) : place]
    return bool(_ABBREVIATED.search(before)) and not _LETTERED.search(before)

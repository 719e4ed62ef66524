"""The words and phrases that the wording rules look for, in text that went through `fold`."""

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase
from unicodedata import normalize

from explainer.evidence.phrases import STUDY, WORD, any_of
from explainer.text.markdown import IGNORABLE

_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015"
_SPACES = "\u00a0\t\r\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000"
_FOLDED = str.maketrans(
    ascii_uppercase + "\u2019\u2018" + _HYPHENS + _SPACES,
    ascii_lowercase + "''" + "-" * len(_HYPHENS) + " " * len(_SPACES),
)
_LINES = re.compile(r"\n(?:[ ]*\n)*")


def fold(text: str) -> str:
    """Give the text in lower case with plain letters, apostrophes, hyphens and spaces.

    Look-alikes that Unicode calls compatible are unfolded (NFKC: a ligature, a full-width letter)
    and what nobody sees is left out; `visible` tells each sign's place in the text.
    """
    if not text.isascii():
        text = "".join(sign for _, sign in _seen(text))
    return _LINES.sub(lambda end: " " if end[0] == "\n" else end[0], text.translate(_FOLDED))


def visible(text: str) -> Sequence[int]:
    """Give the place in the text of each sign of its folded form."""
    if text.isascii():
        return range(len(text))
    return [place for place, _ in _seen(text)]


def _seen(text: str) -> Iterator[tuple[int, str]]:
    for place, sign in enumerate(text):
        if not IGNORABLE.match(sign):
            yield from ((place, part) for part in normalize("NFKC", sign))


def clause(before: str) -> str:
    return before[max((mark.end() for mark in CLAUSE_BREAK.finditer(before)), default=0) :]


def opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" ..." if len(words) > 6 else "")


# What a promise is worded with; how each level hedges stands in `levels`, the rest in `vocabulary`.

BARE_NO_EVIDENCE = re.compile(r"\s*there(?:'s| is| was) no (?:[\w-]+ ){0,2}evidence\b")

COUNTED = re.compile(r"\d|most|one|nine|eight|seven")
STOPPING = any_of("if|when|before|after|until|unless|once|as soon as")
"""What makes an effect in a warning a matter of time or condition."""

# Doubt and denial around a word.

CLAUSE_BREAK = re.compile(
    r"[.,;:!?](?=\s|$)|[()]|\s-\s|\n\s*\n"
    r"|\b(?:but|because|so|since|although|though|while|and)\b"
)
DENIED = re.compile(
    r"\b(?:not(?! (?:only|just|merely)\b)|never|cannot|nobody|no one|none|neither|nor|unlikely"
    r"|nothing(?! (?:but|less)\b)|hardly|yet to|far from|rather than|instead of"
    rf"|no (?:{WORD} ){{0,4}}{STUDY})\b|n't\b|\b(?:no(?! doubt)|without)\s+(?:{WORD}\s+){{0,2}}$"
)
"""A clause, up to a word, that denies the word. A bare "no" reaches two words only."""
DOUBTED = re.compile(
    r"\bwhether\b|\b(?:ask|know|known|clear|unclear|sure|tell|say|test|tested|check|out)"
    r"(?: \w+){0,2} (?:if|how|what)\b|\bhow\s+(?:\w+\s+)?$"
)
EMBEDDED = any_of("how|who|whom|what|when|why|where|which")
UNKNOWN = any_of(
    r"not (?:yet )?(?:known|clear|settled|certain)|unclear|unknown|uncertain|being studied"
)
LIMITING = re.compile(r"\b(?:but|though|although|yet|while|however|or)\b[^.;:]*$")
WILL_BE_KNOWN = re.compile(r"(?: only)? be (?:known|clear|settled)\b")

# Marketing.

REFUSED = any_of(
    "proven|guaranteed",
    "cure[sd]?|curing|curable",
    r"break-?throughs?|revolutionary|revolutioni[sz]\w+|cutting[ -]edge",
    r"miracles?|miraculous\w*|painless(?:ly)?|natural(?! (?:cycle|course)\b)|promising",
    r"(?:non[- ]?|minimally[- ])invasive(?:ly)?|(?:risk|pain)[- ]free|harmless(?:ly)?",
    r"gold[- ]standard|game[- ]chang(?:er|ers|ing)|world[- ]class|zero[- ]downtime",
    r"we (?:\w+ )?guarantee",
    r"safe(?:ly|r|st)?",
    r"innovative(?:ly)?|holistic(?:ally)?|rejuvenat\w+",
)
DEBATABLE = re.compile(r"proven|cur|guaranteed|safe|pain|risk|harmless")
"""Refused words that may be asked or doubted, because patients ask them."""
SAFE_FOR = re.compile(
    r"\s+(?:enough\s+)?(?:for|in)\s+(?!(?:all|every\w*|any\w*|general|practice|use)\b)"
    r"|(?<=r)\s+than\b|(?<=safe)\s+(?:place|distance)s?\b"
)
DENIED_AFTER = re.compile(
    r"\s+(?:(?:is|are|was|were|has|have)(?: not|n't)(?: yet)?(?: been)?) (?:known|found|proven)\b"
)
"""A word denied after it: "a cure is not known"."""
QUOTE = re.compile(r'["“”]|\n\s*\n')
CLOSING = {'"': '"', "“": "”"}
SENTENCE_END = re.compile(r"[.!?](?=[\s\"”)]|$)")

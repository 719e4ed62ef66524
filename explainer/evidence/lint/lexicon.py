"""The words and phrases that the wording rules look for, in text that went through `fold`."""

import re

from explainer.evidence.phrases import STUDY, WORD, any_of


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

"""The words and phrases that the wording rules look for: data, no rule.

Everything is written for text that went through `fold`, and compiled once.
Source: evidence method, section 4, and the words authors really use for it.
"""

import re
from string import ascii_lowercase, ascii_uppercase

from explainer.evidence.levels import Level

_FOLDED = str.maketrans(ascii_uppercase + "\u2019\u2018\u2011\u00a0", ascii_lowercase + "''- ")


def fold(text: str) -> str:
    """Give the text in lower case with plain apostrophes, hyphens and spaces.

    The result is as long as the text, so a place in one is a place in the other.
    """
    return text.translate(_FOLDED)


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


# Words that build other patterns.

_STUDY = (
    r"(?:stud(?:y|ies)|trials?|research|evidence|reviews?|data|tests?|sources?|experiments?"
    r"|reports?|papers?|findings?|proof)"
)
_SELLER = (
    r"(?:clinics?|sellers?|adverts?|ads?|advertis(?:ing|ements?)|websites?|web pages?|providers?"
    r"|practitioners?|makers?|marketing|brochures?|leaflets?|compan(?:y|ies)|doctors?|surgeons?"
    r"|reviews?|authors?|articles?|guides?|supporters?|promoters?|suppliers?)"
)
_SAYS = (
    r"(?:sa(?:y|ys|id)|promis(?:e|es|ed)|claim(?:s|ed)?|list(?:s|ed)?|stat(?:e|es|ed)|tells?|told"
    r"|advertis(?:e|es|ed)|offer(?:s|ed)?|suggest(?:s|ed)?|describ(?:e|es|ed)|present(?:s|ed)?"
    r"|call(?:s|ed)?|report(?:s|ed)?|recommend(?:s|ed)?|nam(?:e|es|ed)|market(?:s|ed)?|sells?|sold"
    r"|add(?:s|ed)?|counts?|credits?|hold|holds|argu(?:e|es|ed)|writ(?:e|es)|wrote|mentions?"
    r"|expects?|giv(?:e|es)|gave|speaks?|prais(?:e|es)|believ(?:e|es)|advis(?:e|es)|rul(?:e|es)"
    r"|guarantees?|assur(?:e|es)|asserts?|links?|puts?|explains?|assumes?|quot(?:e|es)|sets?"
    r"|talks?|rat(?:e|es))"
)
_WORD = r"[\w'-]+"
_HARM = (
    r"(?:harms?|harmed|pain|painful|sore\w*|infections?|infected|abscess(?:es)?|scar(?:s|ring|red)?"
    r"|allerg(?:y|ies|ic)|reactions?|side effects?|bleeding|deaths?|died|lumps?|cancers?"
    r"|tumou?rs?|risks?|bruis\w+|swelling|swollen|hair loss|problems?|damaged?|rash(?:es)?|fever"
    r"|headaches?|blind(?:ness)?|bald patches|shed(?:ding)?|clots?)"
)

# What a promise is worded with.

HEDGES = {
    Level.PLAUSIBLE: _any(
        "could", "might", "may", "in theory", "early results suggest", "(?:seem|appear)s? to"
    ),
    Level.UNDER_INVESTIGATION: _any(
        r"being (?:studied|tested|looked into)",
        r"not (?:yet )?(?:been )?(?:known|clear|settled|certain|sure|agreed)",
        "unclear|unknown|uncertain|unsettled|not yet|no agreement|too few|too little",
        r"(?:nobody|no one) (?:yet )?(?:knows|can say)",
        rf"(?:{_STUDY}|clinics?|results|findings|experts|doctors) (?:{_WORD} ){{0,3}}"
        r"(?:differ|disagree|conflict|vary|are mixed)",
        rf"(?:early|small) (?:{_WORD} ){{0,2}}(?:trials?|stud(?:y|ies))",
    ),
}
"""What a statement of a promise must contain, per level."""

CERTAIN = {
    Level.PLAUSIBLE: _any(
        "will(?: not)?|won't", "does(?: not|n't)?", "ensur(?:e|es|ed|ing)", "guarantees?", "works"
    ),
    Level.UNDER_INVESTIGATION: _any(
        "will(?: not)?|won't",
        "works|helps",
        r"(?:is|are|was|were|proved) (?:\w+ly )?effective",
        "ensur(?:e|es|ed|ing)|guarantees?",
    ),
    Level.UNSUPPORTED: _any(
        "will(?: not)?|won't",
        "works|helps",
        r"(?:is|are|was|were|proved) (?:\w+ly )?effective",
        "ensur(?:e|es|ed|ing)|guarantees?",
    ),
}
"""What a statement of a promise never contains in our own voice, per level.
"Proven" and "guaranteed" are not here: they are refused in every text."""

ATTRIBUTION = _any(
    rf"{_SELLER}(?: {_WORD}){{0,7}}? {_SAYS}",
    rf"according to (?:{_WORD} ){{0,3}}{_SELLER}",
    rf"(?:promised|claimed|said|advertised|listed|offered|sold|described|praised) by"
    rf" (?:{_WORD} ){{0,3}}{_SELLER}",
    rf"{_SELLER}'s? (?:promises?|claims?|adverts?)",
)
"""Whose promise it is: a seller or author and a verb of saying."""

DENIAL = _any(
    rf"no (?:{_WORD},? ){{0,5}}{_STUDY}",
    rf"none of (?:{_WORD} ){{0,3}}{_STUDY}",
    rf"(?:nobody|no one|none) (?:{_WORD} ){{0,2}}?(?:has|have|knows?|can|did|found|tested|studied)",
    rf"nothing (?:{_WORD} ){{0,6}}?(?:shows?|shown|supports?|backs?|proves?|bears?)",
    rf"(?:{_STUDY}|regulators?|people) (?:{_WORD} ){{0,8}}?(?:otherwise|the opposite|the reverse"
    r"|(?:found|finds?|shows?|showed|saw|seen|shown) (?:no|none|not|little|too little|almost no))",
    rf"go(?:es)? (?:{_WORD} ){{0,2}}?(?:further|beyond|too far)",
    r"overstat(?:e|es|ed)",
    r"(?:has|have|is|are|was|were|had)(?: (?:not|never|hardly)|n't)"
    rf"(?: {_WORD}){{0,2}}? (?:tested|studied|shown|proven|supported|backed|measured|checked|known"
    r"|compared|confirmed|seen|found|true|so|borne)",
    rf"(?:do|does|did|can)(?: not|n't|not) (?:{_WORD} )?"
    r"(?:show|support|back|find|confirm|bear|prove|tell|agree|know)",
    r"(?:untested|unproven|unstudied|contradicts?|speaks? against)",
    rf"{_STUDY} (?:{_WORD} )?(?:differ|disagree|conflict)",
)
"""Words that deny a promise its support."""

COUNTERED = re.compile(
    rf"\b(?:but|yet|though|although|while|however)\b[^.;]*?\b(?P<harm>{_HARM})\b"
)
"""A promise denied by the harm that was seen in spite of it."""

BARE_NO_EVIDENCE = re.compile(r"\s*there(?:'s| is| was) no (?:[\w-]+ ){0,2}evidence\b")

COMFORT = _any(
    r"(?:there (?:is|are)|has|have|carr(?:y|ies)|poses?|brings?|with|means?|at) no"
    r" (?:\w+ )?(?:risks?(?! factor)|dangers?|harms?|side effects?)",
    "risk-free|harmless|nothing to (?:worry|fear)|no (?:need|reason) to (?:worry|fear)",
    "(?:cannot|can not|can't|never|will not|won't|does not|do not)"
    r" (?:\w+ )?(?:harms?|hurts?|endangers?)",
    "(?:always|completely|perfectly|entirely|fully|totally) safe",
)
"""A warning worded as if there were certainly nothing to fear."""

# Doubt and denial around a word.

CLAUSE_BREAK = re.compile(
    r"[.,;:!?](?=\s|$)|[()]|\s-\s|\n\s*\n"
    r"|\b(?:but|because|so|since|although|though|while|and)\b"
)
DENIED = re.compile(
    r"\b(?:not(?! (?:only|just|merely)\b)|never|cannot|nobody|no one|none|neither|nor|unlikely"
    r"|nothing(?! (?:but|less)\b)|hardly|yet to|far from|rather than|instead of"
    rf"|no (?:{_WORD} ){{0,4}}{_STUDY})\b|n't\b|\b(?:no(?! doubt)|without)\s+(?:{_WORD}\s+){{0,2}}$"
)
"""A clause, up to a word, that denies the word. A bare "no" reaches two words only."""
DOUBTED = re.compile(
    r"\bwhether\b|\b(?:ask|know|known|clear|unclear|sure|tell|say|test|tested|check|out)"
    r"(?: \w+){0,2} (?:if|how|what)\b|\bhow\s+(?:\w+\s+)?$"
)
EMBEDDED = _any("how|who|whom|what|when|why|where|which")
UNKNOWN = _any(
    r"not (?:yet )?(?:known|clear|settled|certain)|unclear|unknown|uncertain|being studied"
)
LIMITING = re.compile(r"\b(?:but|though|although|yet|while|however|or)\b[^.;:]*$")
WILL_BE_KNOWN = re.compile(r"(?: only)? be (?:known|clear|settled)\b")

# Marketing.

REFUSED = _any(
    "proven|guaranteed",
    "cure[sd]?|curing|curable",
    r"break-?throughs?|revolutionary|revolutioni[sz]\w+|cutting[ -]edge",
    r"miracles?|miraculous\w*|painless(?:ly)?|natural|non[- ]?invasive(?:ly)?|promising",
    r"safe(?:ly|r|st)?",
    r"innovative(?:ly)?|holistic(?:ally)?|rejuvenat\w+",
)
DEBATABLE = re.compile(r"proven|cur|guaranteed|safe|painless")
"""Refused words that may be asked or doubted, because patients ask them."""
SAFE_FOR = re.compile(
    r"\s+(?:enough\s+)?(?:for|in)\s+(?!(?:all|every\w*|any\w*|general|practice|use)\b)"
    r"|(?<=r)\s+than\b"
)
QUOTED = re.compile(r'"[^"]*?"|“[^”]*?”', re.DOTALL)
PARAGRAPH_END = re.compile(r"\n\s*\n")
SENTENCE_END = re.compile(r"[.!?](?=[\s\"”)]|$)")

# Headings and questions.

YES_NO = re.compile(
    r"\W*(?:and |but |or )?(?:is|are|am|was|were|do|does|did|can|could|will|would|has|have|had"
    r"|should|may|might|must)\b(?!n't)"
)
ASSUMED = _any(
    r"benefit(?:s|ed|ing)?|advantages?|improvements?|regrowth|success(?:es|ful)?",
    r"(?:regrow|boost|stimulat|restor|reviv|strengthen|thicken|nourish|rejuvenat|reactivat"
    r"|activat|regenerat(?!ive)|awaken|enhanc|repair|revitali[sz]|replenish|transform)\w*",
    r"gr(?:ow|ows|ew|own|owing) (?:back|again|thicker|faster|stronger)",
    r"(?:faster|better|new|stronger|healthier) (?:\w+ )?growth",
    r"(?:thicker|fuller|denser|stronger|healthier|longer|new|more) (?:\w+ )?hair",
    r"(?:stop|slow|reduc|prevent|revers|fight|halt|end|cut|tackl|beat|improv|calm)\w*"
    r" (?:[\w-]+ ){0,2}(?:hair|shedding|loss|thinning|balding|baldness|inflammation|dandruff"
    r"|growth|density)",
    r"(?:hair|scalp) (?:improves|returns|recovers)",
    r"works(?! like this)|(?:how|why) (?:[\w'-]+ ){1,5}?work|start(?:s|ing)? (?:to work|working)",
    r"helps|(?:how|why|when|who) (?:does|do|will|can|did) (?:[\w-]+ ){1,4}?(?<!get )(?<!find )help",
    r"results",
    r"effective(?:ness|ly)?",
    r"(?:see|notice|expect|feel) (?:a |any |the |some )?(?:changes?|differences?|effects?)",
    r"(?:changes?|differences?|effects?) (?:will|do|can) (?:you|i|we) (?:see|notice|expect|feel)",
    r"how long (?:does|do|will|would|can) (?:it|they|this|the (?:effects?|changes?|hair))"
    r" (?:last|stay|hold)",
    r"how long (?:it|they|this|the (?:effects?|changes?|hair)) (?:lasts?|stays?|holds?)",
    r"why (?:choose|pick|love|you (?:need|should)|people (?:love|choose))",
    r"(?:why|because) (?:it|they|[\w-]+(?: therapy)?) (?:is|are) (?:so )?(?:safe|better|good)",
    r"why (?:is|are) (?:it|they|this|[\w-]+(?: therapy)?) (?:so )?(?:safe|better|good)",
)
"""Words of a heading or an open question that take an effect as given."""
OPEN = _any(
    "might|may|could|would|whether|if|any|supposed|hoped|meant to|intended|unproven|untested",
    "(?:said|thought|believed|expected) to|claim(?:s|ed)?|promis(?:e|es|ed)|alleged|possible",
    rf"what (?:{_WORD} ){{0,4}}{_STUDY}",
    r"(?:trial|study|test|blood|search|lab|mixed) results|results of (?:\w+ ){0,2}"
    r"(?:trials?|studies|tests?)|(?:tests?|trials?|studies) (?:\w+ ){0,2}results",
    r"evidence (?:on|for|about|behind|that)",
    "(?:site|page|labels?|method|search|register|we) (?:work|help)s?",
)
"""Words that leave the effect open, or show that the heading is about something else."""

EFFECTS = _any(
    r"(?:regrow|boost|stimulat|restor|reviv|strengthen|thicken|nourish|rejuvenat|reactivat"
    r"|activat|regenerat(?!ive)|awaken|enhanc|repair|improv|heal|revitali[sz])\w*",
    r"(?:reduc|slow|stop|prevent|revers|calm|eas)(?:e|es|s|ed|ing|ped|ping)?"
    r" (?:[\w-]+ ){0,2}(?:hair|shedding|loss|thinning|inflammation|dandruff|greying|itch\w*)",
    r"gr(?:ow|ows|ew|own|owing) (?:hair|back|again)|growth(?! factor)|works|helps|effective",
    r"benefits?|(?:thicker|fuller|denser|stronger|healthier|new|more) (?:\w+ )?hair",
)
"""Effect words that turn a sentence about a treatment into a claim."""

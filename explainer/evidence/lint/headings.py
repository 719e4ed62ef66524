"""Whether headings and questions take an effect as given, and records tell one."""

import re
from collections.abc import Iterator
from itertools import pairwise

from explainer.evidence.lint import lexicon
from explainer.evidence.lint.lexicon import fold, opening
from explainer.evidence.lint.readability import sentences
from explainer.evidence.phrases import STUDY, WORD, any_of
from explainer.evidence.problems import Problem

_REACH = 200  # characters before a word in which its clause is looked for

YES_NO = re.compile(
    r"\W*(?:and |but |or )?(?:is|are|am|was|were|do|does|did|can|could|will|would|has|have|had"
    r"|should|may|might|must)\b(?!n't| it true| (?:you|i) aware"
    r"| you (?:really )?(?:know|want|like|love|wish|dream|ready)\b)"
)
FIGURE = re.compile(
    # Not in a name (B12, 5-alpha), a p value, or a number of people.
    r"(?<![\w.,-])(?<!no\. )(?<![<>=] )\d+(?:[.,]\d+)*(?!\d|[\w.,]*-?[a-z])"
    r"(?! (?:\w+ )?(?:men|women|people|patients|adults|children)\b)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|most) (?:out of|in|of) (?:\w+ )?"
    r"(?:ten|two|three|four|five|men|women|people)\b"
)
YEAR = re.compile(r"(?:19|20)\d\d$")
HEADING_BREAK = re.compile(r"[.,;:!?](?=\s|$)|\s-\s|\b(?:but|because|so|since|although|though)\b")
ASSUMED = any_of(
    r"benefit(?:s|ed|ing)?|advantages?|improvements?|regrowth|success(?:es|ful)?",
    r"(?:regrow|boost|stimulat|restor|reviv|strengthen|thicken|nourish|rejuvenat|reactivat"
    r"|activat|regenerat(?!ive)|awaken|enhanc|repair|revitali[sz]|replenish|transform)\w*",
    r"gr(?:ow|ows|ew|own|owing) (?:back|again|thicker|faster|stronger)",
    r"(?:faster|better|new|stronger|healthier) (?:\w+ )?growth",
    r"(?:thicker|fuller|denser|stronger|healthier|longer|new|more) (?:\w+ )?hair(?:line)?",
    r"(?:hairs?|it|they) (?:\w+ )?(?:comes?|came|grows?) back|keep (?:your|my|their|his|her) hair",
    r"(?:spots?|patch(?:es)?|areas?) (?:\w+ )?fill|why (?:it|they|this|[\w-]+(?: therapy)?) lasts?",
    r"(?:no|few|low|zero|little|minimal) (?:\w+ )?(?:risks?|pain|downtime|side effects?|harms?"
    r"|scars?|scarring)|quick (?:recovery|healing)|why wait",
    r"(?:stop|slow|reduc|prevent|revers|fight|halt|end|cut|tackl|beat|improv|calm)\w*"
    r" (?:[\w-]+ ){0,2}(?:hair|shedding|loss|thinning|balding|baldness|inflammation|dandruff"
    r"|growth|density)",
    r"(?:hair|scalp) (?:improves?|returns?|recovers?)|goodbye|full head of hair|you will love",
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
OPEN = any_of(
    "might|may(?! expect)|could|would|whether|if (?:at all|any|so)|supposed|hoped|meant to",
    "intended|unproven|untested",
    "(?:said|thought|believed|expected) to|claim(?:s|ed)?|promis(?:e|es|ed)|alleged|possible",
    rf"what (?:{WORD} ){{0,4}}{STUDY}",
    r"(?:trial|study|test|blood|search|lab|mixed) results|results of (?:\w+ ){0,2}"
    r"(?:trials?|studies|tests?)|(?:tests?|trials?|studies) (?:\w+ ){0,2}results",
    r"evidence (?:on|for|about|behind|that)",
    "(?:site|page|labels?|method|search|register|we) (?:work|help)s?",
)
"""Words that leave the effect open, or show that the heading is about something else."""

EFFECTS = any_of(
    r"(?:regrow|boost|stimulat|restor|reviv|strengthen|thicken|nourish|rejuvenat|reactivat"
    r"|activat|regenerat(?!ive)|awaken|enhanc|repair|improv|heal(?!th)|revitali[sz])\w*",
    r"(?:reduc|slow|stop|prevent|revers|calm|eas)(?:e|es|s|ed|ing|ped|ping)?"
    r" (?:[\w-]+ ){0,2}(?:hair|shedding|loss|thinning|inflammation|dandruff|greying|itch\w*)",
    r"gr(?:ow|ows|ew|own|owing) (?:hair|back|again)|growth(?! factor)|works|helps|effective",
    r"benefits?|(?:thicker|fuller|denser|stronger|healthier|new|more) (?:\w+ )?hair",
    r"(?:has|have|carry|carries) (?:few|no|hardly any) risks?|suits? (?:all|every\w*|anyone)",
    r"lasts? (?:for )?(?:\w+ )?(?:\d+|two|three|four|five|ten|many|several) (?:months|years)",
    r"(?:nobody|no one) (?:is|was|gets?|has been) (?:hurt|harmed)",
)


def check_heading(text: str, *, line: int = 0, what: str = "heading") -> tuple[Problem, ...]:
    """Check that a heading takes no effect as given; `what` names it, as "question" does.

    A yes-or-no question passes, and so does a heading that leaves the effect open.
    """
    words = " ".join(fold(text).split())
    if words.endswith("?") and YES_NO.match(words):
        return ()
    assumed = _assumed(words)
    if assumed is None:
        return ()
    message = f"The {what} '{text[:_REACH].strip()}' takes an effect as given: '{assumed}'."
    cure = "Ask openly, as in: Does it work? Do any results last? How is it said to work?"
    params = {"effect": assumed}
    return (Problem("effect-assumed", f"{message} {cure}", line, params=params),)


def effect_in_record(text: str, *, line: int = 0) -> Iterator[Problem]:
    """Refuse an effect in a record, which has no label: what was done, never what came out.

    Source: method, section 3. Not a question, or a sentence that asks whether.
    """
    for sentence in sentences(text):
        words = fold(sentence)
        effect = EFFECTS.search(words)
        if effect and not words.endswith("?") and not lexicon.DOUBTED.search(words):
            message = f"'{opening(sentence)}' tells an effect, '{effect[0]}', and a record has no "
            message += "label. Say what was done and by whom; make the effect a claim."
            yield Problem("effect-in-record", message, line, params={"effect": effect[0]})


def _assumed(words: str) -> str | None:
    for piece in _pieces(words):
        if piece.endswith("?") and YES_NO.match(piece):
            continue
        if not (OPEN.search(piece) or lexicon.ATTRIBUTION.search(piece)):
            for match in ASSUMED.finditer(piece):
                if not lexicon.DENIED.search(piece[max(0, match.start() - _REACH) : match.start()]):
                    return match[0]
        for figure in FIGURE.finditer(piece):
            if not YEAR.match(figure[0]):
                return figure[0]
    return None


def _pieces(words: str) -> Iterator[str]:
    ends = (mark.end() for mark in HEADING_BREAK.finditer(words))
    return (words[start:end].strip() for start, end in pairwise((0, *ends, len(words))))

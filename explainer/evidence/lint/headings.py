"""Whether headings and questions take an effect as given, and plain parts tell one."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import pairwise

from explainer.evidence.lint import lexicon
from explainer.evidence.lint.lexicon import fold, opening
from explainer.evidence.lint.readability import sentences
from explainer.evidence.phrases import STUDY, WORD, any_of
from explainer.evidence.problems import Problem, Severity

_REACH = 200  # characters before a word in which its clause is looked for

YES_NO = re.compile(
    r"\W*(?:and |but |or )?(?:is|are|am|was|were|do|does|did|can|could|will|would|has|have|had"
    r"|should|may|might|must)\b(?!n't| it true| (?:you|i) aware"
    r"| you (?:really )?(?:know|want|like|love|wish|dream|ready)\b)"
)
FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:one|two|three|four|five|six|seven|eight|nine|most) (?:out of|in|of)"
    r" (?:\w+ )?(?:ten|two|three|four|five|men|women|people)\b"
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
PRONOUN = re.compile(r"\W*(?P<name>it|this|they|these|nobody|no one)\b")


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


def effect_in_plain_part(text: str, *, names: Collection[str], line: int = 0) -> Iterator[Problem]:
    """Warn of sentences that belong in a claim, not in an unlabelled part.

    Those that name a treatment (`names`) together with an effect, or begin with "it", "this" or
    "they" and tell one; not a question, or a sentence that asks whether.
    """
    named = _name_pattern(tuple(sorted(names)))
    if not (named and EFFECTS.search(fold(text))):
        return
    for sentence in sentences(text):
        for name, effect in _effects(fold(sentence), named):
            message = f"'{opening(sentence)}' names '{name}' together with '{effect}' in a part "
            message += "without a label. Make it a claim, or take the effect out."
            params = {"name": name, "effect": effect}
            yield Problem("effect-without-label", message, line, "", Severity.WARNING, params)


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


def _effects(words: str, named: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    name, effect = named.search(words), EFFECTS.search(words)
    if not effect or words.endswith("?") or lexicon.DOUBTED.search(words):
        return
    if name:
        yield name[0], effect[0]
    elif (pronoun := PRONOUN.match(words)) and not effect[0].startswith("heal"):
        yield pronoun["name"], effect[0]


@lru_cache(maxsize=16)
def _name_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    words = "|".join(re.escape(fold(name)) for name in names)
    return re.compile(rf"\b(?:{words})s?\b") if names else None

"""Whether a claim's positions can carry its label: what they found, about what, against its twin.

Rules of the method, section 2, beside those that a claim checks when it is made.
"""

import re
from collections.abc import Iterator

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Claim
from explainer.evidence.context import Context
from explainer.evidence.labels import label_of, studied_in_people
from explainer.evidence.levels import ANY_PRODUCT, Bearing, Finding, Kind, Level, Reason
from explainer.evidence.lint import vocabulary
from explainer.text.folding import fold
from explainer.text.problems import Problem

MAX_NAME_WORDS = 5
_PLAUSIBLE, _OPEN, _UNSUPPORTED = Level
_ANY_LEVEL = frozenset(Level)
_CAN_SUPPORT = {
    Bearing.PROMISE: {
        Finding.ASSERTS: _ANY_LEVEL,
        Finding.SUPPORTS: {_PLAUSIBLE, _OPEN},
        Finding.MIXED: {_OPEN},
        Finding.NO_EFFECT: {_UNSUPPORTED},
        Finding.CONTRADICTS: {_UNSUPPORTED},
        Finding.REPORTS: frozenset[Level](),
        Finding.PLANS: {_OPEN},
    },
    Bearing.WARNING: {
        Finding.ASSERTS: _ANY_LEVEL,
        Finding.SUPPORTS: {_PLAUSIBLE, _OPEN},
        Finding.MIXED: {_PLAUSIBLE, _OPEN},
        Finding.NO_EFFECT: {_OPEN, _UNSUPPORTED},
        Finding.CONTRADICTS: {_OPEN, _UNSUPPORTED},
        Finding.REPORTS: {_PLAUSIBLE},
        Finding.PLANS: {_OPEN},
    },
}
"""The levels that what a source found can support (method, section 2, the table of positions)."""
_NEEDS = {
    Reason.NO_EFFECT_FOUND: {Finding.NO_EFFECT},
    Reason.STUDIES_DISAGREE: {Finding.MIXED, Finding.NO_EFFECT, Finding.SUPPORTS},
    Reason.CONTRADICTED: {Finding.CONTRADICTS, Finding.NO_EFFECT},
}
_FLAT = re.compile(
    r"\b(?:no(?! doubt)(?: [\w'-]+){0,4}? (?:stud(?:y|ies)|trials?|research|tests?)"
    r"|none of (?:the|these|those) (?:stud(?:ies|y)|trials?)|nobody has|no one has)\b"
)
_WE_FOUND = re.compile(r"\b(?:we|our search) (?:found|know|saw|read|could find)\b")


def check_grounds(claim: Claim, level: Level, context: Context) -> Iterator[Problem]:
    """Hold a claim at its level against what its sources found."""
    yield from _check_bearing(claim)
    yield from _check_findings(claim)
    yield from _check_product(claim)
    if claim.bearing is Bearing.PROMISE:
        yield from _check_open(claim, level)
        yield from _check_reason(claim)
    yield from _check_absence(claim)
    yield from _check_twins(claim, context)


def check_name(claim: Claim, level: Level) -> Iterator[Problem]:
    """Check the few words for lists, and that a promise nobody supports marks what is said."""
    words = len(claim.name.split())
    if not 0 < words <= MAX_NAME_WORDS or claim.name.endswith((".", "?", "!")):
        message = f"'{claim.name}' is no name of at most {MAX_NAME_WORDS} words. Write what the "
        message += "claim is about, as in: Biotin for stronger hair."
        yield Problem("name-form", message, field="name", params={"name": claim.name})
    promised = claim.bearing is Bearing.PROMISE
    if claim.said and not promised:
        message = "Only a promise marks what somebody says. Take the '*' out."
        yield Problem("said-in-warning", message, field="statement")
    elif promised and level is Level.UNSUPPORTED and not claim.said:
        message = "The statement does not mark what is promised, so 'unsupported' could mean all "
        message += "of it. Put '*' around it, as in: Clinics say *it regrows hair*, but ..."
        yield Problem("said-missing", message, field="statement")
    else:
        yield from _check_said(claim)


def _check_said(claim: Claim) -> Iterator[Problem]:
    """Hold the marked words to what somebody promises: neither who says so nor our denial."""
    words = fold(claim.statement)
    owner = vocabulary.ATTRIBUTION.search(words)
    denial = owner and next(vocabulary.DENIAL.finditer(words, owner.end()), None)
    for said in map(fold, claim.said):
        ours = vocabulary.DENIAL.search(said) or vocabulary.ATTRIBUTION.search(said)
        late = denial is not None and words.find(said) > denial.start()
        if ours or late or (len(said.split()) < 2 and '"' not in said):
            message = f"'{said}' is marked as what somebody says, and is not just that. Mark the "
            message += "promise alone, after who says so and before what we say of it."
            params = {"words": said}
            yield Problem("said-not-promise", message, field="statement", params=params)


def _check_bearing(claim: Claim) -> Iterator[Problem]:
    if claim.bearing is Bearing.WARNING and claim.kind not in (Kind.HARM, Kind.SUITABILITY):
        message = "A warning is a harm or says for whom it is wrong, and this is of kind "
        message += f"'{claim.kind}'. Write the promise that it answers, a record or guidance."
        yield Problem("warning-not-harm", message, field="bearing", params={"kind": claim.kind})


def _check_findings(claim: Claim) -> Iterator[Problem]:
    for order, position in enumerate(claim.positions):
        levels = _CAN_SUPPORT[claim.bearing][position.finding]
        if position.level not in levels:
            fits = ", ".join(f"'{level}'" for level in Level if level in levels) or "no level"
            message = f"'{position.source.key}' {position.finding}: for a {claim.bearing} that can "
            message += f"be {fits}, not '{position.level}'. Correct the finding or the level."
            words = ", ".join(f"“{level.word}”" for level in Level if level in levels)
            params = {"source": position.source.key, "levels": words or "no label"}
            field = f"positions.{order}.finding"
            yield Problem("finding-against-level", message, field=field, params=params)


def _check_product(claim: Claim) -> Iterator[Problem]:
    products = {position.product for position in claim.positions}
    if claim.product == ANY_PRODUCT and len(products) == 1 and ANY_PRODUCT not in products:
        (product,) = products
        message = f"Every position is about '{product}', so the claim is too. Write that product."
        yield Problem("product-not-any", message, field="product", params={"product": product})


def _check_open(claim: Claim, level: Level) -> Iterator[Problem]:
    if level is not Level.UNDER_INVESTIGATION:
        return
    own = [position for position in claim.positions if not claim.borrows(position)]
    if not any(p.finding is Finding.PLANS or studied_in_people(p) for p in own):
        message = "Nobody studies or plans to study this in people, as far as the positions tell. "
        message += "Then it is 'unsupported' with the reason 'not-studied'."
        yield Problem("nobody-looked", message, field="positions")


def _check_reason(claim: Claim) -> Iterator[Problem]:
    if claim.reason is None:
        return
    own = [position for position in claim.positions if not claim.borrows(position)]
    found = {position.finding for position in own}
    if claim.reason is Reason.NOT_STUDIED and any(map(studied_in_people, own)):
        keys = ", ".join(f"'{p.source.key}'" for p in own if studied_in_people(p))
        message = f"The reason is 'not-studied', and {keys} studied it. Name another reason."
        yield Problem("reason-against-findings", message, field="reason", params={"keys": keys})
    elif not found & _NEEDS.get(claim.reason, found):
        needed = " or ".join(sorted(_NEEDS[claim.reason]))
        message = f"The reason is '{claim.reason}', and no position on this product found "
        message += f"'{needed}'. Name another reason."
        yield Problem("reason-without-finding", message, field="reason", params={"keys": needed})


def _check_absence(claim: Claim) -> Iterator[Problem]:
    words = fold(claim.statement)
    if claim.bearing is Bearing.PROMISE and _FLAT.search(words) and not _WE_FOUND.search(words):
        message = "The statement says that there is no study. Say what is known: 'no study we "
        message += "found shows it'."
        yield Problem("absence-flat", message, field="statement")
    if not claim.looked_for and (_WE_FOUND.search(words) or claim.reason is Reason.NOT_STUDIED):
        message = "It rests on what was not found, and does not say what was looked for. Add "
        message += "'looked' with a date and what was searched for."
        yield Problem("looked-missing", message, field="looked")


def _check_twins(claim: Claim, context: Context) -> Iterator[Problem]:
    if claim.twin and claim.twin not in context.claims:
        message = f"There is no claim '{claim.twin}'. Add it, or correct the key."
        yield Problem("unknown-twin", message, field="twin", params={"key": claim.twin})
    twins = [
        other
        for other in context.claims.values()
        if other.key != claim.key and (other.twin == claim.key or other.key == claim.twin)
    ]
    for twin in twins:
        label, other = label_of(claim, adjudicate(claim)), label_of(twin, adjudicate(twin))
        if label.word != other.word and not (claim.differs_because or twin.differs_because):
            message = f"Its twin '{twin.key}' is labelled '{other.word}', this '{label.word}'. "
            message += "Say in 'differs_because' what is known about one and not about the other."
            yield Problem("twins-differ", message, field="twin", params={"key": twin.key})

"""The closed vocabularies of the evidence method and the order of caution.

METHOD.md has the rules; the method page tells patients the same in plain language.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from explainer.evidence.phrases import STUDY, WORD, any_of

_TOO_SURE = (
    r"will(?: not)?|won't",
    r"works|helps",
    r"(?:is|are|was|were|proved) (?:\w+ly )?effective",
    r"ensur(?:e|es|ed|ing)|guarantees?",
)


@dataclass(frozen=True, slots=True)
class LevelSpec:
    """Everything the site knows of one level.

    `promise` and `warning` are what a patient reads behind the label. The rest is how a promise is
    worded: `hedges` is what a statement must contain, None if it must name whose promise it is and
    deny it; `too_sure` what it never says in our own voice; `may_report` if what a seller is said
    to promise may be as sure as the seller; `example` is the cure.
    """

    promise: str
    warning: str
    hedges: re.Pattern[str] | None
    too_sure: re.Pattern[str]
    may_report: bool
    example: str


class Level(StrEnum):
    """How far the evidence carries a claim, the furthest first; "proven" is not a level."""

    spec: LevelSpec

    def __new__(cls, value: str, spec: LevelSpec | None = None) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        if spec:
            member.spec = spec
        return member

    PLAUSIBLE = (
        "plausible",
        LevelSpec(
            promise="There is a sound reason, or early results in people, to expect this. It is "
            "not proven.",
            warning="It has been reported, or is to be expected. Take it seriously.",
            hedges=any_of(
                r"could|might|in theory|early results suggest|(?:seem|appear)s? to",
                r"may(?! (?:\w+ )?(?:expect|rest|be (?:sure|assured|certain)|count on|rely|trust"
                r"|enjoy|look forward|go)\b)",
                r"perhaps|it is possible|hints? (?:at|of|that)",
            ),
            too_sure=any_of(
                r"will(?: not)?|won't|does(?: not|n't)?|ensur(?:e|es|ed|ing)|guarantees?|works"
            ),
            may_report=False,
            example="Use could, might, may, in theory, early results suggest, seems to or appears "
            "to, as in: Injected dutasteride might slow hair loss in some men.",
        ),
    )
    UNDER_INVESTIGATION = (
        "under-investigation",
        LevelSpec(
            promise="It is being studied. Nobody can rely on it yet.",
            warning="It is being looked into. Nobody can rule it out yet.",
            hedges=any_of(
                r"being (?:studied|tested|looked into)",
                r"not (?:yet )?(?:been )?(?:known|clear|settled|certain|sure|agreed)",
                r"unclear|unknown|uncertain|unsettled|not yet|no agreement|too few|too little",
                r"under ?way|(?:has|have) not (?:yet )?been tested|still testing",
                r"(?:do|does) not (?:yet )?(?:know|agree)",
                r"mixed answers|(?:is|are|remains?) mixed|remains? (?:an )?open|open question",
                r"(?:nobody|no one) (?:yet )?(?:knows|can say)",
                rf"(?:{STUDY}|clinics?|results|findings|experts|doctors) (?:{WORD} ){{0,3}}"
                r"(?:differ|disagree|conflict|vary|are mixed)",
                rf"(?:early|small) (?:{WORD} ){{0,2}}(?:trials?|stud(?:y|ies))"
                r"(?! (?:\w+ )?(?:confirm|prov|demonstrat|establish|show)\w*\b)",
            ),
            too_sure=any_of(*_TOO_SURE),
            may_report=True,
            example="Use is being studied, is not known yet, is not clear, studies differ or small "
            "trials, as in: Whether the effect lasts is not known yet.",
        ),
    )
    UNSUPPORTED = (
        "unsupported",
        LevelSpec(
            promise="There is no good evidence for this. Anyone who promises it overstates what "
            "is known.",
            warning="Nothing we found backs this worry up.",
            hedges=None,
            too_sure=any_of(*_TOO_SURE),
            may_report=True,
            example="Name whose promise it is, then deny it support, as in: Clinics say that "
            "vitamin mixes make hair denser, but no study of a vitamin mix alone has shown it.",
        ),
    )

    @property
    def word(self) -> str:
        return self.replace("-", " ").capitalize()


SCALE: tuple[Level, ...] = tuple(Level)


class Worded(StrEnum):
    """A vocabulary whose every member has the words that a patient reads for it."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member


class Bearing(Worded):
    """Which way a claim pulls a patient."""

    PROMISE = "promise", "A promise: it speaks for the treatment"
    WARNING = "warning", "A warning: it asks for more care"


class Reason(Worded):
    """Why a claim is unsupported: these are different truths."""

    NOT_STUDIED = "not-studied", "We found no study of it"
    NO_EFFECT_FOUND = "no-effect-found", "What was tested showed no gain"
    STUDIES_DISAGREE = "studies-disagree", "Studies disagree"
    CONTRADICTED = "contradicted", "What is known speaks against it"
    OVERSTATED = "overstated", "It goes further than any source shows"


class Finding(Worded):
    """What a source did to find out what it says: who says a thing is not who looked into it."""

    ASSERTS = "asserts", "Says so, shows nothing"
    SUPPORTS = "supports", "Looked into it: found it"
    MIXED = "mixed", "Looked into it: mixed or weak results"
    NO_EFFECT = "no-effect", "Looked into it: found no effect"
    CONTRADICTS = "contradicts", "Looked into it: found otherwise"
    REPORTS = "reports", "Reports it in people"
    PLANS = "plans", "Registered a trial: no result yet"


class Ground(Worded):
    """What a verdict rests on, as it stands after the label's word; worked out, never typed."""

    THEORY = "theory", "in theory only"
    GUIDANCE = "guidance", "as medical bodies say"
    EARLY_TRIALS = "early-trials", "from early trials"
    DIFFER = "differ", "studies differ"
    RUNNING = "running", "trials are running"
    EARLY_STUDIES = "early-studies", "early studies only"
    NOT_STUDIED = "not-studied", "not tested"
    NO_EFFECT_FOUND = "no-effect-found", "studies found no effect"
    STUDIES_DISAGREE = "studies-disagree", "studies disagree"
    CONTRADICTED = "contradicted", "studies found otherwise"
    OVERSTATED = "overstated", "goes further than any study"
    SEEN = "seen", "seen in people"
    EXPECTED = "expected", "to be expected"


class Topic(Worded):
    """The five parts in which every treatment is explained; words are a heading."""

    MECHANISM = "mechanism", "How it is said to work"
    PROCESS = "process", "What happens"
    CANDIDACY = "candidacy", "Who it might suit"
    SAFETY = "safety", "Safety and harms"
    FAQ = "faq", "Common questions"


class Kind(Worded):
    """What a claim is about; effects in people meet the design ceiling."""

    MECHANISM = "mechanism", "How it is said to work"
    EFFECT = "effect", "What it does for hair"
    HARM = "harm", "What can go wrong"
    SUITABILITY = "suitability", "Who it suits"
    PRACTICE = "practice", "How it is done"


class SourceKind(Worded):
    """What sort of document a source is."""

    CLINIC = "clinic", "Clinic"
    REVIEW = "review", "Review"
    TRIAL = "trial", "Controlled trial"
    SERIES = "series", "Case reports or uncontrolled series"
    LABORATORY = "laboratory", "Laboratory or animal study"
    REGULATOR = "regulator", "Regulator or court"
    PROFESSIONAL_BODY = "professional-body", "Professional or patient body"
    PRESS = "press", "Newspaper or website"


class Seen(Worded):
    """How far we read a source; readers are told."""

    FULL = "full", "We read it in full"
    ABSTRACT = "abstract", "We read its abstract or opening only"
    SUMMARY = "summary", "We read only what others say about it"


class Role(Worded):
    """What the site does with a treatment; an option is another thing a reader can do."""

    EXPLAINED = "explained", "Explained here, topic by topic"
    OPTION = "option", "Only named beside the others, as something else one can do"


ANY_PRODUCT = "any"
"""The product of a claim or position that speaks of the treatment as a whole."""


def caution(level: Level, bearing: Bearing) -> int:
    """Say how cautious a level is, from 0: for a promise doubt is caution, else belief is."""
    doubt = SCALE.index(level)
    return doubt if bearing is Bearing.PROMISE else len(SCALE) - 1 - doubt


def supports(level: Level) -> bool:
    """True if a source at this level speaks for what is claimed: it is past being studied."""
    return SCALE.index(level) < SCALE.index(Level.UNDER_INVESTIGATION)


def denies(level: Level) -> bool:
    return SCALE.index(level) > SCALE.index(Level.UNDER_INVESTIGATION)

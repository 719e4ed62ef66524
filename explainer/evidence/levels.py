"""The closed vocabularies of the evidence method and the order of caution.

Source of every rule here: evidence method, sections 1, 2 and 5. The README
tells the words; the method page tells patients the same in plain language.
"""

from enum import StrEnum


class Level(StrEnum):
    """How far the evidence carries a claim. Exactly three; "proven" is not one."""

    PLAUSIBLE = "plausible"
    UNDER_INVESTIGATION = "under-investigation"
    UNSUPPORTED = "unsupported"

    @property
    def word(self) -> str:
        """The label as a patient reads it, without the bearing."""
        return _WORDS[self]


class Bearing(StrEnum):
    """Which way a claim pulls a patient: towards the treatment or to more care."""

    PROMISE = "promise"
    WARNING = "warning"


class Reason(StrEnum):
    """Why a claim is unsupported: these are different truths (method, section 1)."""

    NOT_STUDIED = "not-studied"
    NO_EFFECT_FOUND = "no-effect-found"
    STUDIES_DISAGREE = "studies-disagree"
    CONTRADICTED = "contradicted"
    OVERSTATED = "overstated"

    @property
    def words(self) -> str:
        """The reason as a patient reads it."""
        return _REASON_WORDS[self]


class Topic(StrEnum):
    """The five parts in which every treatment is explained."""

    MECHANISM = "mechanism"
    PROCESS = "process"
    CANDIDACY = "candidacy"
    SAFETY = "safety"
    FAQ = "faq"

    @property
    def words(self) -> str:
        """The topic as a heading that assumes nothing."""
        return _TOPIC_WORDS[self]


class Kind(StrEnum):
    """What a claim is about; effects in people meet the design ceiling."""

    MECHANISM = "mechanism"
    EFFECT = "effect"
    HARM = "harm"
    SUITABILITY = "suitability"
    PRACTICE = "practice"
    LEGAL = "legal"

    @property
    def words(self) -> str:
        """The kind as a patient reads it."""
        return _KIND_WORDS[self]


class SourceKind(StrEnum):
    """What sort of document a source is."""

    CLINIC = "clinic"
    REVIEW = "review"
    TRIAL = "trial"
    SERIES = "series"
    LABORATORY = "laboratory"
    REGULATOR = "regulator"
    PROFESSIONAL_BODY = "professional-body"

    @property
    def words(self) -> str:
        """The kind as a patient reads it."""
        return _SOURCE_KIND_WORDS[self]


class Seen(StrEnum):
    """How far we read a source; readers are told."""

    FULL = "full"
    ABSTRACT = "abstract"
    SUMMARY = "summary"

    @property
    def words(self) -> str:
        """What we read, as a patient reads it."""
        return _SEEN_WORDS[self]


class Role(StrEnum):
    """What the site does with a treatment.

    It explains the treatments it is about, topic by topic; an option is another
    thing a reader can do (licensed treatments, nothing), named beside them.
    """

    EXPLAINED = "explained"
    OPTION = "option"


ANY_PRODUCT = "any"
"""The product of a claim or position that speaks of the treatment as a whole."""

EFFECTS_IN_PEOPLE = frozenset({Kind.EFFECT, Kind.HARM, Kind.SUITABILITY})
"""Kinds of claim to which the design ceiling applies (method, section 2)."""

WEAK_DESIGNS = frozenset({SourceKind.SERIES, SourceKind.LABORATORY})
"""Kinds of source that support an effect in people as under investigation at best."""

_WORDS = {
    Level.PLAUSIBLE: "Plausible",
    Level.UNDER_INVESTIGATION: "Under investigation",
    Level.UNSUPPORTED: "Unsupported",
}

_REASON_WORDS = {
    Reason.NOT_STUDIED: "We found no study of it",
    Reason.NO_EFFECT_FOUND: "What was tested showed no gain",
    Reason.STUDIES_DISAGREE: "Studies disagree",
    Reason.CONTRADICTED: "What is known speaks against it",
    Reason.OVERSTATED: "It goes further than any source shows",
}

_TOPIC_WORDS = {
    Topic.MECHANISM: "How it is said to work",
    Topic.PROCESS: "What happens",
    Topic.CANDIDACY: "Who it might suit",
    Topic.SAFETY: "Safety and harms",
    Topic.FAQ: "Common questions",
}

_KIND_WORDS = {
    Kind.MECHANISM: "How it is said to work",
    Kind.EFFECT: "What it does for hair",
    Kind.HARM: "What can go wrong",
    Kind.SUITABILITY: "Who it suits",
    Kind.PRACTICE: "How it is done",
    Kind.LEGAL: "Law and approval",
}

_SOURCE_KIND_WORDS = {
    SourceKind.CLINIC: "Clinic",
    SourceKind.REVIEW: "Review",
    SourceKind.TRIAL: "Controlled trial",
    SourceKind.SERIES: "Case reports or uncontrolled series",
    SourceKind.LABORATORY: "Laboratory or animal study",
    SourceKind.REGULATOR: "Regulator or court",
    SourceKind.PROFESSIONAL_BODY: "Professional or patient body",
}

_SEEN_WORDS = {
    Seen.FULL: "We read it in full",
    Seen.ABSTRACT: "We read its abstract or opening only",
    Seen.SUMMARY: "We read only what others say about it",
}

_CAUTION = {
    Bearing.PROMISE: (Level.PLAUSIBLE, Level.UNDER_INVESTIGATION, Level.UNSUPPORTED),
    Bearing.WARNING: (Level.UNSUPPORTED, Level.UNDER_INVESTIGATION, Level.PLAUSIBLE),
}

_EXPLANATIONS = {
    (Bearing.PROMISE, Level.PLAUSIBLE): (
        "There is a sound reason, or early results in people, to expect this. It is not proven."
    ),
    (Bearing.PROMISE, Level.UNDER_INVESTIGATION): (
        "It is being studied. Nobody can rely on it yet."
    ),
    (Bearing.PROMISE, Level.UNSUPPORTED): (
        "There is no good evidence for this. Anyone who promises it overstates what is known."
    ),
    (Bearing.WARNING, Level.PLAUSIBLE): (
        "It has been reported, or is to be expected. Take it seriously."
    ),
    (Bearing.WARNING, Level.UNDER_INVESTIGATION): (
        "It is being looked into. Nobody can rule it out yet."
    ),
    (Bearing.WARNING, Level.UNSUPPORTED): ("Nothing we found backs this worry up."),
}


def caution(level: Level, bearing: Bearing) -> int:
    """Say how cautious a level is: 0 is the least cautious, 2 the most.

    For a promise doubt is caution; for a warning belief is (method, section 2).
    """
    return _CAUTION[bearing].index(level)


def label_words(level: Level, bearing: Bearing) -> str:
    """Give the label as printed: "Unsupported", or "Warning: plausible"."""
    return level.word if bearing is Bearing.PROMISE else f"Warning: {level.word.lower()}"


def label_modifier(level: Level, bearing: Bearing) -> str:
    """Name a label's shape: the level for a promise, one triangle for every warning."""
    return "warning" if bearing is Bearing.WARNING else level.value


def explanation(level: Level, bearing: Bearing) -> str:
    """Give the sentences a patient reads behind a label (method, sections 1 and 2)."""
    return _EXPLANATIONS[bearing, level]

"""What a reader sees of a verdict: a word, whose promise is judged, and the ground.

Worked out from the claim, never typed (method, section 1). On a page the verdict is a line of its
own under its claim; wherever words travel as plain text it is a sentence in brackets.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from explainer.evidence.adjudicate import Verdict
from explainer.evidence.claims import Claim, Position
from explainer.evidence.levels import Bearing, Finding, Ground, Level, SourceKind

WITHDRAWN = "Withdrawn"
LOOKED_INTO = frozenset({Finding.SUPPORTS, Finding.MIXED, Finding.NO_EFFECT, Finding.CONTRADICTS})
"""Findings of a source that studied the question, whatever came out."""
IN_PEOPLE = frozenset(SourceKind) - {
    SourceKind.CLINIC, SourceKind.LABORATORY, SourceKind.PRESS
}  # fmt: skip
OFFICIAL = frozenset({SourceKind.REGULATOR, SourceKind.PROFESSIONAL_BODY})
_RISKS = {
    Level.PLAUSIBLE: "Plausible risk",
    Level.UNDER_INVESTIGATION: "Risk under investigation",
    Level.UNSUPPORTED: "Unsupported risk",
}


@dataclass(frozen=True, slots=True)
class Label:
    """The face of a verdict; a promise is never shown, filtered or counted with a risk.

    `quotes` is True if the statement marks the words that somebody says, so that the label judges
    those; `ground` is None where the label stands for no single claim.
    """

    level: Level
    bearing: Bearing
    ground: Ground | None = None
    quotes: bool = False
    withdrawn: bool = False

    @property
    def word(self) -> str:
        if self.withdrawn:
            return WITHDRAWN
        return self.level.word if self.bearing is Bearing.PROMISE else _RISKS[self.level]

    @property
    def modifier(self) -> str:
        """Give its name in addresses, filters and the stylesheet."""
        return self.word.lower().replace(" ", "-")

    @property
    def anchor(self) -> str:
        return f"label-{self.modifier}"

    @property
    def opens(self) -> str:
        """Give where it is explained when the page at hand does not: the whole legend."""
        return f"/method/#{self.anchor}"

    @property
    def explanation(self) -> str:
        if self.withdrawn:
            return "We no longer stand by this sentence."
        spec = self.level.spec
        return spec.promise if self.bearing is Bearing.PROMISE else spec.warning

    @property
    def lead(self) -> str:
        return "This promise: " if self.quotes and not self.withdrawn else ""

    @property
    def verdict(self) -> str:
        """Give the word as it stands in the line, after the lead."""
        word = "Still under investigation" if self._is_open else self.word
        return word[0].lower() + word[1:] if self.lead else word

    @property
    def _is_open(self) -> bool:
        # Where it stands for no single claim there is nothing that goes on still.
        open_promise = (self.level, self.bearing) == (Level.UNDER_INVESTIGATION, Bearing.PROMISE)
        return open_promise and self.ground is not None and not self.withdrawn

    @property
    def reason(self) -> str:
        """Give the ground with the sign before it, and the full stop that ends the line."""
        if self.withdrawn or self.ground is None:
            return "."
        sign = ":" if self.verdict.startswith("Still") else ","
        return f"{sign} {self.ground.words}."

    @property
    def line(self) -> str:
        return f"{self.lead}{self.verdict}{self.reason}"

    @property
    def by_rule(self) -> str:
        """Say why it stands where no position decides: only sellers' words lead to it."""
        why = "those who say so sell it and show nothing"
        if self.bearing is Bearing.WARNING:
            why = "those who sell it say so themselves"
        return f"{self.word} by our rule: {why}."

    def asked(self, name: str) -> str:
        """Give what a link to the reasons is called, so that a list of links tells which claim."""
        return f"{self.verdict[0].upper()}{self.verdict[1:]}: why? {name}"

    def differs(self, other: "Label") -> bool:
        """True if a reader reads another verdict; what was stored without a ground fits any."""
        grounds = {self.ground, other.ground} - {None}
        return self.word != other.word or len(grounds) > 1

    @property
    def sentence(self) -> str:
        """Give the verdict as it follows its claim in plain text: a sentence in brackets."""
        return f"({self.line})"


def label_of(claim: Claim, verdict: Verdict) -> Label:
    ground = ground_of(claim, verdict.level)
    return Label(verdict.level, claim.bearing, ground, bool(claim.said), bool(claim.withdrawn))


def ground_of(claim: Claim, level: Level) -> Ground | None:
    """Say what a verdict rests on, from the findings of the claim's positions."""
    own = [position for position in claim.positions if not claim.borrows(position)]
    if claim.bearing is Bearing.WARNING:
        seen = any(position.finding is Finding.REPORTS for position in own)
        ground = Ground.SEEN if seen else Ground.EXPECTED
        return ground if level is Level.PLAUSIBLE else None
    if level is Level.UNSUPPORTED:
        return Ground(claim.reason) if claim.reason else None
    return _plausible(own) if level is Level.PLAUSIBLE else _open(own)


def _plausible(own: Sequence[Position]) -> Ground:
    if any(map(studied_in_people, own)):
        return Ground.EARLY_TRIALS
    official = any(position.source.kind in OFFICIAL for position in own)
    return Ground.GUIDANCE if official else Ground.THEORY


def _open(own: Sequence[Position]) -> Ground:
    studies = [position for position in own if studied_in_people(position)]
    looked = {position.finding for position in studies}
    # One study cannot differ; a review has several behind it.
    several = len(studies) > 1 or any(it.source.kind is SourceKind.REVIEW for it in studies)
    if several and (Finding.MIXED in looked or len(looked) > 1):
        return Ground.DIFFER
    planned = any(position.finding is Finding.PLANS for position in own)
    return Ground.RUNNING if planned and not looked else Ground.EARLY_STUDIES


def studied_in_people(position: Position) -> bool:
    return position.finding in LOOKED_INTO and position.source.kind in IN_PEOPLE


SCALE = tuple(Label(level, bearing) for bearing in Bearing for level in Level)
"""Every label that a claim can carry, promises first."""

_FIRST_WORDS = "|".join(
    [
        "This promise: ",
        "Still under",
        "On record: ",
        "Withdrawn record: ",
        WITHDRAWN,
        *(label.word for label in SCALE),
    ]
)
BRACKETED = rf"\((?:{_FIRST_WORDS})[^()]*\.\)"
"""The pattern of a label's sentence in plain text, as `Label.sentence` writes it."""

WITHDRAWN_LABEL = Label(Level.UNSUPPORTED, Bearing.PROMISE, withdrawn=True)

"""How positions become a label: the most cautious one decides.

Doubt promises, heed warnings. Order of positions never matters, one more position
never makes a claim less cautious, and promise and warning are mirror images; the tests
hold all three as properties.
"""

from dataclasses import dataclass

from explainer.evidence.claims import Claim, Position
from explainer.evidence.levels import Level, Worded, caution, denies, supports
from explainer.text.problems import Refused


class Agreement(Worded):
    """How the sources of a claim stand to each other."""

    ONE_SOURCE = "one-source", "Only one source speaks to this."
    AGREE = "agree", "Each source alone would lead to the same label."
    DIFFER = "differ", "The sources differ in how sure one can be."
    CONFLICT = "conflict", "The sources conflict."


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label of a claim: `level` is what the reader sees, `adjudicated` what positions give.

    `deciding` are the positions that decided. A seller's word never does; if only such
    words lead to the level, none decides and the label goes by our rule.
    """

    level: Level
    adjudicated: Level
    deciding: tuple[Position, ...]
    agreement: Agreement

    @property
    def overridden(self) -> bool:
        return self.level is not self.adjudicated


def adjudicate(claim: Claim) -> Verdict:
    """Decide the level of a claim from its positions and its override.

    Raises `Refused` if the override is less cautious than the positions, or the reason does not
    go with the level.
    """
    levels = {position.level for position in claim.positions}
    adjudicated = max(levels, key=lambda level: caution(level, claim.bearing))
    level = adjudicated if claim.level is None else claim.level
    if caution(level, claim.bearing) < caution(adjudicated, claim.bearing):
        message = f"'{level}' is less cautious than '{adjudicated}', which the positions give."
        cure = "An override may only be more cautious."
        params = {"level": level, "adjudicated": adjudicated}
        raise Refused("level", f"{message} {cure}", "override-less-cautious", params)
    if (level is Level.UNSUPPORTED) != (claim.reason is not None):
        raise _reason_refused(level)
    deciding = tuple(
        position
        for position in claim.positions
        if position.level is adjudicated and not position.is_sellers_word
    )
    return Verdict(level, adjudicated, deciding, agreement(claim.positions))


def agreement(positions: tuple[Position, ...]) -> Agreement:
    """Say how positions stand: in conflict if one supports what another denies."""
    if len({p.source.key for p in positions}) == 1:
        return Agreement.ONE_SOURCE
    levels = {p.level for p in positions}
    if len(levels) == 1:
        return Agreement.AGREE
    if any(map(supports, levels)) and any(map(denies, levels)):
        return Agreement.CONFLICT
    return Agreement.DIFFER


def _reason_refused(level: Level) -> Refused:
    if level is Level.UNSUPPORTED:
        reasons = "not-studied, no-effect-found, studies-disagree, contradicted or overstated"
        message = f"The level is 'unsupported', so 'reason' is needed: {reasons}."
        return Refused("reason", message, "reason-needed")
    message = f"The level is '{level}', so 'reason' does not apply. Take it out."
    return Refused("reason", message, "reason-not-applicable", {"level": level})

"""The nouns of the method: source, position, claim.

Frozen, and they check themselves when made, so nobody re-checks later. What
the method forbids (sections 2 and 5) raises `Refused` with field and cure.
"""

import re
from dataclasses import dataclass, field

from explainer.evidence.levels import (
    ANY_PRODUCT,
    EFFECTS_IN_PEOPLE,
    WEAK_DESIGNS,
    Bearing,
    Kind,
    Level,
    Reason,
    Seen,
    SourceKind,
    Topic,
    supports,
)
from explainer.evidence.problems import Refused

CLAIM_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
"""Form of a claim's key: treatment, slash, slug."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that takes positions. Not our opinion of it: that is its appraisal."""

    key: str
    title: str
    kind: SourceKind
    seen: Seen
    sells_treatment: bool = False

    @property
    def is_independent(self) -> bool:
        return self.kind is not SourceKind.CLINIC and not self.sells_treatment


@dataclass(frozen=True, slots=True)
class Position:
    """What one source says about one claim.

    `level` is the level that the source's own wording or findings support
    ; `says` is one sentence in our words; `product`
    is what the source speaks about.
    """

    source: Source
    level: Level
    says: str
    product: str = ANY_PRODUCT

    def __post_init__(self) -> None:
        if not self.says.strip():
            message = f"'{self.source.key}' says nothing. Write one sentence."
            raise Refused("says", message, "position-silent", {"source": self.source.key})


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about a treatment, with everything that decides its label.

    `key` is treatment/slug; `statement` passes the quote test; `level` with
    `level_reason` is an editor's override towards caution; `reason` says why an
    unsupported claim is so; `ask` is what a reader can ask a clinic about it.
    The resulting level is not here: `adjudicate` gives it.
    """

    key: str
    statement: str
    topic: Topic
    kind: Kind
    bearing: Bearing
    positions: tuple[Position, ...]
    product: str = ANY_PRODUCT
    reason: Reason | None = None
    level: Level | None = None
    level_reason: str = ""
    would_change: str = ""
    ask: str = ""
    withdrawn: str = field(default="")

    def __post_init__(self) -> None:
        if not CLAIM_KEY.fullmatch(self.key):
            message = f"'{self.key}' is not treatment/slug in lower case letters."
            raise Refused("key", message, "claim-key-malformed", {"key": self.key})
        if not self.statement.strip():
            message = "The statement is empty. Write one whole sentence."
            raise Refused("statement", message, "statement-empty")
        if not self.positions:
            message = "No source takes a position. Add at least one."
            raise Refused("positions", message, "positions-missing")
        if (self.level is None) != (not self.level_reason.strip()):
            message = "'level' and 'level_reason' go together: give both or neither."
            raise Refused("level", message, "override-incomplete")
        if self.kind is Kind.LEGAL:
            self._check_legal()
        for position in self.positions:
            self._check_ceilings(position)

    @property
    def treatment(self) -> str:
        return self.key.partition("/")[0]

    @property
    def slug(self) -> str:
        return self.key.partition("/")[2]

    def borrows(self, position: Position) -> bool:
        """True if the position is about another product than this claim's."""
        return position.product != self.product and ANY_PRODUCT not in (
            position.product,
            self.product,
        )

    def _check_legal(self) -> None:
        # Section 3: law and approval are warnings, and a regulator must stand behind them.
        if self.bearing is not Bearing.WARNING:
            message = "A claim of kind 'legal' has the bearing 'warning'."
            raise Refused("bearing", message, "legal-not-warning")
        if not any(p.source.kind is SourceKind.REGULATOR for p in self.positions):
            message = "A claim of kind 'legal' needs a regulator as a source."
            raise Refused("positions", message, "regulator-missing")

    def _check_ceilings(self, position: Position) -> None:
        # Ceilings bind promises only: for a warning they would make the site less
        # cautious, and one credible report of harm is enough.
        if self.bearing is Bearing.WARNING or not supports(position.level):
            return
        cure = "Use 'under-investigation' or 'unsupported'."
        if self.kind in EFFECTS_IN_PEOPLE and position.source.kind in WEAK_DESIGNS:
            raise Refused(
                "positions",
                f"'{position.source.key}' is of kind '{position.source.kind}' and cannot make "
                f"an effect in people '{position.level}'. {cure}",
                "design-ceiling",
                {"source": position.source.key, "kind": position.source.kind},
            )
        if self.borrows(position):
            raise Refused(
                "positions",
                f"'{position.source.key}' speaks of '{position.product}', the claim of "
                f"'{self.product}': borrowed evidence cannot make it '{position.level}'. {cure}",
                "borrowed-ceiling",
                {"source": position.source.key, "product": position.product},
            )

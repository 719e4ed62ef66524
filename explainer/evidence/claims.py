"""The nouns of the method: source, position, claim. What it forbids raises `Refused`."""

import re
from dataclasses import dataclass

from explainer.evidence.levels import (
    ANY_PRODUCT,
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
# The design ceiling: such sources support an effect in people as under investigation at best.
EFFECTS_IN_PEOPLE = frozenset({Kind.EFFECT, Kind.HARM, Kind.SUITABILITY})
WEAK_DESIGNS = frozenset({SourceKind.SERIES, SourceKind.LABORATORY})


@dataclass(frozen=True, slots=True)
class Source:
    """A document that takes positions. Not our opinion of it: that is its appraisal."""

    key: str
    title: str
    kind: SourceKind
    seen: Seen
    sells_treatment: bool = False
    publisher: str = ""

    @property
    def is_independent(self) -> bool:
        return self.kind is not SourceKind.CLINIC and not self.sells_treatment


@dataclass(frozen=True, slots=True)
class Position:
    """What one source says about one claim.

    `level` is what the source's own wording or findings support; `says` is one sentence in our
    words; `product` is what the source speaks about.
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
class Record:
    """What was done, by `who` and when (2026-11-20), as a source shows it; it has no label."""

    key: str
    statement: str
    source: Source
    who: str
    date: str
    withdrawn: str = ""

    def __post_init__(self) -> None:
        for field in ("statement", "who", "date"):
            if not getattr(self, field).strip():
                message = f"The {field} of the record '{self.key}' is empty. Write it."
                raise Refused(field, message, f"{field}-empty")

    @property
    def mark(self) -> str:
        return f"{'Withdrawn' if self.withdrawn else 'On'} record: {self.who}, {self.date[:4]}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about a treatment, with everything that decides its label.

    `key` is treatment/slug; `level` with `level_reason` is an editor's override towards caution;
    `reason` says why an unsupported claim is so; `wordings` are other sentences for the same.
    `adjudicate` gives the resulting level.
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
    wordings: tuple[str, ...] = ()
    would_change: str = ""
    ask: str = ""
    withdrawn: str = ""

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
        products = {position.product, self.product}
        return len(products) == 2 and ANY_PRODUCT not in products

    def _check_legal(self) -> None:
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
        key, kind = position.source.key, position.source.kind
        cure = f"'{position.level}'. Use 'under-investigation' or 'unsupported'."
        if self.kind in EFFECTS_IN_PEOPLE and kind in WEAK_DESIGNS:
            message = f"'{key}' is of kind '{kind}' and cannot make an effect in people {cure}"
            raise Refused("positions", message, "design-ceiling", {"source": key, "kind": kind})
        if self.borrows(position):
            message = f"'{key}' speaks of '{position.product}', the claim of '{self.product}'"
            message = f"{message}: borrowed evidence cannot make it {cure}"
            params = {"source": key, "product": position.product}
            raise Refused("positions", message, "borrowed-ceiling", params)

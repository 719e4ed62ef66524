"""The nouns of the method: source, position, claim. What it forbids raises `Refused`."""

import re
from dataclasses import dataclass

from explainer.evidence.levels import (
    ANY_PRODUCT,
    Bearing,
    Finding,
    Kind,
    Level,
    Reason,
    Seen,
    SourceKind,
    Topic,
    denies,
    supports,
)
from explainer.text.problems import Refused

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
    words; `product` is what the source speaks about; `finding` what it did to find out.
    """

    source: Source
    level: Level
    says: str
    product: str = ANY_PRODUCT
    finding: Finding = Finding.ASSERTS

    @property
    def told(self) -> str:
        """Say what its source did: of a seller that it shows nothing, of others only if they do."""
        if self.finding is not Finding.ASSERTS or not self.source.is_independent:
            return self.finding.words
        return "Doubts it" if denies(self.level) else "Says so, with no study of its own"

    @property
    def is_sellers_word(self) -> bool:
        """True if somebody who sells the treatment says so and shows nothing."""
        return self.finding is Finding.ASSERTS and not self.source.is_independent

    def __post_init__(self) -> None:
        if not self.says.strip():
            message = f"'{self.source.key}' says nothing. Write one sentence."
            raise Refused("says", message, "position-silent", {"source": self.source.key})


def unmarked(statement: str) -> tuple[str, tuple[str, ...]]:
    """Part a statement as it is written from the words it marks as said: `*...*`."""
    pieces = statement.split("*")
    if len(pieces) % 2 == 0:
        message = "A '*' opens the words that somebody says and none closes them. Add it, or "
        raise Refused("statement", f"{message}take it out.", "said-not-closed")
    return "".join(pieces), tuple(filter(None, pieces[1::2]))


@dataclass(frozen=True, slots=True)
class Record:
    """What was done, by `who` and when (2026-11-20), as a source shows it; it has no label.

    `name` says in a few words what it is about, for names of links; it may be empty.
    """

    key: str
    statement: str
    source: Source
    who: str
    date: str
    withdrawn: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        for field in ("statement", "who", "date"):
            if not getattr(self, field).strip():
                message = f"The {field} of the record '{self.key}' is empty. Write it."
                raise Refused(field, message, f"{field}-empty")

    @property
    def mark(self) -> str:
        return f"{'Withdrawn' if self.withdrawn else 'On'} record: {self.who}, {self.date[:4]}"


def pieces_of(statement: str) -> list[tuple[str, bool]]:
    """Part a statement as it is written into what we say (False) and what somebody says (True)."""
    pieces = enumerate(statement.split("*"))
    return [(words, place % 2 == 1) for place, words in pieces if words]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about a treatment, with everything that decides its label.

    `key` is treatment/slug, `name` at most five words for lists and titles; `said` are the words
    within the statement that somebody says; `level` with `level_reason` is an editor's override
    towards caution; `reason` says why an unsupported claim is so; `wordings` are other sentences
    for the same; `twin` is the key of the same question about another treatment; `looked_for` what
    we searched for, if it rests on absence. `adjudicate` gives the resulting level.
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
    name: str = ""
    said: tuple[str, ...] = ()
    twin: str = ""
    differs_because: str = ""
    looked_for: str = ""
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
        for position in self.positions:
            self._check_ceilings(position)

    @property
    def treatment(self) -> str:
        return self.key.partition("/")[0]

    @property
    def slug(self) -> str:
        return self.key.partition("/")[2]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """Part the statement into what we say (False) and what somebody says (True)."""
        parted, rest = [], self.statement
        for words in self.said:
            before, _, rest = rest.partition(words)
            parted += [(before, False), (words, True)]
        return [(words, said) for words, said in (*parted, (rest, False)) if words]

    def borrows(self, position: Position) -> bool:
        """True if the position is about another product than this claim's."""
        products = {position.product, self.product}
        return len(products) == 2 and ANY_PRODUCT not in products

    def discounts(self, position: Position) -> bool:
        """True of a seller's word for a promise: it carries no label of its own."""
        return self.bearing is Bearing.PROMISE and position.is_sellers_word

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

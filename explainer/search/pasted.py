"""What the register says about a text that a reader pasted: nothing of it is kept or written down.

Which words mean which claim is told by `text.matching`; here the text is marked, and what stands
beside it gathered. What is not found is no all-clear, and what is found no verdict on a clinic.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.text import Truncator

from explainer.evidence.claims import CLAIM_KEY
from explainer.evidence.labels import Label
from explainer.evidence.levels import Bearing, Level
from explainer.search import shares
from explainer.search.first_pages import First
from explainer.search.found_claims import FoundClaim, Names, by_key, chief_risks
from explainer.search.index import Index
from explainer.text import matching
from explainer.text.normal_form import STOP_WORDS, stems_of

LONGEST = 20_000
"""Characters of a text that is checked."""
MOST_CLAIMS = 80
"""Claims that an address may list."""
LONGEST_QUOTE = 120
WORDS_IN_BRIEF = 8
NAMES = ((Bearing.PROMISE, "promise"), (Bearing.WARNING, "risk"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text; `numbers` of the claims it is marked for, and the `label` of the first."""

    text: str
    numbers: tuple[int, ...] = ()
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, its number in the text, and each (what the text says, what is close to it).

    The second is empty where it differs from the first in nothing but order and endings.
    """

    number: int
    claim: FoundClaim
    said: tuple[tuple[str, str], ...] = ()

    @property
    def brief(self) -> str:
        """Give the first words that the text says it in, or, without a text, the claim's name."""
        return Truncator(self.said[0][0]).words(WORDS_IN_BRIEF) if self.said else self.claim.name


@dataclass(frozen=True, slots=True)
class Result:
    """All that is told of a text, or of a list of claims, which has no pieces.

    `left_out` are known risks of the treatments at hand that were not found, by treatment; `named`
    the treatments that the text names; `first` the pages that start from the person it tells of;
    `shares` its numbers in a hundred that no claim of ours has.
    """

    pieces: tuple[Piece, ...]
    found: tuple[Found, ...]
    left_out: Mapping[str, Sequence[FoundClaim]]
    named: frozenset[str] = frozenset()
    first: tuple[First, ...] = ()
    shares: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Say how many promises and how many risks were found; they are never added up."""
        numbers = ((sum(f.claim.label.bearing is b for f in self.found), n) for b, n in NAMES)
        told = " and ".join(f"{n} {name}{'s' * (n > 1)}" for n, name in numbers if n)
        return f"{told} found" if told else "No promise here that we know"

    @property
    def summary(self) -> list[tuple[str, list[tuple[int, Label, int]]]]:
        """Give promises, then risks: of each label how many there are, and the first's number."""
        return [(f"{name.title()}s", by) for b, name in NAMES if (by := list(self._by_label(b)))]

    def _by_label(self, bearing: Bearing) -> Iterator[tuple[int, Label, int]]:
        of: dict[Level, list[Found]] = {}
        for found in self.found:
            if found.claim.label.bearing is bearing:
                of.setdefault(found.claim.label.level, []).append(found)
        for same in sorted(of.values(), key=len, reverse=True):
            yield len(same), same[0].claim.label, same[0].number

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found.claim.ask for found in self.found if found.claim.ask))

    @property
    def names_risk(self) -> bool:
        return any(found.claim.is_risk for found in self.found)

    @property
    def address(self) -> str:
        """Give where the same claims can be seen again, without the text."""
        keys = [found.claim.key for found in self.found][:MOST_CLAIMS]
        return f"/check/?{urlencode({'claims': ' '.join(keys)}, safe='/')}" if keys else ""


def check(text: str, group: str, index: Index, names: Names) -> Result:
    """Hold a text against all claims; `group` is the treatment it is about, if the reader says."""
    matches = matching.find(index.book, text, group)
    claims = by_key((match.key for match in matches), names)
    matches = [match for match in matches if match.key in claims]
    numbers = {key: number for number, key in enumerate(claims, 1)}
    found = tuple(
        Found(numbers[key], claim, tuple(_said(text, [m for m in matches if m.key == key])))
        for key, claim in claims.items()
    )
    named = {group} if group else matching.named(index.book, text)
    pieces = tuple(_pieces(text, matches, claims, numbers))
    told = ("".join(words for words, _ in claim.pieces) for claim in claims.values())
    return replace(
        _result(pieces, found, named, names),
        named=frozenset(named),
        first=index.first(text),
        shares=shares.asked(text, told, index.book),
    )


def listed(keys: Iterable[str], names: Names) -> Result:
    """Show claims that an address lists; keys that nobody knows are left out."""
    # PostgreSQL refuses what no key can hold.
    known = [key for key in keys if CLAIM_KEY.fullmatch(key)]
    claims = by_key(known[:MOST_CLAIMS], names)
    found = tuple(Found(number, claim) for number, claim in enumerate(claims.values(), 1))
    return _result((), found, set(), names)


def _result(
    pieces: tuple[Piece, ...], found: tuple[Found, ...], named: set[str], names: Names
) -> Result:
    at_hand = named or {one.claim.group for one in found}
    known = {one.claim.key for one in found}
    left_out = {
        name: [risk for risk in chief_risks(key, names) if risk.key not in known]
        for key, name in names.items()
        if key in at_hand
    }
    return Result(pieces, found, {name: risks for name, risks in left_out.items() if risks})


def _said(text: str, matches: Iterable[matching.Match]) -> Iterator[tuple[str, str]]:
    told: dict[str, tuple[str, str]] = {}
    for match in matches:
        words = " ".join(text[match.start : match.end].split())
        if len(words) > LONGEST_QUOTE:
            words = f"{words[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
        close = "" if _sense(words) == _sense(match.phrase) else match.phrase
        told.setdefault(words.lower(), (words, close))
    yield from told.values()


def _sense(words: str) -> set[str]:
    return set(stems_of(words)) - STOP_WORDS


def _pieces(
    text: str,
    matches: Sequence[matching.Match],
    claims: Mapping[str, FoundClaim],
    numbers: Mapping[str, int],
) -> Iterator[Piece]:
    """Cut a text at its marks; marks that overlap become one."""
    done = 0
    for start, end, keys in _joined(matches):
        if start > done:
            yield Piece(text[done:start])
        in_order = sorted(keys, key=lambda key: numbers[key])
        marks = tuple(numbers[key] for key in in_order)
        yield Piece(text[start:end], marks, claims[in_order[0]].label)
        done = end
    if done < len(text):
        yield Piece(text[done:])


def _joined(matches: Iterable[matching.Match]) -> list[tuple[int, int, set[str]]]:
    joined: list[tuple[int, int, set[str]]] = []
    for match in sorted(matches, key=lambda match: (match.start, match.end)):
        if joined and match.start < joined[-1][1]:
            start, end, keys = joined[-1]
            joined[-1] = (start, max(end, match.end), keys | {match.key})
        else:
            joined.append((match.start, match.end, {match.key}))
    return joined

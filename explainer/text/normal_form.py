"""The normal form of words: what a seller, a patient and a claim say in other words is one.

Case, marks and endings go, synonyms become one word, a number with its unit loses its value, and a
word that is denied carries a mark: "painless", "no pain" and "does not hurt" are alike, "it hurts"
is not. Each word knows where it stands in the text that was given.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from explainer.text.tokens import Token, stem, tokens

LONGEST_VARIANT = 6
"""Words that a synonym may have."""
REACH = 6
"""Words after a "no" that it denies."""
LONGEST_LIST = 5
"""Parts of "without pain, scars or downtime" that one "no" may deny."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("zero", "one once single a", "two twice couple both", "three thrice", "four", "five",
         "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
}  # fmt: skip
_UNITS = {
    **{unit: unit for unit in ("session", "week", "month", "hour", "day", "year", "percent")},
    "treatment": "session", "minut": "minute",
}  # fmt: skip
_BETWEEN = frozenset({"to", "or", "and", "until", "till"})
_BEFORE_UNIT = frozenset({"more", "short", "week", "month", "full", "further", "per"})
FEW, COUNTED = 2, "n-"  # so begins a number with its unit

PROBLEMS = frozenset({"issu", "problem", "concern", "worri"})
BACK = 6
"""Words before "is not a problem" that it denies."""
NEGATORS = frozenset(
    ("no", "not", "never", "without", "zero", "hardly", "nobody", "none", "neither", "nor",
     "nothing", "barely", "scarcely", "avoid", "goodbye", "bye", "farewell")
)  # fmt: skip
_NOT_DENIED = frozenset({"only", "just", "mere", "doubt", "matter", "wonder", "longer"})
"""After "not" or "no" these deny nothing: "not only painless"."""
_STOP_WORDS = """
    a about above across after again all almost also am an and any anything are around as at away
    be because been being below between both but by came can come comes could did do does
    doing down during each either else ever every few for from further get gets getting give given
    gives go goes going got had has have having he her here hers him his how however i if in into
    is it its itself just know let lets like ll made make makes many may me might mine more most
    much must my need needs now of off on once one only onto or other our ours out over own
    perhaps quite rather re really s same say says she should simply since so some something
    still such t take takes than that the their theirs them then there these they thing things this
    those though through to too toward towards truly two under until up upon us use used using
    usually ve very via want was way we well were what when whether which while whom
    why will with within would yes yet you your yours yourself
    """
STOP_WORDS = frozenset(_STOP_WORDS.split())
_AS_WRITTEN = STOP_WORDS | NEGATORS


class Word(NamedTuple):
    """A word in normal form: where it stands, whether it is denied there, and since which "no"."""

    stem: str
    start: int
    end: int
    denied: bool = False
    since: int = -1

    @property
    def span(self) -> tuple[int, int]:
        """Give where the word stands, with the "no" that denies it."""
        return (self.start if self.since < 0 else self.since, self.end)


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Which words stand for which: by first stem the variants, the longest first.

    A variant is a row of stems, the word it becomes, and whether it denies that word, as
    "painless" denies pain.
    """

    variants: Mapping[str, Sequence[tuple[tuple[str, ...], str, bool]]]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Iterable[str]]]) -> "Synonyms":
        """Build from rows of a word and its variants; "!pain" means that they deny pain."""
        by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        for word, variants in rows:
            head = word.removeprefix("!")
            for variant in (*variants, *(() if head != word else (head,))):
                if stems := stems_of(variant):
                    by_first.setdefault(stems[0], []).append((stems, head, head != word))
        for found in by_first.values():
            found.sort(key=lambda variant: -len(variant[0]))
        return cls(by_first)

    @property
    def words(self) -> set[str]:
        """Give the stems of all variants."""
        return {stem for found in self.variants.values() for row, _, _ in found for stem in row}

    def at(self, stems: Sequence[str], place: int) -> tuple[int, str, bool]:
        """Give how many stems from a place on are a variant, what of, and whether it denies it."""
        for row, head, denies in self.variants.get(stems[place], ()):
            if tuple(stems[place : place + len(row)]) == row:
                return len(row), head, denies
        return 0, "", False


def stems_of(words: str) -> tuple[str, ...]:
    return tuple(stem(token.text) for token in tokens(words) if token.text)


def normal_form(found: Sequence[Token], synonyms: Synonyms) -> list[Word]:
    """Give the words of one sentence in normal form, without stop words."""
    words = _looked_back(_with_units(_replaced(found, synonyms)))
    return [
        word
        for word in _marked(words)
        if word.stem not in STOP_WORDS and not (word.stem[:1].isdecimal() and _is_number(word.stem))
    ]


def words_of(text: str, synonyms: Synonyms) -> list[Word]:
    """Give a text of one sentence, such as a phrase or a query, in normal form."""
    return normal_form(tokens(text), synonyms)


def _is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word) is not None


@dataclass(slots=True)
class _Piece:
    stem: str
    start: int
    end: int
    denied: bool = False
    cut: str = ""
    text: str = ""


def _replaced(found: Sequence[Token], synonyms: Synonyms) -> list[_Piece]:
    stems = [stem(token.text) for token in found]
    pieces, place = list[_Piece](), 0
    while place < len(found):
        token = found[place]
        if token.text and stems[place] in synonyms.variants:
            length, head, denies = synonyms.at(stems, place)
            if length:
                last = found[place + length - 1]
                pieces.append(_Piece(head, token.start, last.end, denies))
                place += length
                continue
        word = token.text if token.text in _AS_WRITTEN else stems[place]
        pieces.append(_Piece(word, token.start, token.end, False, token.cut, token.text))
        place += 1
    return pieces


def _with_units(pieces: list[_Piece]) -> list[_Piece]:
    """Make one word of a number and its unit: "6 to 8 sessions" and "ten visits" are alike."""
    made, place = list[_Piece](), 0
    while place < len(pieces):
        piece = pieces[place]
        # Asked of hardly any word, for there are millions.
        if piece.text in _NUMBERS or piece.text[:1].isdecimal():
            length, word = _number_at(pieces, place)
            if length:
                made.append(_Piece(word, piece.start, pieces[place + length - 1].end))
                place += length
                continue
        made.append(piece)
        place += 1
    return made


def _number_at(pieces: Sequence[_Piece], place: int) -> tuple[int, str]:
    value = _value(pieces[place])
    if value is None:
        return 0, ""
    at = place + 1
    if at + 1 < len(pieces) and pieces[at].stem in _BETWEEN | {"in", "out"}:
        share = pieces[at].stem in ("in", "out")
        at += 2 if pieces[at].stem == "out" and pieces[at + 1].stem == "of" else 1
        second = _value(pieces[at]) if at < len(pieces) else None
        if share:
            return (at + 1 - place, "percent") if second is not None and second >= FEW else (0, "")
        if second is None:
            return 0, ""
        value, at = max(value, second), at + 1
    elif at < len(pieces) and (second := _value(pieces[at])) is not None:
        value, at = max(value, second), at + 1  # the hyphen of "6-8" is gone
    if at + 1 < len(pieces) and pieces[at].stem in _BEFORE_UNIT and pieces[at + 1].stem in _UNITS:
        at += 1
    unit = _UNITS.get(pieces[at].stem) if at < len(pieces) else None
    if unit is None:
        return 0, ""
    few = unit == "session" and value <= FEW
    return (
        at + 1 - place,
        "few-session" if few else "percent" if unit == "percent" else COUNTED + unit,
    )


def _value(piece: _Piece) -> float | None:
    if _NUMBER.fullmatch(piece.text):
        return float(piece.text[:9])
    return _NUMBERS.get(piece.text) if piece.text != "a" else None


def _looked_back(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Deny what is "not a problem": the words before it, back to the pause."""
    for place, piece in enumerate(pieces):
        if piece.stem in PROBLEMS and any(
            p.text in NEGATORS for p in pieces[max(place - 2, 0) : place]
        ):
            for before in reversed(pieces[max(place - BACK, 0) : max(place - 2, 0)]):
                if before.cut:
                    break
                before.denied = not before.denied
    return list(pieces)


def _marked(pieces: Sequence[_Piece]) -> Iterable[Word]:
    left, since = 0, -1
    for place, piece in enumerate(pieces):
        if piece.cut:
            left = REACH if left and piece.cut == "," and _lists_on(pieces, place) else 0
            continue
        if piece.text in NEGATORS:
            after = pieces[place + 1].stem if place + 1 < len(pieces) else ""
            left, since = (0 if after in _NOT_DENIED else REACH), piece.start
            continue
        reached = left > 0
        yield Word(
            piece.stem, piece.start, piece.end, piece.denied != reached, since if reached else -1
        )
        left -= reached


def _lists_on(pieces: Sequence[_Piece], comma: int) -> bool:
    """Say if the parts after a comma go on with what was denied: "no pain, scars or downtime"."""
    parts, length = 1, 0
    for piece in pieces[comma + 1 :]:
        if piece.cut == ",":
            parts, length = parts + 1, 0
        elif piece.text in ("or", "nor"):
            return True
        else:
            length += 1
        if piece.cut == ";" or length > 3 or parts > LONGEST_LIST or piece.text in NEGATORS:
            return False
    return False

"""What differs between two states of the same words, and how two people's changes go together.

Nothing is lost: the pieces of a difference join up to both texts, and a merge that cannot decide
keeps both. Reads no row and writes none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Any

from explainer.kinds import Kind
from explainer.kinds.schema import Entries, Fields

LINES = 4_000
"""Lines of a text that are still matched line by line; more are shown as replaced."""
TOKENS = 3_000
"""Fields and signs of one changed passage that are still matched one by one."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class PieceKind(StrEnum):
    """Where a piece of text stands: in both texts, in the older alone, in the newer alone."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is wholly in both texts or in one of them."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field that differs; a position is a field of its own ("positions/SOURCE/PRODUCT")."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people changed differently; None is a position that one took out.

    `base` is what both began from, None if that is not known.
    """

    name: str
    label: str
    mine: Any
    theirs: Any
    base: Any = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two people's words put together; `words` holds mine where both changed the same field."""

    words: Fields
    conflicts: tuple[Conflict, ...]


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts word by word.

    The same and gone pieces join up to `before`, the same and new ones to `after`.
    """
    lines = _matched(before.splitlines(keepends=True), after.splitlines(keepends=True), LINES)
    return tuple(_joined(piece for gone, new in lines for piece in _words(gone, new)))


def field_diffs(before: Fields, after: Fields, kind: Kind | None = None) -> tuple[FieldDiff, ...]:
    """Compare two states of the same words, field by field; gives what differs alone.

    Fields are named and codes spelt out as the kind's schema says; without a kind, as they stand.
    """
    was, now = flat(before), flat(after)
    diffs = []
    for name in was | now:
        texts = display(kind, name, was.get(name)), display(kind, name, now.get(name))
        if texts[0] != texts[1]:
            diffs.append(FieldDiff(name, label(kind, name), word_diff(*texts)))
    places = [[name for name in names if name.startswith(POSITION)] for names in (was, now)]
    if places[0] != places[1] and sorted(places[0]) == sorted(places[1]):
        orders = ("\n".join(label(kind, name) for name in names) for names in places)
        diffs.append(FieldDiff("positions", "Order of the positions", word_diff(*orders)))
    return tuple(diffs)


def merge(kind: Kind, base: Fields | None, mine: Fields, theirs: Fields) -> Merge:
    """Put two people's changes to the same words together, field by field.

    `base` is what both began from; without it every difference is a conflict. A field
    that is missing in `mine` was not offered to me, so I did not change it.
    """
    started, ours, other = flat(base or {}), flat({**theirs, **mine}), flat(theirs)
    merged: dict[str, Any] = {}
    conflicts = []
    # Whoever moved positions about has their order.
    for name in other | ours if list(ours) == list(started) else ours | other:
        a, b = ours.get(name), other.get(name)
        merged[name] = a if a is not None else b
        if a == b:
            continue
        if base is not None and a == started.get(name):
            merged[name] = b
        elif base is not None and b == started.get(name):
            merged[name] = a
        else:
            conflicts.append(Conflict(name, label(kind, name), a, b, started.get(name)))
    words = {name: value for name, value in merged.items() if not name.startswith(POSITION)}
    if "positions" in theirs:
        rest = (value for name, value in merged.items() if name.startswith(POSITION))
        words["positions"] = [value for value in rest if value is not None]
    return Merge(words, tuple(conflicts))


ABOUT = {"note": "What changed and why", "correction": "Corrects a mistake"}
"""What staff call what an author says about the change itself."""


def label(kind: Kind | None, name: str) -> str:
    if name.startswith(POSITION):
        _, source, product, *again = name.split("/")
        of = f"Position of {source or 'no source yet'}" + (f" about {product}" if product else "")
        return f"{of} ({again[0]})" if again else of
    if name in ABOUT:
        return ABOUT[name]
    return kind.field_label(name) if kind else name.replace("_", " ").capitalize()


def display(kind: Kind | None, name: str, value: Any) -> str:
    field = kind.field("positions" if name.startswith(POSITION) else name) if kind else None
    if field is None or value is None:
        return _plain(value)
    if isinstance(value, dict) and isinstance(field.type, Entries):
        return field.type.display_entry({key: value.get(key) for key in ("level", "says")})
    return field.type.display(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "\n".join(f"{key}: {item}" for key, item in value.items())
    if isinstance(value, list | tuple):
        pairs = (item if isinstance(item, list | tuple) else (item,) for item in value)
        return "\n".join(": ".join(map(str, pair)) for pair in pairs)
    return "" if value is None else str(value)


POSITION = "positions/"
"""What the name of a position begins with, where positions stand as fields of their own."""


def flat(words: Fields) -> dict[str, Any]:
    """Give words with each position as a field of its own, named by source and product.

    A draft may hold the same pair twice; the second is told apart by a number.
    """
    found: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for name, value in words.items():
        if name != "positions" or not isinstance(value, list):
            found[name] = value
            continue
        for position in value:
            key = f"{POSITION}{position['source']}/{position['product']}"
            seen[key] += 1
            found[key if seen[key] == 1 else f"{key}/{seen[key]}"] = position
    return found


def _words(gone: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if gone == new:
        yield Piece(PieceKind.SAME, "".join(gone))
        return
    before, after = _TOKEN.findall("".join(gone)), _TOKEN.findall("".join(new))
    for some, others in _matched(before, after, TOKENS):
        if some == others:
            yield Piece(PieceKind.SAME, "".join(some))
        else:
            yield Piece(PieceKind.GONE, "".join(some))
            yield Piece(PieceKind.NEW, "".join(others))


def _matched(
    before: list[str], after: list[str], limit: int
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Cut two lists into passages that are equal or stand for each other.

    The matcher's time grows with the square of what it is given, so what both begin
    and end with is cut off first, and lists above the limit are one passage.
    """
    first = _shared(before, after)
    rest, others = before[first:], after[first:]
    last = _shared(rest[::-1], others[::-1])
    a, b = rest[: len(rest) - last], others[: len(others) - last]
    yield before[:first], after[:first]
    if max(len(a), len(b)) > limit:
        yield a, b
    else:
        # Spaces join what is around them; they are nothing to hold on to.
        matcher = SequenceMatcher(str.isspace, a, b)
        for _, start, end, begin, stop in matcher.get_opcodes():
            yield a[start:end], b[begin:stop]
    yield rest[len(rest) - last :], others[len(others) - last :]


def _shared(these: Sequence[str], others: Sequence[str]) -> int:
    pairs = enumerate(zip(these, others, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(these), len(others)))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for kind, group in groupby((p for p in pieces if p.text), key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))

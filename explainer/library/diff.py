"""What differs between two states of the same words, and how two people's changes go together.

Plain functions over text and `Words`; reads no row and writes none (requirements D1
and D9). Whatever is compared, nothing is lost: the pieces of a difference join up
to both texts, and a merge that cannot decide keeps both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Any

from explainer.evidence.levels import Kind, Level, Reason, Seen, SourceKind, Topic
from explainer.library.words import Words

LINES = 4_000
"""Lines of a text that are still matched line by line; more are shown as replaced."""

TOKENS = 3_000
"""Words and signs of one changed passage that are still matched one by one."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "also": "Other names",
        "ask": "Question for the clinic",
        "correction": "Corrects a mistake",
        "doi": "DOI",
        "level": "More cautious label",
        "level_reason": "Reason for the more cautious label",
        "note": "What changed and why",
        "reason": "Reason for 'unsupported'",
        "seen": "How far we read it",
        "sells_treatment": "Sells the treatment",
        "summary": "Short answer",
        "url": "Address",
        "why": "Why it has this label",
        "would_change": "What would change the label",
    }
)
"""What staff call a field whose name alone would not say it."""

CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "level": {str(level): level.word for level in Level},
        "reason": {str(reason): reason.words for reason in Reason},
        "topic": {str(topic): topic.words for topic in Topic},
        "kind": {str(kind): kind.words for kind in (*Kind, *SourceKind)},
        "seen": {str(seen): seen.words for seen in Seen},
    }
)
"""What people read for the codes of a field. A code without a word here stands for itself."""


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
    """A field that two people changed differently; None is a position that one took out."""

    name: str
    label: str
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """Two people's words put together.

    `words` holds mine where both changed the same field; `taken` and `kept` are the
    labels of what they and I alone changed.
    """

    words: Words
    taken: tuple[str, ...]
    kept: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts word by word.

    The same and gone pieces join up to `before`, the same and new ones to `after`.
    """
    lines = _matched(_lines(before), _lines(after), LINES)
    return tuple(_joined(piece for gone, new in lines for piece in _words(gone, new)))


def field_diffs(before: Words, after: Words) -> tuple[FieldDiff, ...]:
    """Compare two states of the same words, field by field; gives what differs alone."""
    return tuple(_field_diffs(flat(before), flat(after)))


def merge(base: Words | None, mine: Words, theirs: Words) -> Merge:
    """Put two people's changes to the same words together, field by field.

    `base` is what both began from; without it every difference is a conflict. A field
    that is missing in `mine` was not offered to me, so I did not change it.
    """
    started, ours, other = flat(base or {}), flat({**theirs, **mine}), flat(theirs)
    merged: dict[str, Any] = {}
    taken, kept, conflicts = [], [], []
    # Whoever moved positions about has their order.
    for name in _names(other, ours) if list(ours) == list(started) else _names(ours, other):
        a, b = ours.get(name), other.get(name)
        merged[name] = a if a is not None else b
        if a == b:
            continue
        if base is not None and a == started.get(name):
            merged[name] = b
            taken.append(label(name))
        elif base is not None and b == started.get(name):
            merged[name] = a
            kept.append(label(name))
        else:
            conflicts.append(Conflict(name, label(name), a, b))
    positions: Words = {"positions": []} if "positions" in theirs else {}
    return Merge(_folded(merged, positions), tuple(taken), tuple(kept), tuple(conflicts))


def label(name: str) -> str:
    """Say what staff call a field: "Short answer", "Position of kuka-2020"."""
    if name.startswith(POSITION):
        _, source, product, *again = name.split("/")
        of = f"Position of {source or 'no source yet'}" + (f" about {product}" if product else "")
        return f"{of} ({again[0]})" if again else of
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def text_of(value: Any) -> str:
    """Write a field's value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return f"{value.get('level') or 'no level yet'}\n{value.get('says', '')}"
    if isinstance(value, list | tuple):
        return "\n".join(": ".join(map(str, _pair(item))) for item in value)
    return str(value)


def spelt_out(name: str, value: Any) -> str:
    """Write a field's value with the words that the forms use for codes."""
    if isinstance(value, dict):
        return text_of({**value, "level": spelt_out("level", value.get("level", ""))})
    known = CODES.get(name, {}) if isinstance(value, str) else {}
    return known.get(str(value)) or text_of(value)


POSITION = "positions/"
"""What the name of a position begins with, where positions stand as fields of their own."""


def flat(words: Words) -> dict[str, Any]:
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


def _folded(fields: Mapping[str, Any], words: Words) -> Words:
    for name, value in fields.items():
        if not name.startswith(POSITION):
            words[name] = value
        elif value is not None:
            words["positions"].append(value)
    return words


def _names(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))


def _pair(item: Any) -> Sequence[Any]:
    return item if isinstance(item, list | tuple) else (item,)


def _field_diffs(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldDiff]:
    for name in _names(before, after):
        was, now = spelt_out(name, before.get(name)), spelt_out(name, after.get(name))
        if was != now:
            yield FieldDiff(name, label(name), word_diff(was, now))
    held, kept = ([n for n in names if n.startswith(POSITION)] for names in (before, after))
    if held != kept and sorted(held) == sorted(kept):
        orders = ("\n".join(map(label, names)) for names in (held, kept))
        yield FieldDiff("positions", "Order of the positions", word_diff(*orders))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _words(gone: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Compare one passage word by word, unless it is the same in both."""
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
    """Count how many items two lists begin with in common."""
    pairs = enumerate(zip(these, others, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(these), len(others)))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Put neighbours of one kind together, and drop empty ones."""
    for kind, group in groupby((p for p in pieces if p.text), key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))

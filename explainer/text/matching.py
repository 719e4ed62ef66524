"""Which known phrases a text says in its own words, and where: by words alone, so it can say why.

A key is found if one of its phrases shares enough of the weight of a sentence or a clause. Better
silent than wrong: so what is not found is no answer at all. The figures were tuned on phrases that
stand beside the tests, and are measured on others.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from explainer.text.clauses import clauses, sentences
from explainer.text.comparing import (
    Clause,
    clause_of,
    doubtful_of,
    most_of,
    score_of,
    unlike_of,
    weight_of,
)
from explainer.text.normal_form import Word
from explainer.text.phrases import Book
from explainer.text.readings import Phrase

THRESHOLD = 0.62
"""Score from which on a phrase counts as said."""
PROMISING = 0.22
"""Share of it, by words alone, below which a phrase is not looked at."""
SAME, OTHER = 1.15, 0.35
SAME_HINT, OTHER_HINT = 1.08, 0.75
"""What a group that is named, or hinted at, does to its own phrases and to others'."""
PER_CLAUSE = 2
SECOND_NEW, SECOND_SCORE = 0.5, 0.75
"""A clause's second phrase has so much in other words, or so much of the first's score."""


@dataclass(frozen=True, slots=True)
class Match:
    """A key that a text speaks of: the place of the words that say so, and the phrase they say."""

    key: str
    start: int
    end: int
    phrase: str
    score: float


def find(book: Book, text: str, group: str = "") -> list[Match]:
    """Find what a text says, in its order; `group` is the one it is known to speak of."""
    read = [(span, book.read(text, *span)) for span in sentences(text)]
    about = {group} if group else {one for _, words in read for one in _named(book, words)}
    whole = {word.stem for _, words in read for word in words}
    found = list[Match]()
    for span, words in read:
        factors = _factors(book, _named(book, words) or about, words, whole)
        unlike, doubtful = unlike_of(book, words), doubtful_of(book, words)
        starts = [word.start for word in words]
        best: dict[str, Match] = {}
        for part in (*clauses(text, span), span):
            own = words[bisect_left(starts, part[0]) : bisect_left(starts, part[1])]
            for match in _said(book, clause_of(book, own, unlike, doubtful, factors)):
                if match.key not in best or match.score > best[match.key].score:
                    best[match.key] = match
        found += sorted(best.values(), key=lambda match: (match.start, -match.score, match.key))
    return found


def named(book: Book, text: str) -> set[str]:
    """Give the groups that a text names."""
    read = (book.read(text, *span) for span in sentences(text))
    return {group for words in read for group in _named(book, words)}


def ranked(
    book: Book, text: str, group: str = "", keys: Collection[str] | None = None
) -> list[tuple[float, str]]:
    """Give the keys that come near to a short text, the best first, however far they are.

    `keys` are those that are asked for; else all are.
    """
    words = book.read(text)
    factors = _factors(book, {group} if group else _named(book, words), words, ())
    clause = clause_of(book, words, unlike_of(book, words), frozenset(), factors)
    return [(score, phrase.key) for score, phrase in _ranked(book, clause, keys)]


def _named(book: Book, words: Sequence[Word]) -> set[str]:
    stems = tuple(word.stem for word in words)
    return {
        group
        for group, names in book.names.items()
        if any(name == stems[at : at + len(name)] for name in names for at in range(len(stems)))
    }


def _factors(
    book: Book, groups: Collection[str], words: Iterable[Word], whole: Collection[str]
) -> Mapping[str, float]:
    if len(groups) == 1:
        return {group: SAME if group in groups else OTHER for group in book.names}
    hinted = {book.hints[word.stem] for word in words if word.stem in book.hints}
    hinted = hinted or {book.hints[stem] for stem in whole if stem in book.hints}
    if len(hinted) == 1:
        return {group: SAME_HINT if group in hinted else OTHER_HINT for group in book.names}
    return {}


def _said(book: Book, clause: Clause) -> Iterable[Match]:
    used, first = set[str](), 0.0
    chosen = 0
    for score, phrase in _ranked(book, clause, least=THRESHOLD):
        if score < THRESHOLD or chosen == PER_CLAUSE:
            break
        shared = phrase.words.keys() & clause.denied.keys()
        new = weight_of(book, shared - used) >= SECOND_NEW * weight_of(book, shared)
        if not chosen or new or score >= SECOND_SCORE * first:
            yield _match(score, phrase, clause)
            used |= shared
            first = first or score
            chosen += 1


def _ranked(
    book: Book, clause: Clause, keys: Collection[str] | None = None, least: float = 0.0
) -> list[tuple[float, Phrase]]:
    """Score the phrases that come near, the best of each key; of less than `least` maybe none."""
    near = book.near(clause.denied, PROMISING)
    if keys is not None:
        near = [one for one in near if one[0].key in keys]
    if least:
        near = [one for one in near if most_of(clause, *one) >= least]
    best: dict[str, tuple[float, Phrase]] = {}
    for phrase, weight in sorted(near, key=lambda one: _place(one[0], clause)):
        score = score_of(book, phrase, clause, weight)
        if score and (phrase.key not in best or score > best[phrase.key][0]):
            best[phrase.key] = (score, phrase)
    return sorted(best.values(), key=lambda one: (-one[0], one[1].key))


def _place(phrase: Phrase, clause: Clause) -> tuple[int, int]:
    """Give what tells equal phrases of a key apart: the first word it shares, then the book."""
    shared = (place for place, word in enumerate(clause.denied) if word in phrase.words)
    return next(shared), phrase.number


def _match(score: float, phrase: Phrase, clause: Clause) -> Match:
    places = [clause.places[word] for word in phrase.words if word in clause.places]
    start, end = min(at for at, _ in places), max(at for _, at in places)
    return Match(phrase.key, start, end, phrase.text, score)

"""Which known phrases a text says in its own words, and where: by words alone, so it can say why.

A key is found if one of its phrases shares enough of the weight of a sentence or a clause. Better
silent than wrong: so what is not found is no answer at all. The figures were tuned on phrases that
stand beside the tests, and are measured on others.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from explainer.text.clauses import Span, clauses, sentences
from explainer.text.normal_form import Word
from explainer.text.phrases import UNKNOWN, Phrase, Phrasebook
from explainer.text.word_lists import Use

THRESHOLD = 0.62
"""Score from which on a phrase counts as said."""
PROMISING = 0.22
"""Share of it, by words alone, below which a phrase is not looked at."""
DENIED_SHARE = 0.3
"""Share of the weight that may be denied in the one and not in the other."""
SAME, OTHER = 1.15, 0.35
SAME_HINT, OTHER_HINT = 1.08, 0.75
"""What a group that is named, or hinted at, does to its own phrases and to others'."""
HALF_WEIGHT = 3.0
"""Weight of shared words that earns half of what words can."""
LENT, FULLY_LENT = 0.3, 30
PER_CLAUSE = 2
SECOND_NEW, SECOND_SCORE = 0.5, 0.75
"""A clause's second phrase has so much in other words, or so much of the first's score."""
ALONE_IN_CLAUSE, ALONE_IN_PHRASE, ALONE_IN_BOTH, ALONE_DENIED = 0.4, 0.6, 0.55, 0.2
"""What a single shared word has to be of a clause and of a phrase."""


@dataclass(frozen=True, slots=True)
class Match:
    """A key that a text speaks of: the place of the words that say so, and the phrase they say."""

    key: str
    start: int
    end: int
    phrase: str
    score: float


@dataclass(frozen=True, slots=True)
class _Clause:
    """Words of a text: denied or not, their places; what unlike ones it has; what groups count.

    `costs` are what they weigh against a phrase, a word that names a group nothing, and `cost` all
    of them; `lent` is what they lend to each key.
    """

    denied: Mapping[str, bool]
    places: Mapping[str, Span]
    costs: Mapping[str, float]
    cost: float
    lent: Mapping[str, float]
    unlike: frozenset[str]
    factors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a phrase and a clause have in common: words, weight, and its share of each."""

    words: frozenset[str]
    weight: float
    of_phrase: float
    of_clause: float


def find(book: Phrasebook, text: str, group: str = "") -> list[Match]:
    """Find what a text says, in its order; `group` is the one it is known to speak of."""
    read = [(span, book.read(text, *span)) for span in sentences(text)]
    about = {group} if group else {one for _, words in read for one in _named(book, words)}
    whole = {word.stem for _, words in read for word in words}
    found = list[Match]()
    for span, words in read:
        factors = _factors(book, _named(book, words) or about, words, whole)
        unlike = _unlike(book, words)
        starts = [word.start for word in words]
        best: dict[str, Match] = {}
        for part in (*clauses(text, span), span):
            own = words[bisect_left(starts, part[0]) : bisect_left(starts, part[1])]
            for match in _said(book, _clause(book, own, unlike, factors)):
                if match.key not in best or match.score > best[match.key].score:
                    best[match.key] = match
        found += sorted(best.values(), key=lambda match: (match.start, -match.score, match.key))
    return found


def named(book: Phrasebook, text: str) -> set[str]:
    """Give the groups that a text names."""
    read = (book.read(text, *span) for span in sentences(text))
    return {group for words in read for group in _named(book, words)}


def ranked(book: Phrasebook, text: str, group: str = "") -> list[tuple[float, str]]:
    """Give the keys that come near to a short text, the best first, however far they are."""
    words = book.read(text)
    factors = _factors(book, {group} if group else _named(book, words), words, ())
    clause = _clause(book, words, _unlike(book, words), factors)
    return [(score, phrase.key) for score, phrase in _ranked(book, clause)]


def _named(book: Phrasebook, words: Sequence[Word]) -> set[str]:
    stems = tuple(word.stem for word in words)
    return {
        group
        for group, names in book.names.items()
        if any(name == stems[at : at + len(name)] for name in names for at in range(len(stems)))
    }


def _factors(
    book: Phrasebook, groups: Collection[str], words: Iterable[Word], whole: Collection[str]
) -> Mapping[str, float]:
    if len(groups) == 1:
        return {group: SAME if group in groups else OTHER for group in book.names}
    hinted = {book.hints[word.stem] for word in words if word.stem in book.hints}
    hinted = hinted or {book.hints[stem] for stem in whole if stem in book.hints}
    if len(hinted) == 1:
        return {group: SAME_HINT if group in hinted else OTHER_HINT for group in book.names}
    return {}


def _unlike(book: Phrasebook, words: Iterable[Word]) -> frozenset[str]:
    """Give the words of a sentence by which it speaks of another part of the body."""
    stems, uses = {word.stem for word in words}, book.lists.uses
    return frozenset() if stems & uses[Use.SUBJECT] else frozenset(stems & uses[Use.BODY])


def _clause(
    book: Phrasebook, own: Sequence[Word], unlike: frozenset[str], factors: Mapping[str, float]
) -> _Clause:
    """Make a clause of its own words; `unlike` are those of its sentence."""
    denied = {word.stem: word.denied for word in reversed(own)}
    uses, names = book.lists.uses, book.one_word_names
    costs = {stem: 0.0 if (stem,) in names else book.cost.get(stem, UNKNOWN) for stem in denied}
    lent: dict[str, float] = defaultdict(float)
    for stem in denied:
        for key, weight in book.lent.get(stem, {}).items():
            lent[key] += weight
    return _Clause(
        denied,
        {word.stem: word.span for word in reversed(own)},
        costs,
        sum(costs.values()),
        lent,
        unlike | denied.keys() & (uses[Use.SHOP] | uses[Use.PRODUCT]),
        factors,
    )


def _said(book: Phrasebook, clause: _Clause) -> Iterable[Match]:
    used, first = set[str](), 0.0
    chosen = 0
    for score, phrase in _ranked(book, clause):
        if score < THRESHOLD or chosen == PER_CLAUSE:
            break
        shared = phrase.words.keys() & clause.denied.keys()
        new = _weight(book, shared - used) >= SECOND_NEW * _weight(book, shared)
        if not chosen or new or score >= SECOND_SCORE * first:
            yield _match(score, phrase, clause)
            used |= shared
            first = first or score
            chosen += 1


def _ranked(book: Phrasebook, clause: _Clause) -> list[tuple[float, Phrase]]:
    weights: dict[int, float] = defaultdict(float)
    for word in clause.denied:
        rarity = book.rarity.get(word, 0.0)
        for number in book.having.get(word, ()):
            weights[number] += rarity
    best: dict[str, tuple[float, Phrase]] = {}
    for number, weight in weights.items():
        phrase = book.phrases[number]
        if _earned(weight / phrase.total, weight) < PROMISING:
            continue
        score = _score(book, phrase, clause, weight)
        if score and (phrase.key not in best or score > best[phrase.key][0]):
            best[phrase.key] = (score, phrase)
    return sorted(best.values(), key=lambda one: (-one[0], one[1].key))


def _earned(share: float, weight: float) -> float:
    return share * weight / (weight + HALF_WEIGHT)


def _score(book: Phrasebook, phrase: Phrase, clause: _Clause, weight: float) -> float:
    """Hold a phrase against a clause; 0 where the two may not be compared."""
    words = frozenset(phrase.words.keys() & clause.denied.keys())
    own = max(clause.cost - sum(clause.costs[word] for word in words), 0.0)
    shared = _Shared(words, weight, weight / phrase.total, weight / (weight + own))
    if not _may_match(book, phrase, clause, shared):
        return 0.0
    score = _earned(shared.of_phrase, weight) * (0.6 + 0.4 * shared.of_clause) * phrase.weight
    score += LENT * min(clause.lent.get(phrase.key, 0.0) / FULLY_LENT, 1.0)
    return score * clause.factors.get(book.known[phrase.key].group, 1.0)


def _may_match(book: Phrasebook, phrase: Phrase, clause: _Clause, shared: _Shared) -> bool:
    differing = {word for word in shared.words if phrase.words[word] != clause.denied[word]}
    if differing and _weight(book, differing) >= DENIED_SHARE * shared.weight:
        return False
    if clause.unlike and not _speaks_of(phrase, clause, shared, book.lists.uses[Use.SUBJECT]):
        return False
    if shared.words <= book.lists.uses[Use.EVERYDAY]:
        return False
    return len(shared.words) > 1 or _is_enough(phrase, shared)


def _speaks_of(phrase: Phrase, clause: _Clause, shared: _Shared, subject: frozenset[str]) -> bool:
    """Say if a phrase has all the unlike words, and no more of the subject than the clause."""
    words = phrase.words.keys()
    return clause.unlike <= words and bool(shared.words & subject or not words & subject)


def _is_enough(phrase: Phrase, shared: _Shared) -> bool:
    """Say if the only shared word may stand for the whole phrase."""
    if len(phrase.words) > 1:
        return shared.of_phrase >= ALONE_IN_PHRASE and shared.of_clause >= ALONE_IN_BOTH
    is_denied = any(phrase.words.values())
    return shared.of_clause >= (ALONE_DENIED if is_denied else ALONE_IN_CLAUSE)


def _weight(book: Phrasebook, words: Iterable[str]) -> float:
    return sum(book.rarity[word] for word in words)


def _match(score: float, phrase: Phrase, clause: _Clause) -> Match:
    places = [clause.places[word] for word in phrase.words if word in clause.places]
    start, end = min(at for at, _ in places), max(at for _, at in places)
    return Match(phrase.key, start, end, phrase.text, score)

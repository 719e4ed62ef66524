"""One phrase held against one clause of a text: what they share, and where that says nothing.

A score is a share of the phrase's weight, less what else the clause says; it is 0 where the two may
not be compared, as a phrase on hair and a clause on knees.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from explainer.text.clauses import Span
from explainer.text.normal_form import COUNTED, Word
from explainer.text.phrases import UNKNOWN, Book, earned
from explainer.text.readings import Phrase
from explainer.text.word_lists import Use

DENIED_SHARE = 0.3
"""Share of the weight that may be denied in the one and not in the other."""
MARGIN = 1e-9
"""What sums of other orders may differ by."""
LENT, FULLY_LENT = 0.3, 30
ALONE_IN_CLAUSE, ALONE_IN_PHRASE, ALONE_IN_BOTH, ALONE_DENIED = 0.4, 0.6, 0.55, 0.2
"""What a single shared word has to be of a clause and of a phrase."""
PLAIN_IN_PHRASE, PLAIN_IN_CLAUSE = 0.8, 0.7
"""What words of any talk, if no other is shared, have to be of a phrase and of a clause."""
DOUBT, MOST_DOUBTS = 0.8, 3
"""What each word does that the phrase lacks, if it speaks of something else; how many count."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of a text: denied or not, their places; what unlike ones it has; what groups count.

    `costs` are what they weigh against a phrase, a word that names a group nothing, and `cost` all
    of them; `lent` is what they lend to each key, as far as it was asked.
    """

    denied: Mapping[str, bool]
    places: Mapping[str, Span]
    costs: Mapping[str, float]
    cost: float
    unlike: frozenset[str]
    doubtful: frozenset[str]
    factors: Mapping[str, float]
    lent: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a phrase and a clause have in common: words, weight, and its share of each."""

    words: frozenset[str]
    weight: float
    of_phrase: float
    of_clause: float


def unlike_of(book: Book, words: Iterable[Word]) -> frozenset[str]:
    """Give the words of a sentence by which it speaks of another part of the body."""
    stems, uses = {word.stem for word in words}, book.lists.uses
    return frozenset() if stems & uses[Use.SUBJECT] else frozenset(stems & uses[Use.BODY])


def doubtful_of(book: Book, words: Iterable[Word]) -> frozenset[str]:
    """Give the words of a sentence by which it may speak of something else than a treatment."""
    uses = book.lists.uses
    other = uses[Use.HOUSE] | uses[Use.SHOP] | uses[Use.PRODUCT] | uses[Use.BODY]
    return frozenset({word.stem for word in words} & other)


def clause_of(
    book: Book,
    own: Sequence[Word],
    unlike: frozenset[str],
    doubtful: frozenset[str],
    factors: Mapping[str, float],
) -> Clause:
    """Make a clause of its own words; `unlike` and `doubtful` are those of its sentence."""
    denied = {word.stem: word.denied for word in reversed(own)}
    uses, names = book.lists.uses, book.one_word_names
    costs = {stem: 0.0 if (stem,) in names else book.cost.get(stem, UNKNOWN) for stem in denied}
    return Clause(
        denied,
        {word.stem: word.span for word in reversed(own)},
        costs,
        sum(costs.values()),
        unlike | denied.keys() & (uses[Use.SHOP] | uses[Use.PRODUCT]),
        doubtful,
        factors,
    )


def score_of(book: Book, phrase: Phrase, clause: Clause, weight: float) -> float:
    """Hold a phrase against a clause; 0 where the two may not be compared."""
    words = frozenset(phrase.words.keys() & clause.denied.keys())
    own = max(clause.cost - sum(clause.costs[word] for word in words), 0.0)
    shared = _Shared(words, weight, weight / phrase.total, weight / (weight + own))
    if not _may_match(book, phrase, clause, shared):
        return 0.0
    score = earned(shared.of_phrase, weight) * (0.6 + 0.4 * shared.of_clause) * phrase.weight
    if phrase.key not in clause.lent:
        clause.lent[phrase.key] = book.lent(phrase.key, clause.denied)
    score += LENT * min(clause.lent[phrase.key] / FULLY_LENT, 1.0)
    doubts = min(len(clause.doubtful - phrase.words.keys()), MOST_DOUBTS)
    return score * DOUBT**doubts * clause.factors.get(phrase.group, 1.0)


def most_of(clause: Clause, phrase: Phrase, weight: float) -> float:
    """Give what a phrase may score at most: `score_of` takes much longer, and most are far off."""
    score = earned(weight / phrase.total, weight) * phrase.weight + LENT
    return score * clause.factors.get(phrase.group, 1.0) + MARGIN


def _may_match(book: Book, phrase: Phrase, clause: Clause, shared: _Shared) -> bool:
    differing = {word for word in shared.words if phrase.words[word] != clause.denied[word]}
    if differing and weight_of(book, differing) >= DENIED_SHARE * shared.weight:
        return False
    if clause.unlike and not _speaks_of(phrase, clause, shared, book.lists.uses[Use.SUBJECT]):
        return False
    telling = shared.words - book.lists.uses[Use.EVERYDAY]
    if not telling or (_is_plain(book, telling) and not _is_nearly_all(shared)):
        return False
    return len(shared.words) > 1 or _is_enough(phrase, shared)


def _speaks_of(phrase: Phrase, clause: Clause, shared: _Shared, subject: frozenset[str]) -> bool:
    """Say if a phrase has all the unlike words, and no more of the subject than the clause."""
    words = phrase.words.keys()
    return clause.unlike <= words and bool(shared.words & subject or not words & subject)


def _is_enough(phrase: Phrase, shared: _Shared) -> bool:
    """Say if the only shared word may stand for the whole phrase."""
    if len(phrase.words) > 1:
        return shared.of_phrase >= ALONE_IN_PHRASE and shared.of_clause >= ALONE_IN_BOTH
    is_denied = any(phrase.words.values())
    return shared.of_clause >= (ALONE_DENIED if is_denied else ALONE_IN_CLAUSE)


def _is_plain(book: Book, telling: frozenset[str]) -> bool:
    """Say if words are of any talk: so is what a group is called, and a number with its unit."""
    rest = {word for word in telling if (word,) not in book.one_word_names}
    counted = len(rest) == 1 and min(rest).startswith(COUNTED)
    return counted or rest <= book.lists.uses[Use.PLAIN]


def _is_nearly_all(shared: _Shared) -> bool:
    return shared.of_phrase >= PLAIN_IN_PHRASE and shared.of_clause >= PLAIN_IN_CLAUSE


def weight_of(book: Book, words: Iterable[str]) -> float:
    return sum(book.rarity[word] for word in words)

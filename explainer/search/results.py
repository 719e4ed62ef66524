"""What a query finds, in groups, each claim with its label; and names that go on as it does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from explainer.evidence.levels import Worded
from explainer.kinds import CLAIM, RECORD, SOURCE, TERM
from explainer.library import rendering
from explainer.search.first_pages import First
from explainer.search.found_claims import FoundClaim, Names, by_key
from explainer.search.index import Hit, Index
from explainer.search.items import PAGE, QUESTION, Item

BEST = 3
CAUTIONS = 2
PER_GROUP = 8
AT_ONCE = 12
"""Claims that are read in one query."""
WEAKEST = 0.12
"""Share of the best score below which nothing is shown."""
SUGGESTIONS = 8

Marked = list[tuple[str, bool]]
"""Words in pieces, each with whether it is one that was looked for."""


class Group(Worded):
    """What results are shown among, in the order of equal ones."""

    CLAIM = CLAIM.name, "Claims"
    PAGE = PAGE, "Pages"
    TERM = TERM.name, "Words explained"
    QUESTION = QUESTION, "Questions for a clinic"
    RECORD = RECORD.name, "Records"
    SOURCE = SOURCE.name, "Sources"


@dataclass(frozen=True, slots=True)
class Row:
    """One result: a claim, or a link with its name; a word of the glossary with its meaning."""

    item: Item
    title: Marked
    claim: FoundClaim | None = None
    pieces: list[tuple[Marked, bool]] = field(default_factory=list)
    meaning: Marked = field(default_factory=list)

    @property
    def group(self) -> Group:
        return Group(self.item.group)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: the best of all but sources, the rest in groups, and what to mind before.

    `first` are pages that start from the person whom the query tells of; `corrected` is what was
    looked for, if a word was misspelt.
    """

    first: tuple[First, ...] = ()
    best: tuple[Row, ...] = ()
    groups: Mapping[Group, Sequence[Row]] = field(default_factory=dict)
    cautions: tuple[FoundClaim, ...] = ()
    corrected: str = ""

    @property
    def number(self) -> int:
        return len(self.best) + sum(map(len, self.groups.values()))


def find(query: str, index: Index, names: Names, *, treatment: str, kind: str) -> Results:
    """Find what a query means; filters whose value nobody knows find nothing."""
    stems = frozenset(index.stems(query))
    first = index.first(query) if kind in ("", PAGE) else ()
    before = {page.key for one in first for page in one.pages}
    hits = [hit for hit in _strong(index.search(query)) if _fits(hit.item, treatment, kind)]
    hits = [hit for hit in hits if hit.item.group != PAGE or hit.item.key not in before]
    claims = _Claims([hit.item.key for hit in hits if hit.item.group == CLAIM.name], names)
    best, groups = list[Row](), dict[Group, list[Row]]()
    for item in (hit.item for hit in _once(hits)):
        group = Group(item.group)
        # What a source calls itself answers nobody: it never stands before what we say.
        is_best = len(best) < BEST and (group is not Group.SOURCE or kind == SOURCE.name)
        if not is_best and len(groups.get(group, ())) == PER_GROUP:
            continue
        row = _row(item, claims, index, stems)
        if row.claim or group is not Group.CLAIM:
            (best if is_best else groups.setdefault(group, [])).append(row)
    cautions = by_key(index.about_pregnancy(stems, hits[:BEST]), names).values()
    # What clinics sell comes before what is named beside it.
    order = list(names)
    risks = sorted((it for it in cautions if it.is_risk), key=lambda it: order.index(it.group))
    return Results(
        first,
        tuple(best),
        groups,
        tuple(risks[:CAUTIONS]),
        index.corrected(query),
    )


def _strong(hits: Sequence[Hit]) -> Iterable[Hit]:
    least = WEAKEST * hits[0].score if hits else 0.0
    return (hit for hit in hits if hit.score >= least)


def _fits(item: Item, treatment: str, kind: str) -> bool:
    return treatment in ("", item.treatment) and kind in ("", item.group)


def _once(hits: Iterable[Hit]) -> Iterable[Hit]:
    """Leave out a page of which a section, or a section of which its page, stands before."""
    seen = set[tuple[str, str]]()
    for hit in hits:
        name = (hit.item.group, hit.item.key if hit.item.group == PAGE else hit.item.title)
        if name not in seen:
            seen.add(name)
            yield hit


class _Claims:
    """The claims of some hits, read some at a time: of most nothing is shown."""

    def __init__(self, keys: Iterable[str], names: Names) -> None:
        self._left, self._names = list(dict.fromkeys(keys)), names
        self._read: dict[str, FoundClaim] = {}

    def get(self, key: str) -> FoundClaim | None:
        while key in self._left:
            some, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
            self._read |= by_key(some, self._names)
        return self._read.get(key)


def _row(item: Item, claims: _Claims, index: Index, stems: frozenset[str]) -> Row:
    title = marked(item.title, index, stems)
    claim = claims.get(item.key) if item.group == CLAIM.name else None
    if claim:
        pieces = [(marked(words, index, stems), said) for words, said in claim.pieces]
        return Row(item, title, claim, pieces)
    meaning = rendering.first_sentence(item.body) if item.group == TERM.name else ""
    return Row(item, title, meaning=marked(meaning, index, stems))


def marked(text: str, index: Index, stems: frozenset[str]) -> Marked:
    """Cut a text at the words that were looked for, in whatever form it has them."""
    pieces, done = Marked(), 0
    for stem, start, end in index.places(text):
        if stem in stems and start >= done:
            pieces += [(text[done:start], False), (text[start:end], True)]
            done = end
    pieces.append((text[done:], False))
    return [(words, is_marked) for words, is_marked in pieces if words]


def suggestions(query: str, index: Index) -> list[str]:
    """Give names that have each word of the query, the last one perhaps begun only.

    No claims: their names say something about a treatment, and a list has no room for labels.
    """
    return index.suggestions(query, SUGGESTIONS)

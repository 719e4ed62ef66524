"""What is public at one version of the site, asked by words, typed or pasted, and in which order.

Nothing is made here, and nothing depends on it: words and labels that readers see are read from the
database.
"""

import sys
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from math import log

from explainer.kinds import CLAIM, TERM, Entry
from explainer.library.context import context_of
from explainer.search import first_pages, lists
from explainer.search.book import KeptBook
from explainer.search.facts import Stems
from explainer.search.items import Item, names_of
from explainer.search.kept import Kept
from explainer.text import matching
from explainer.text.normal_form import STOP_WORDS, stems_of, words_of
from explainer.text.tokens import tokens
from explainer.text.word_lists import Use, WordLists

MOST_WORDS = 24
"""Words of a query that count."""
MOST = 150
"""Items that are weighed: the best by the words they share."""
MOST_KNOWN = 5_000
"""Items that are remembered."""
PLACES = 2_000
"""Texts of ours of which it is remembered where their words are: a megabyte or two."""
ASKS = frozenset({"what", "mean", "means", "meaning", "definition"})


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that a query finds, how well, and whether the query is its very name."""

    item: Item
    score: float
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """An item with its stems: of its names, of its names and what else says it, and all."""

    item: Item
    names: frozenset[str]
    head: frozenset[str]
    whole: frozenset[str]
    spelt: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, stems: Stems) -> "_Known":
        head = frozenset((*stems.names, *stems.said))
        item = stems.item
        names = frozenset(stems.names)
        return cls(item, names, head, head | frozenset(stems.body), _names_spelt(item))


def minds(words: WordLists) -> Callable[[Stems], bool]:
    """Give what tells the claims that warn of pregnancy and breast feeding."""
    told = words.uses[Use.PREGNANCY]
    return lambda stems: (
        stems.item.group == CLAIM.name and not told.isdisjoint((*stems.names, *stems.said))
    )


class Index:
    """What was public at one version of the site, ready to be asked; `about` names treatments."""

    def __init__(self, kept: Kept, read: lists.Lists, about: Sequence[Entry]) -> None:
        self.book = KeptBook(kept, read.words, names_of(about), lists.english())
        self.names, self._kept = context_of(about).names, kept
        self._first, self._pages = read.first, self._pages_of(read.first)
        self._known: dict[int, _Known] = {}
        self._places: dict[str, tuple[tuple[str, int, int], ...]] = {}

    def _pages_of(self, table: Iterable[first_pages.FirstRow]) -> dict[str, Item]:
        """Give the pages that a table names, by key."""
        keys = {key for row in table for key in first_pages.keys_of(row, self.book.names)}
        return {key: page for key in sorted(keys) if (page := self._kept.page(key))}

    def places(self, text: str) -> tuple[tuple[str, int, int], ...]:
        """Give the stems of a text of ours with where their words begin and end."""
        # No `lru_cache` of a method: it would hold this index, and its files, after the next one.
        found = self._places.get(text)
        if found is None:
            words = words_of(text, self.book.lists.synonyms)
            found = tuple((sys.intern(word.stem), word.start, word.end) for word in words)
            if len(self._places) >= PLACES:
                self._places.clear()
            self._places[text] = found
        return found

    def _stems(self, text: str) -> list[str]:
        return [word.stem for word in words_of(text, self.book.lists.synonyms)]

    def claim_of(self, sentence: str) -> str:
        """Give the key of the claim for which a sentence stands, as `compared` writes it."""
        return self._kept.claim_of(sentence)

    def suggestions(self, query: str, most: int) -> list[str]:
        """Give names of pages and terms that have each word of a query, the last perhaps begun."""
        return self._kept.titles(query.casefold().split(), most)

    def stems(self, query: str) -> list[str]:
        """Give the words of a query that count, misspelt ones put right."""
        return list(dict.fromkeys(word.stem for word in self.book.read(query)))[:MOST_WORDS]

    def corrected(self, query: str) -> str:
        """Give a query as it was understood, if a word of it was misspelt; or nothing."""
        written = tokens(query)
        put_right = self.book.speller.corrected(written)
        return " ".join(token.text for token in put_right) if put_right != written else ""

    def first(self, text: str) -> tuple[first_pages.First, ...]:
        """Give the pages that start from the person whom a text's words tell of."""
        named = matching.named(self.book, text)
        return first_pages.find(text, self._first, self.book, self._pages, named)

    def about_pregnancy(self, stems: Set[str], hits: Iterable[Hit]) -> list[str]:
        """Give the claims on pregnancy and breast feeding that name a drug which is looked for.

        The query names it, or else pregnancy: then what was found first names the drug, and the
        claims that name none are among them.
        """
        uses = self.book.lists.uses
        if not stems & (uses[Use.DRUG] | uses[Use.PREGNANCY]):
            return []
        drugs = asked = stems & uses[Use.DRUG]
        for hit in hits:
            drugs = drugs or uses[Use.DRUG] & set(self._stems(hit.item.names))
        return [
            key
            for key, named, is_of_drug in self._minded
            if drugs & named or not (asked or is_of_drug)
        ]

    @cached_property
    def _minded(self) -> list[tuple[str, Set[str], bool]]:
        """Give the claims on pregnancy: key, drugs they name, and if their heads name one."""
        drugs, found = self.book.lists.uses[Use.DRUG], list[tuple[str, Set[str], bool]]()
        for _, stems in self._kept.minded():
            head = {*stems.names, *stems.said}
            said = self._stems(stems.item.body.partition(". ")[0])
            found.append((stems.item.key, drugs & {*head, *said}, bool(head & drugs)))
        return sorted(found, key=lambda one: one[0])

    def search(self, query: str) -> list[Hit]:
        """Find items by a query of a few words: the word explained of that name, then the best."""
        stems = self.stems(query)
        found = self._candidates(stems)
        claims = {words.item.key for _, words in found if words.item.group == CLAIM.name}
        said = {key: score for score, key in matching.ranked(self.book, query, keys=claims)}
        named = matching.named(self.book, query)
        wanted, spelt = set(stems) - ASKS, _spelt(query)
        hits = []
        for score, words in found:
            item = words.item
            factor = self._fit(words, stems)
            if item.group == CLAIM.name:
                factor *= 1 + 1.2 * said.get(item.key, 0.0)
            if len(named) == 1 and item.treatment in {*self.book.names} - named:
                factor *= 0.5
            if item.group == TERM.name and words.names <= wanted:
                factor *= 3 if words.names == wanted else 1.2
            hits.append(Hit(item, score * factor, spelt in words.spelt))
        most = max((hit.score for hit in hits), default=0.0)
        hits = [replace(hit, score=most) if hit.is_named else hit for hit in hits]
        return sorted(hits, key=lambda hit: (-hit.score, not hit.is_named, hit.item.url))

    def _candidates(self, stems: Sequence[str]) -> list[tuple[float, _Known]]:
        """Give score and item of what has some of the stems, the best first."""
        found = self._kept.items.scored(stems, MOST)
        if len(self._known) > MOST_KNOWN:
            self._known = {}
        known = self._known
        new = [number for number, _ in found if number not in known]
        for number, of in self._kept.items_of(new):
            known[number] = _Known.of(of)
        return [(score, known[number]) for number, score in found if number in known]

    def _fit(self, words: _Known, stems: Sequence[str]) -> float:
        """Say how much of a query an item has, and of its names the query."""
        asked = set(stems)
        covered = self._weight(asked & words.whole) / (self._weight(asked) or 1.0)
        in_head = len(asked & words.head) / len(asked)
        alike = len(asked & words.names) / len(asked | words.names)
        return (0.3 + 0.7 * covered) * (0.75 + 0.5 * in_head) * (1 + alike)

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(self._rarity(stem) for stem in stems)

    def _rarity(self, stem: str) -> float:
        having = self._kept.counts.having.get(stem)
        return log(1 + self._kept.counts.items / having) if having else 3.0


def _spelt(words: str) -> tuple[str, ...]:
    """Give words as they are spelt, no synonym put for them: "plasma" is not "PRP" here."""
    return tuple(s for s in stems_of(words) if s not in STOP_WORDS and s not in ASKS)


def _names_spelt(item: Item) -> frozenset[tuple[str, ...]]:
    """Give what a word explained is called, each name by itself; nothing for other items."""
    names = (item.names, *item.said.split("\n")) if item.group == TERM.name else ()
    return frozenset(map(_spelt, names)) - {()}

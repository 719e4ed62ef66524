"""The index of what is public: what is found by words, typed or pasted, and in which order.

It is made in memory by each process, in a few seconds, and made anew when the site's version has
risen; meanwhile the old one answers. So nothing of it can be lost, broken or out of step with a
database, and nothing depends on it: words and labels that readers see are read from the database.
"""

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log
from pathlib import Path
from threading import Lock, Thread

from django.conf import settings
from django.db import DatabaseError, connections

from explainer.kinds import CLAIM, KINDS, TERM, Entry
from explainer.library.context import context_of
from explainer.library.models import Revision, SiteVersion
from explainer.search import first_pages, lists
from explainer.search.candidates import BOOSTS, Candidates
from explainer.search.items import Item, book_of, items_of, sentences_of
from explainer.text import matching
from explainer.text.normal_form import STOP_WORDS, stems_of, words_of
from explainer.text.tokens import tokens
from explainer.text.word_lists import Use

LOG = logging.getLogger(__name__)

MOST_WORDS = 24
"""Words of a query that count."""
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
class _Words:
    """The stems of an item: of its names, of what else says what it is, and all."""

    names: frozenset[str]
    head: frozenset[str]
    whole: frozenset[str]


class Index:
    """What was public at one version of the site, ready to be asked."""

    def __init__(self, entries: Sequence[Entry], content: Path) -> None:
        read = lists.read(content)
        if read.problems:
            raise ValueError("\n".join(lists.told(read.problems)))
        context = context_of(entries)
        self.book = book_of(entries, read.words, lists.english())
        self.items = list(items_of(entries, context))
        self.names, self.sentences = context.names, sentences_of(entries)
        self._first, self._pages = read.first, first_pages.pages_of(self.items)
        stems = [{name: self._stems(getattr(item, name)) for name in BOOSTS} for item in self.items]
        self._words = [_words(**of) for of in stems]
        self._spelt = [_names_spelt(item) for item in self.items]
        counted = Counter(stem for words in self._words for stem in words.whole)
        self._rarity = {stem: log(1 + len(self.items) / n) for stem, n in counted.items()}
        self._candidates = Candidates(stems)
        self.places = lru_cache(maxsize=PLACES)(self._places)

    def _places(self, text: str) -> tuple[tuple[str, int, int], ...]:
        """Give the stems of a text of ours with where their words begin and end."""
        found = words_of(text, self.book.lists.synonyms)
        return tuple((sys.intern(word.stem), word.start, word.end) for word in found)

    def _stems(self, text: str) -> list[str]:
        return [word.stem for word in words_of(text, self.book.lists.synonyms)]

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
            item.key
            for item, words in zip(self.items, self._words, strict=True)
            if item.group == CLAIM.name
            and words.head & uses[Use.PREGNANCY]
            and (
                drugs & {*words.head, *self._stems(item.body.partition(". ")[0])}
                or not (asked or words.head & uses[Use.DRUG])
            )
        ]

    def search(self, query: str) -> list[Hit]:
        """Find items by a query of a few words: the word explained of that name, then the best."""
        stems = self.stems(query)
        said = {key: score for score, key in matching.ranked(self.book, query)}
        named = matching.named(self.book, query)
        wanted, spelt = set(stems) - ASKS, _spelt(query)
        hits = []
        for score, number in self._candidates.of(stems):
            item, words = self.items[number], self._words[number]
            factor = self._fit(words, stems)
            if item.group == CLAIM.name:
                factor *= 1 + 1.2 * said.get(item.key, 0.0)
            if len(named) == 1 and item.treatment in {*self.book.names} - named:
                factor *= 0.5
            if item.group == TERM.name and words.names <= wanted:
                factor *= 3 if words.names == wanted else 1.2
            hits.append(Hit(item, score * factor, spelt in self._spelt[number]))
        most = max((hit.score for hit in hits), default=0.0)
        hits = [replace(hit, score=most) if hit.is_named else hit for hit in hits]
        return sorted(hits, key=lambda hit: (-hit.score, not hit.is_named, hit.item.url))

    def _fit(self, words: _Words, stems: Sequence[str]) -> float:
        """Say how much of a query an item has, and of its names the query."""
        asked = set(stems)
        covered = self._weight(asked & words.whole) / (self._weight(asked) or 1.0)
        in_head = len(asked & words.head) / len(asked)
        alike = len(asked & words.names) / len(asked | words.names)
        return (0.3 + 0.7 * covered) * (0.75 + 0.5 * in_head) * (1 + alike)

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(self._rarity.get(stem, 3.0) for stem in stems)


def _words(names: list[str], said: list[str], body: list[str]) -> _Words:
    head = frozenset((*names, *said))
    return _Words(frozenset(names), head, head | frozenset(body))


def _spelt(words: str) -> tuple[str, ...]:
    """Give words as they are spelt, no synonym put for them: "plasma" is not "PRP" here."""
    return tuple(s for s in stems_of(words) if s not in STOP_WORDS and s not in ASKS)


def _names_spelt(item: Item) -> frozenset[tuple[str, ...]]:
    """Give what a word explained is called, each name by itself; nothing for other items."""
    names = (item.names, *item.said.split("\n")) if item.group == TERM.name else ()
    return frozenset(map(_spelt, names)) - {()}


def make() -> Index:
    """Make the index of what is public now; raises whatever stands in the way."""
    rows = Revision.objects.published().of(*KINDS).with_document().order_by("document__key", "pk")
    return Index([row.entry for row in rows], Path(settings.CONTENT_DIR))


def in_background(run: Callable[[], None]) -> None:
    """Run something in a thread that gives its connections back."""

    def apart() -> None:
        try:
            run()
        finally:
            connections.close_all()

    Thread(target=apart, name="search_index", daemon=True).start()


class Shelf:
    """The one index of this process, for one version of the site, and what is known to fail."""

    def __init__(self) -> None:
        self._lock, self._making = Lock(), Lock()
        self.forget()

    def forget(self) -> None:
        self._index: Index | None = None
        self._version: object = None
        self._broke_at: object = None

    def warm(self) -> None:
        """Make the first index, if the database can be read already; else the first reader does."""
        try:
            self.current()
        except DatabaseError:
            LOG.warning("The search index waits for the database")

    def broke(self) -> None:
        """Have the index made anew: once a version, for a query may break the next one too."""
        if self._broke_at != self._version:
            self._broke_at, self._version = self._version, None

    def current(self) -> Index | None:
        """Give the index of now, or of a moment ago while a new one is made; None if none can be.

        The first caller waits for the first one.
        """
        version = _version()
        if version != self._version:
            if self._version is None:
                with self._lock:
                    self._renew(version)
            else:
                in_background(lambda: self._renew_apart(version))
        return self._index

    def _renew(self, version: object) -> None:
        if version == self._version:
            return
        try:
            self._index = make()
        except Exception:
            # Nothing depends on the search: pages say that it is away. Tried again at the next
            # version, for what failed now would fail at each request.
            LOG.exception("The search index could not be made")
        self._version = version

    def _renew_apart(self, version: object) -> None:
        if not self._making.acquire(blocking=False):
            return
        try:
            self._renew(version)
        finally:
            self._making.release()


def _version() -> tuple[object, ...]:
    row = SiteVersion.objects.values_list("number", "changed_at").get(pk=SiteVersion.ONLY)
    return (*row, str(settings.CONTENT_DIR))


shelf = Shelf()

"""Every page of readers made before anybody asks, and made again to see if it is the same."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from django.core.handlers.wsgi import WSGIHandler

from explainer.web.page_cache.asking import asked
from explainer.web.page_cache.encodings import BEST, IDENTITY
from explainer.web.page_cache.middleware import PageCache
from explainer.web.page_cache.store import SHARED

Progress = Callable[[Iterable[str]], Iterable[str]]
LINK = re.compile(rb'href="?(/[^"#?\s>]*)')


@dataclass(frozen=True, slots=True)
class Difference:
    """An address whose kept page is not what would be made of it now, and what differs."""

    address: str
    what: str


class MostLinked:
    """Addresses in turn: next is the one that most of the pages seen so far lead to.

    Where as many lead to two, the one named first comes first.
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        self._places = {path: place for place, path in enumerate(addresses)}
        self._links: Counter[str] = Counter()
        self._turns = [(0, place, path) for path, place in self._places.items()]
        heapify(self._turns)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        waiting = dict(self._places)
        while waiting:
            _, _, path = heappop(self._turns)
            if waiting.pop(path, None) is not None:
                yield path

    def saw(self, page: bytes) -> None:
        for path in {link.decode("latin-1") for link in LINK.findall(page)} & self._places.keys():
            self._links[path] += 1
            heappush(self._turns, (-self._links[path], self._places[path], path))


def build(cache: PageCache, addresses: Iterable[str], progress: Progress = iter) -> int:
    """Make what is not kept yet, compressed as well as it can be; give how many were missing.

    The most linked come first. It may be stopped and begun again: what is kept is not made twice.
    What was made for a reader who waited is compressed again.
    """
    cache.quality = BEST
    # First, or whoever mistypes something meanwhile has Django started in another process.
    for path in SHARED.values():
        asked(cache, path)
    missing = [path for path in addresses if cache.store.find(path, IDENTITY) is None]
    turns = MostLinked(missing)
    for path in progress(turns):
        turns.saw(asked(cache, path).body)
    for path in progress(cache.store.hurried()):
        cache.store.compress_again(path)
    return len(missing)


def differences(cache: PageCache, progress: Progress = iter) -> Iterator[Difference]:
    """Make every kept page anew and name those that differ: none may."""
    django = WSGIHandler()
    for path in progress(cache.store.addresses()):
        kept = cache.store.find(path, IDENTITY)
        if kept is None:
            continue
        made = asked(django, SHARED.get(path, path))
        fresh = {name: value for name, value in made.headers if name in dict(kept.headers)}
        for what, before, after in (
            ("status", kept.status, made.status),
            ("headers", dict(kept.headers), fresh),
            ("body", kept.body, made.body),
        ):
            if before != after:
                yield Difference(path, what)

"""Every page of readers made before anybody asks, and made again to see if it is the same."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from explainer.web.page_cache.encodings import BEST, IDENTITY
from explainer.web.page_cache.middleware import PageCache

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
    """
    cache.quality = BEST
    missing = [path for path in addresses if cache.store.find(path, IDENTITY) is None]
    turns = MostLinked(missing)
    for path in progress(turns):
        _, _, body = _asked(cache, path)
        turns.saw(body)
    return len(missing)


def differences(cache: PageCache, progress: Progress = iter) -> Iterator[Difference]:
    """Make every kept page anew and name those that differ: none may."""
    django = WSGIHandler()
    for path in progress(cache.store.addresses()):
        kept = cache.store.find(path, IDENTITY)
        if kept is None:
            continue
        status, headers, body = _asked(django, path)
        fresh = {name: value for name, value in headers if name in dict(kept.headers)}
        for what, before, after in (
            ("status", kept.status, status),
            ("headers", dict(kept.headers), fresh),
            ("body", kept.body, body),
        ):
            if before != after:
                yield Difference(path, what)


def _asked(application: Any, path: str) -> tuple[int, list[tuple[str, str]], bytes]:
    began: list[Any] = []
    response = application(_environ(path), lambda *started: began.extend(started))
    body = b"".join(response)
    if close := getattr(response, "close", None):
        close()
    return int(began[0].split()[0]), began[1], body


def _environ(path: str) -> dict[str, Any]:
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": site.netloc,
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or 443),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "REMOTE_ADDR": "127.0.0.1",
    }

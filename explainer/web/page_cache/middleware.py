"""The small WSGI application before Django: it answers what is kept, and keeps what Django made."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus
from threading import Lock
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

from explainer.web.page_cache.encodings import FAST, IDENTITY, chosen, compressed
from explainer.web.page_cache.page import KEPT_READING, Headers, Page
from explainer.web.page_cache.store import MISSING, Store

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

READING = ("GET", "HEAD")
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_RANGE")
OWN = frozenset({"content-length", "etag", "vary", "content-encoding"})
"""Headers that are written for each answer, not kept."""
MOST_REMEMBERED = 1_000
"""Addresses of which a process remembers that nothing is kept: nobody waits for another there."""


class PageCache:
    """A WSGI application that answers readers' pages from a store and leaves the rest to Django.

    `django` gives Django's application; it is called when something has to be made. `apart` are
    beginnings of addresses that are never kept, `files` are applications that answer below others,
    `hosts` the names that may be asked by, and `https_only` leaves requests over plain HTTP to
    Django, which sends them to https. `place_of` gives the address under which the answer to
    another is kept, its own or a shared one, and the address that is to be asked for it.
    """

    def __init__(
        self,
        store: Store,
        django: Callable[[], Application],
        *,
        apart: Sequence[str],
        files: Mapping[str, Application] = MappingProxyType({}),
        hosts: Sequence[str],
        place_of: Callable[[str], tuple[str, str]] = lambda address: (address, address),
        https_only: bool = False,
        proxies: Sequence[str] = (),
    ) -> None:
        self.store, self._django = store, django
        self.quality = FAST
        self._apart, self._proxies = tuple(apart), frozenset(proxies)
        self._files = tuple(files.items())
        self._hosts, self._place_of = frozenset(hosts), place_of
        self._https_only = https_only
        self._making: dict[str, tuple[Lock, int]] = {}
        self._undeclared: set[str] = set()
        self._turns = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        address = environ.get("PATH_INFO", "")
        if other := self._other(environ, address):
            return other(environ, start_response)
        encoding = chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
        asked = _asked(environ.get("QUERY_STRING", ""))
        page = self._find(address, encoding, asked)
        if page is not None:
            return _answer(page, environ, start_response)
        place, path = self._place_of(address)
        if place != address:
            environ = {**environ, "PATH_INFO": path, "QUERY_STRING": ""}
            asked, page = frozenset(), self._find(place, encoding, frozenset())
        elif asked or address in self._undeclared:
            return self._made(environ, start_response, place, encoding, asked)
        if page is None:
            with self._turn(place):
                page = self._find(place, encoding, asked)
                if page is None:
                    return self._made(environ, start_response, place, encoding, asked)
        return _answer(page, environ, start_response)

    def _other(self, environ: Environ, address: str) -> Application | None:
        """Give who answers what is no page of readers; None if it is one."""
        if not self._is_reading(environ):
            return self._django()
        for prefix, files in self._files:
            if address.startswith(prefix):
                return files
        return self._django() if address.startswith(self._apart) else None

    def _is_reading(self, environ: Environ) -> bool:
        return (
            environ["REQUEST_METHOD"] in READING
            and _name(environ.get("HTTP_HOST", "")) in self._hosts
            and (not self._https_only or self._is_https(environ))
        )

    def _is_https(self, environ: Environ) -> bool:
        # As `middleware.trusted_proxies` has it: only a proxy of ours is believed.
        if environ.get("wsgi.url_scheme") == "https":
            return True
        is_ours = environ.get("REMOTE_ADDR") in self._proxies
        return is_ours and environ.get("HTTP_X_FORWARDED_PROTO") == "https"

    def _find(self, address: str, encoding: str, asked: frozenset[str]) -> Page | None:
        page = self.store.find(address, encoding)
        if page is None or page.params & asked:
            return None
        # A redirect hands the question on, so each is made for its own.
        return None if asked and page.status == HTTPStatus.MOVED_PERMANENTLY else page

    @contextmanager
    def _turn(self, address: str) -> Iterator[None]:
        """Let one thread make a page while others wait for it."""
        with self._turns:
            lock, waiting = self._making.get(address, (Lock(), 0))
            self._making[address] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self._turns:
                lock, waiting = self._making.pop(address)
                if waiting > 1:
                    self._making[address] = (lock, waiting - 1)

    def _made(
        self,
        environ: Environ,
        start_response: StartResponse,
        address: str,
        encoding: str,
        asked: frozenset[str],
    ) -> Iterable[bytes]:
        """Have Django make an answer; what it declares is kept, the rest goes on as it is."""
        application, edition = self._django(), self.store.edition()
        whole, reading = _whole(environ), "" if asked else self.store.reading(address)
        response, began = _begun(application, {**whole, KEPT_READING: reading})
        if hasattr(response, "page_is_unchanged"):
            _close(response)
            # What was published meanwhile may have been read or not.
            if edition and edition == self.store.edition():
                self.store.renew(address, reading, edition)
            if page := self._find(address, encoding, asked):
                return _answer(page, environ, start_response)
            response, began = _begun(application, {**whole, KEPT_READING: ""})
        declared = getattr(response, "page_cache", None)
        if declared is None or declared.params & asked:
            if declared is None and len(self._undeclared) < MOST_REMEMBERED:
                self._undeclared.add(address)
            if environ["REQUEST_METHOD"] == "GET" and environ.keys().isdisjoint(CONDITIONS):
                start_response(*began)
                return response
            _close(response)
            return application(environ, start_response)
        page = _page_of(response, began[0], began[1], declared.params)
        if edition and not (asked and page.status == HTTPStatus.MOVED_PERMANENTLY):
            until, read = declared.until.timestamp(), getattr(response, "page_reading", "")
            self._keep(address, page, edition, until, read)
        return _answer(_encoded(page, encoding), environ, start_response)

    def _keep(self, address: str, page: Page, edition: str, until: float, reading: str) -> None:
        """Keep a page of an edition, if that one is still public and nothing forbids it."""
        is_what_was_asked = address != MISSING or page.status == HTTPStatus.NOT_FOUND
        # What was published meanwhile may be in the page or not.
        if edition == self.store.edition() and is_what_was_asked and not page.is_private:
            self.store.keep(
                address, page, edition=edition, until=until, quality=self.quality, reading=reading
            )


def _begun(application: Application, environ: Environ) -> tuple[Iterable[bytes], list[Any]]:
    """Give an answer, and what it began with: status and headers."""
    began: list[Any] = []
    return application(environ, lambda *started: began.extend(started)), began


@lru_cache(maxsize=64)
def _name(host: str) -> str:
    """Give a Host header without its port."""
    name, _, port = host.lower().rpartition(":")
    return name if port.isdecimal() else host.lower()


def _whole(environ: Environ) -> Environ:
    """Give the question for all of an answer, of which others get what they ask for."""
    whole = {key: value for key, value in environ.items() if key not in CONDITIONS}
    return {**whole, "REQUEST_METHOD": "GET"}


def _asked(query: str) -> frozenset[str]:
    if not query:
        return frozenset()
    pairs = parse_qsl(query, keep_blank_values=True, encoding="latin-1")
    return frozenset(name for name, _ in pairs)


def _page_of(
    response: Iterable[bytes],
    status: str,
    headers: Sequence[tuple[str, str]],
    params: frozenset[str],
) -> Page:
    try:
        body = b"".join(response)
    finally:
        _close(response)
    kept: Headers = tuple((name, value) for name, value in headers if name.lower() not in OWN)
    digest = blake2b(body, digest_size=12).hexdigest()
    return Page(int(status.split(" ", 1)[0]), kept, digest, body, IDENTITY, params)


def _close(response: Iterable[bytes]) -> None:
    if close := getattr(response, "close", None):
        close()


def _encoded(page: Page, encoding: str) -> Page:
    if encoding == IDENTITY or not page.body:
        return page
    br, gzip = compressed(page.body)
    if encoding == "br" and br is not None:
        return replace(page, body=br, encoding="br")
    return replace(page, body=gzip, encoding="gzip")


def _answer(page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with a page, or say that the client has it (RFC 9110, 13.1.2)."""
    condition = environ.get("HTTP_IF_NONE_MATCH")
    if condition and page.status == HTTPStatus.OK and _has(condition, page.etag):
        start_response("304 Not Modified", [*page.unchanged])
        return []
    line, headers = page.sent
    start_response(line, [*headers])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _has(condition: str, etag: str) -> bool:
    tags = (tag.strip().removeprefix("W/") for tag in condition.split(","))
    return condition.strip() == "*" or etag in tags

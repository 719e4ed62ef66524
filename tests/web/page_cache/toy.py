"""A store with an edition that tests set, and an application that counts what it was asked."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from explainer.web.page_cache.middleware import PageCache
from explainer.web.page_cache.page import KEPT_READING
from explainer.web.page_cache.store import Store

HOST = "hair.example"
SOON = timedelta(hours=1)


class Answer(list):
    """What Django hands a server: an iterable that may carry a declaration."""


class Toy:
    """An application before which a page cache stands; `asked` are the requests it got."""

    def __init__(self, folder, **settings: Any) -> None:
        self.name: str | None = "1"
        self.asked: list[dict[str, Any]] = []
        self.body, self.status = b"<p>A page of words.</p>" * 20, "200 OK"
        self.params: frozenset[str] | None = frozenset()
        self.until = datetime.now(UTC) + SOON
        self.meanwhile = lambda: None
        self.headers: list[tuple[str, str]] = []
        self.reading, self.is_unchanged = "", False
        self.store = Store(folder / "pages.sqlite3", "build", SimpleNamespace(current=self.current))
        settings = {"apart": ("/admin/",), "hosts": (HOST,), **settings}
        self.cache = PageCache(self.store, lambda: self.made, **settings)

    def current(self) -> str | None:
        return self.name

    def made(self, environ, start_response) -> Iterable[bytes]:
        self.asked.append(environ)
        headers = [("Content-Type", "text/html"), ("X-Frame-Options", "DENY"), *self.headers]
        start_response(self.status, headers)
        answer = Answer([self.body])
        self.meanwhile()
        if self.is_unchanged and environ.get(KEPT_READING):
            answer.page_is_unchanged = True
            return answer
        answer.page_reading = self.reading
        if self.params is not None:
            answer.page_cache = SimpleNamespace(until=self.until, params=self.params)
        return answer

    def get(self, path="/page/", query="", method="GET", host=HOST, **headers):
        """Ask for a page; give its status, its headers and its body."""
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query,
            "HTTP_HOST": host, "wsgi.url_scheme": "http", "REMOTE_ADDR": "192.0.2.1", **headers,
        }  # fmt: skip
        began: list[Any] = []
        body = b"".join(self.cache(environ, lambda *started: began.extend(started)))
        return int(began[0].split()[0]), dict(began[1]), body

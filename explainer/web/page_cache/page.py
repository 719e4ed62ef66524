"""An answer as it is kept and sent: its status, headers and body."""

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus

from explainer.web.page_cache.encodings import IDENTITY

OF_THE_BODY = frozenset({"content-type", "content-language"})
ASK_EACH_TIME = ("Cache-Control", "no-cache")
"""A copy may be kept anywhere, and is asked about before it is shown: so it is never an old one."""

KEPT_READING = "explainer.reading"
"""The key of a WSGI environment that holds what a kept page of the address read."""

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """An answer as it is sent: `body` is in `encoding`; `params` would make it another answer."""

    status: int
    headers: Headers
    digest: str
    body: bytes
    encoding: str = IDENTITY
    params: frozenset[str] = frozenset()

    @property
    def is_private(self) -> bool:
        """True if the answer itself forbids to keep it (RFC 9111, 5.2.2)."""
        said = (value for name, value in self.headers if name.lower() == "cache-control")
        return any(word in value for value in said for word in ("no-store", "private"))

    @cached_property
    def etag(self) -> str:
        return f'"{self.digest}-{self.encoding}"' if self.encoding else f'"{self.digest}"'

    @cached_property
    def sent(self) -> tuple[str, list[tuple[str, str]]]:
        """Give the line of the status and all headers of the whole answer."""
        headers = [*self.unchanged]
        if self.encoding:
            headers.append(("Content-Encoding", self.encoding))
        types = [pair for pair in self.headers if pair[0].lower() in OF_THE_BODY]
        length = ("Content-Length", str(len(self.body)))
        line = f"{self.status} {HTTPStatus(self.status).phrase}"
        return line, [*headers, *types, length]

    @cached_property
    def unchanged(self) -> list[tuple[str, str]]:
        """Give the headers of an answer that says only: you have it (RFC 9110, 15.4.5)."""
        kept = [pair for pair in self.headers if pair[0].lower() not in OF_THE_BODY]
        if not any(name.lower() == "cache-control" for name, _ in kept):
            kept.append(ASK_EACH_TIME)
        return [*kept, ("ETag", self.etag), ("Vary", "Accept-Encoding")]

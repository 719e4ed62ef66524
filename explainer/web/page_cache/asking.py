"""A WSGI application asked as by a reader, by the site's own name and without a server."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from explainer.web.page_cache.middleware import Application


@dataclass(frozen=True, slots=True)
class Answer:
    """What an application answered; the body is as nobody compressed it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Give the value of a header, or nothing."""
        found = (value for key, value in self.headers if key.lower() == name.lower())
        return next(found, "")


def asked(application: Application, address: str, method: str = "GET") -> Answer:
    """Ask for an address of this site, which may have a query."""
    began: list[Any] = []
    response = application(_environ(address, method), lambda *started: began.extend(started))
    try:
        body = b"".join(response)
    finally:
        if close := getattr(response, "close", None):
            close()
    return Answer(int(began[0].split()[0]), tuple(began[1]), body)


def _environ(address: str, method: str) -> dict[str, Any]:
    site = urlsplit(settings.SITE_URL)
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": site.netloc,
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or 443),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "REMOTE_ADDR": "127.0.0.1",
    }

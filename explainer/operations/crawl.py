"""What the site answers at an address, asked of its own pages, without a server.

Goes past the middleware, so it asks as nobody: what only staff may open does not exist here.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import storages
from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, ResolverMatch, resolve

SITEMAP = "/sitemap.xml"


@dataclass(frozen=True, slots=True)
class Page:
    """What one address answers; `error` says why it could not answer at all."""

    status: int
    text: str = ""
    error: str = ""

    @property
    def is_there(self) -> bool:
        return self.status < 400

    @property
    def ids(self) -> frozenset[str]:
        # A page is sent without the quotes that HTML does without.
        return frozenset(re.findall(r"""\bid="?([^"\s>]+)""", self.text))


class Site:
    """Every page, asked once. Pages that change meanwhile are not seen again."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}

    def page(self, address: str) -> Page:
        address = address.partition("#")[0]
        if address not in self._pages:
            self._pages[address] = _ask(address)
        return self._pages[address]

    def listed(self) -> tuple[str, ...]:
        found = re.findall(r"<loc>([^<]*)</loc>", self.page(SITEMAP).text)
        return tuple(address.removeprefix(settings.SITE_URL) for address in found)

    def refusal(self, link: str, base: str) -> str:
        """Say why a link that stands on the page `base` leads nowhere, or nothing if it does.

        Links to other sites, and to files that are no page, are not followed.
        """
        parts, own = urlsplit(urljoin(base, link)), urlsplit(settings.SITE_URL)
        is_ours = (parts.scheme, parts.netloc) in (("", ""), (own.scheme, own.netloc))
        if not is_ours or parts.path.startswith(settings.STATIC_URL):
            return ""
        page = self.page(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if page.status == 410:
            return "which was withdrawn"
        if not page.is_there and not page.error:
            return "where there is no page"
        if parts.fragment and not page.error and unquote(parts.fragment) not in page.ids:
            return f"but that page has no place called '{parts.fragment}'"
        return ""


def collected() -> bool:
    """True if pages can name their style sheets, whose names change with what is in them."""
    storage: Any = storages["staticfiles"]
    has_manifest = isinstance(storage, ManifestFilesMixin) and not settings.DEBUG
    return not has_manifest or storage.read_manifest() is not None


def _ask(address: str) -> Page:
    path = unquote(address.partition("?")[0])
    match = _match(path)
    if match is None or path.startswith(settings.STAFF_PATH):
        return Page(404)
    try:
        request = RequestFactory(SERVER_NAME=urlsplit(settings.SITE_URL).hostname).get(address)
        response = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return Page(404)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what readers would meet
        return Page(500, error=f"{type(error).__name__}: {error}")
    is_text = not getattr(response, "streaming", False)
    return Page(response.status_code, response.content.decode() if is_text else "")


def _match(path: str) -> ResolverMatch | None:
    # A reader without the last slash is led on to it.
    for written in (path, f"{path}/"):
        try:
            return resolve(written)
        except Resolver404:
            continue
    return None

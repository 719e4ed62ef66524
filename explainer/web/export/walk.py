"""Every address asked of the real application, and written as a file that a server can find."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from django.conf import settings

from explainer.web.export.links import links_in
from explainer.web.export.release import ExportRefused, Release
from explainer.web.page_cache.asking import Answer, asked
from explainer.web.page_cache.encodings import IDENTITY
from explainer.web.page_cache.middleware import PageCache
from explainer.web.page_cache.routes import ADDRESS

PUBLIC = "public"
OWN = "_export"
"""A folder below the site's own addresses, for what stands there in place of an answer."""
MISSING = "404.html"
NO_PAGE = "/no-such-page/"
"""An address that could be a page's: its answer leads on, a stranger's is short."""
REFUSED = f"{OWN}/405.html"
TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
Progress = Callable[[Iterable[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site that files cannot answer, and the page that says so in its place.

    With `params`, only a request with one of them is meant; `below` means all that is below the
    address. `page` is whole HTML.
    """

    address: str
    page: bytes
    params: frozenset[str] = frozenset()
    below: bool = False

    @property
    def is_whole(self) -> bool:
        """True if the address itself is never answered by files."""
        return not (self.params or self.below)

    @property
    def file(self) -> str:
        if self.is_whole:
            return file_of(self.address)
        return f"{OWN}/parts/{self.address.strip('/')}/index.html"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an address, which may have a query, got: the file from the root, status, headers."""

    address: str
    file: str
    status: int
    headers: tuple[tuple[str, str], ...]


@dataclass
class Export:
    """All that one edition of the site has; `params` are those that an address reads."""

    parts: Sequence[Part]
    found: list[Exported] = field(default_factory=list)
    params: dict[str, frozenset[str]] = field(default_factory=dict)

    def queries(self, path: str) -> Iterator[tuple[dict[str, str], Exported]]:
        """Give what is exported of an address with a query, with the parameters that are meant."""
        for one in self.found:
            address, _, query = one.address.partition("?")
            if query and address == path:
                yield dict(parse_qsl(query)), one


def file_of(address: str) -> str:
    """Give where the answer to an address lies, from the root of the export."""
    path, _, query = address.partition("?")
    plain = f"{path[1:]}index.html" if path.endswith("/") else path[1:]
    if not query:
        return plain
    ending = plain.rpartition(".")[2]
    return "/".join((OWN, "query", path.strip("/"), *_words(query), f"index.{ending}"))


def _is_address(link: str) -> bool:
    return ADDRESS.fullmatch(link.partition("?")[0]) is not None and ".." not in link


def _words(query: str) -> Iterator[str]:
    return (word for pair in parse_qsl(query) for word in pair)


class Walk:
    """Asks for what is handed in and for all that it leads to, and writes each answer once."""

    def __init__(self, cache: PageCache, release: Release, parts: Sequence[Part]) -> None:
        self._cache, self._release = cache, release
        self._export = Export(parts)
        self._whole = {part.address: part for part in parts if part.is_whole}
        self._never = (settings.STAFF_PATH, *(part.address for part in parts if part.below))
        self._seen: set[str] = set()

    def run(self, addresses: Iterable[str], progress: Progress = iter) -> Export:
        """Raises ExportRefused if an address that was handed in has no page, or any one fails."""
        waiting, links, must_be_there = list(addresses), {*self._whole}, True
        while waiting:
            self._seen.update(waiting)
            for address in progress(waiting):
                links |= self._own(self._take(address, must_be_there))
            # Only now is it known which parameters each address reads.
            waiting = sorted({self._asked(link) for link in links} - self._seen)
            links, must_be_there = set(), False
        self._take_errors()
        return self._export

    def _take(self, address: str, must_be_there: bool) -> set[str]:
        """Write what an address answers; give where it leads."""
        answer = asked(self._cache, address)
        if answer.status >= 500 or (must_be_there and answer.status not in (200, 410)):
            raise ExportRefused(
                f"'{address}' answered {answer.status}, so nothing was exported. "
                "Look at it in a browser, and what check_library says, then try again."
            )
        if answer.status not in (200, 410):
            return set()
        kept = self._cache.store.find(address.partition("?")[0], IDENTITY)
        if kept and kept.params:
            self._export.params[address.partition("?")[0]] = kept.params
        if address in self._whole:
            self._write_part(self._whole[address], answer)
        else:
            file = file_of(address)
            file = file if answer.status == 200 else f"{OWN}/gone/{file}"
            self._write(address, file, answer)
        return self._leads_to(answer, address)

    def _leads_to(self, answer: Answer, address: str) -> set[str]:
        media_type = answer.header("Content-Type")
        if not media_type.startswith(TEXTS) and "manifest" not in media_type:
            return set()
        found = links_in(answer.body.decode(), media_type, f"{settings.SITE_URL}{address}")
        return {link for link in found if link.startswith(f"{settings.SITE_URL}/")}

    def _own(self, links: Iterable[str]) -> set[str]:
        """Give whole links as addresses of the site, without those that are not for readers."""
        paths = (link.removeprefix(settings.SITE_URL) for link in links)
        return {path for path in paths if _is_address(path) and not path.startswith(self._never)}

    def _asked(self, address: str) -> str:
        """Leave the parameters that an address reads, in one order; none if a value is strange."""
        path, _, query = address.partition("?")
        read = self._export.params.get(path, frozenset())
        pairs = sorted((name, value) for name, value in parse_qsl(query) if name in read)
        is_plain = all(_WORD.fullmatch(value) for _, value in pairs)
        return f"{path}?{'&'.join(map('='.join, pairs))}" if pairs and is_plain else path

    def _take_errors(self) -> None:
        """Write the pages that stand for no page, for a form, and for what needs a server."""
        missing = asked(self._cache, NO_PAGE)
        self._write("", MISSING, missing)
        self._write("", REFUSED, asked(self._cache, "/", "POST"))
        for part in self._export.parts:
            if not part.is_whole:
                self._write_part(part, missing)

    def _write_part(self, part: Part, live: Answer) -> None:
        headers = dict(live.headers) | {"X-Robots-Tag": "noindex", "Cache-Control": "no-cache"}
        self._write("", part.file, Answer(200, tuple(headers.items()), part.page))

    def _write(self, address: str, file: str, answer: Answer) -> None:
        is_text = answer.header("Content-Type").startswith((*TEXTS, "application/"))
        self._release.write(f"{PUBLIC}/{file}", answer.body, compress=is_text)
        self._export.found.append(Exported(address, file, answer.status, answer.headers))

"""Where an answer leads: pages, files and lists that a reader's browser may ask for next."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

_OF_STYLES = re.compile(r'url\("?([^")]+)"?\)')
_OF_SCRIPTS = re.compile(r'(?:from|import)\s*\(?\s*"(\.[^"]+)"')


def links_in(text: str, media_type: str, address: str) -> set[str]:
    """Give whole addresses, without fragments, that stand in the text found at an address.

    Texts of other kinds than pages, styles, scripts and manifests are the end of a way.
    """
    find = _FINDERS.get(media_type.partition(";")[0].strip())
    found = find(text) if find else ()
    return {urldefrag(urljoin(address, link)).url for link in found}


class _Attributes(HTMLParser):
    """Collects what may be an address, whichever attribute it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = (value for name, value in attrs if value and name not in ("d", "points"))
        self.found += [value for value in values if value.startswith(("/", "?", "http"))]


def _of_page(text: str) -> list[str]:
    parser = _Attributes()
    parser.feed(text)
    return parser.found


def _of_manifest(text: str) -> Iterator[str]:
    return (icon["src"] for icon in json.loads(text).get("icons", ()))


_FINDERS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "text/html": _of_page,
    "text/css": _OF_STYLES.findall,
    "text/javascript": _OF_SCRIPTS.findall,
    "application/manifest+json": _of_manifest,
}

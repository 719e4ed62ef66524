"""Which addresses may have an answer of their own: told without Django once its table is written.

All others share two answers: that to addresses which no view answers, and that to those of
documents that never were public. So thinking of more of them costs no page, no row and no Django.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from explainer.web.page_cache.store import MISSING, NOWHERE

ADDRESS = re.compile(r"/[A-Za-z0-9._/-]{0,250}", re.ASCII)
"""What an address of a page is made of; anything else leads nowhere."""
OF_A_KEY = frozenset({"slug", "key"})
"""Converters of which a document's key is made. A view that is given nothing else shows that
document, or says that there is none."""


@dataclass(frozen=True, slots=True)
class Route:
    """The addresses of one view; `is_keyed` if all that it is given is the key of a document."""

    address: re.Pattern[str]
    is_keyed: bool

    def key(self, address: str) -> str:
        found = self.address.fullmatch(address)
        return "/".join(found.groupdict().values()) if found else ""


class Routes:
    """The table of addresses; `was_public` tells of a key, and is None when nobody knows."""

    def __init__(self, written: str, was_public: Callable[[str], bool | None]) -> None:
        self._routes = [Route(re.compile(regex), keyed) for regex, keyed in json.loads(written)]
        self._was_public = was_public

    def place_of(self, address: str) -> tuple[str, str]:
        """Give the address whose answer it has, its own or a shared one, and whom to ask for it."""
        if ADDRESS.fullmatch(address) is None:
            return NOWHERE, NOWHERE
        for asked in (address, f"{address}/"):
            if found := self._found(asked):
                known = not found.is_keyed or self._was_public(found.key(asked))
                return (MISSING, asked) if known is False else (address, address)
        return NOWHERE, NOWHERE

    def _found(self, address: str) -> Route | None:
        return next((route for route in self._routes if route.address.fullmatch(address)), None)


def written(patterns: Sequence[Any]) -> str:
    """Write one of Django's tables down."""
    return json.dumps([*_routes(patterns, "/", frozenset())])


def _routes(
    patterns: Sequence[Any], before: str, given: frozenset[str]
) -> Iterator[tuple[str, bool]]:
    for one in patterns:
        route = str(one.pattern)
        regex = before + one.pattern.regex.pattern.removeprefix("^")
        # What a pattern of `re_path` gives can be anything.
        by_pattern = {"?"} if "(?P<" in route else set()
        converters = given | set(re.findall(r"<(\w+):", route)) | by_pattern
        if inner := getattr(one, "url_patterns", None):
            yield from _routes(inner, regex, converters)
        else:
            yield regex, bool(converters) and converters <= OF_A_KEY

"""HTML cut between its outermost elements, and a cleaner that looks at each of them once."""

import re
from collections.abc import Callable
from hashlib import sha256

from explainer.text.html_tree import VOID

_TAG = re.compile(r'<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)(?: [a-z-]+="[^"<>]*")*)>')


def outermost(html: str) -> list[str]:
    """Give the parts, which join up to the whole: an element each, with the text before it.

    All of it is one part unless its tags alone say how it nests: each is closed by its own, and no
    text or attribute holds a sign of a tag.
    """
    parts, opened, start, reached = list[str](), list[str](), 0, 0
    for tag in _TAG.finditer(html):
        if tag[1] and (not opened or opened.pop() != tag[1]):
            return [html]
        if tag[2] and tag[2] not in VOID:
            opened.append(tag[2])
        if _has_sign(html, reached, tag.start()):
            return [html]
        reached = tag.end()
        if not opened:
            parts.append(html[start:reached])
            start = reached
    if opened or _has_sign(html, reached, len(html)):
        return [html]
    return [*parts, html[reached:]] if reached < len(html) else parts


def _has_sign(html: str, start: int, end: int) -> bool:
    return html.find("<", start, end) >= 0 or html.find(">", start, end) >= 0


class Cleaner:
    """A cleaner of HTML that knows again, by its digest, what it left as it was.

    That is a whole text, or an outermost element: where all of a text's elements were left as they
    are, a cleaner that reads HTML as browsers do leaves the text as it is, for nothing of one is
    still open when the next begins. Where one was not, the whole is cleaned anew.
    """

    MOST = 40_000

    def __init__(self, clean: Callable[[str], str]) -> None:
        self._clean, self._passed = clean, set[bytes]()

    def __call__(self, html: str) -> str:
        whole = _digest(html)
        if whole in self._passed:
            return html
        parts = {_digest(part): part for part in outermost(html)}
        new = "".join(part for digest, part in parts.items() if digest not in self._passed)
        if new and (clean := self._clean(new)) != new:
            return clean if new == html else self._clean(html)
        if len(self._passed) >= self.MOST:
            self.forget()
        self._passed.update(parts, [whole])
        return html

    def forget(self) -> None:
        self._passed.clear()


def _digest(html: str) -> bytes:
    return sha256(html.encode(errors="surrogatepass")).digest()

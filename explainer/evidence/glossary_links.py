"""The first mention of a glossary word on a page, outside headings and code, becomes a link."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token

from explainer.evidence.context import Term
from explainer.evidence.coverage import HEADS

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The glossary's words, found by the first word of each; longest first."""

    by_first: Mapping[str, Sequence[tuple[str, Term]]]
    starts: frozenset[str]  # the first words and their plurals

    @classmethod
    @lru_cache(maxsize=4)
    def of(cls, terms: tuple[Term, ...]) -> "Vocabulary":
        """Index terms and their other words; those without a letter or digit are left out."""
        found: dict[str, list[tuple[str, Term]]] = {}
        for term in terms:
            for word in (term.term, *term.also):
                if first := _WORD.search(word.lower()):
                    found.setdefault(first[0], []).append((word.lower(), term))
        for entries in found.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return cls(found, frozenset({*found, *(f"{first}s" for first in found)}))

    def mentions(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Give start, end and term of each mention, singular or with a plural s."""
        lowered, reached, known = text.lower(), 0, self.by_first
        # A letter whose lower case is longer would shift every place after it.
        if len(lowered) != len(text) or self.starts.isdisjoint(_WORD.findall(lowered)):
            return
        for word in _WORD.finditer(lowered):
            if word.start() < reached:
                continue
            for name, term in known.get(word[0]) or known.get(word[0].removesuffix("s"), ()):
                if end := _end(lowered, word.start(), name):
                    yield word.start(), end, term
                    reached = end
                    break


def link_terms(
    tokens: Sequence[Token], vocabulary: Vocabulary, linked: Iterable[str] = ()
) -> tuple[str, ...]:
    """Link, in place, the first mention of each term that is not in `linked` already.

    Returns the keys of all terms linked so far, for the next text of the same page.
    """
    seen, heading = dict.fromkeys(linked), False
    for token in tokens:
        if token.type in HEADS:
            heading = token.nesting == 1
        elif token.type == "inline" and not heading:
            token.children = [*_link_children(token.children or [], vocabulary, seen)]
    return tuple(seen)


def _link_children(
    children: Sequence[Token], vocabulary: Vocabulary, seen: dict[str, None]
) -> Iterator[Token]:
    inside = 0
    for child in children:
        name, _, side = child.type.partition("_")
        if name in ("link", "term", "source"):
            inside += 1 if side == "open" else -1
            if name == "term" and "term" in child.meta:
                seen.setdefault(child.meta["key"])
        if child.type == "text" and not inside:
            yield from _link_text(child, vocabulary, seen)
        else:
            yield child


def _link_text(token: Token, vocabulary: Vocabulary, seen: dict[str, None]) -> Iterator[Token]:
    reached = 0
    for start, end, term in vocabulary.mentions(token.content):
        if term.key in seen:
            continue
        seen.setdefault(term.key)
        meta = {**token.meta, "key": term.key, "term": term}
        if start > reached:
            yield _text(token.content[reached:start], token)
        yield Token("term_open", "a", 1, meta=meta)
        yield _text(token.content[start:end], token)
        yield Token("term_close", "a", -1, meta=meta)
        reached = end
    if reached == 0:
        yield token
    elif reached < len(token.content):
        yield _text(token.content[reached:], token)


def _text(content: str, token: Token) -> Token:
    return Token("text", "", 0, content=content, meta=dict(token.meta))


def _end(text: str, start: int, name: str) -> int:
    """Give where a mention of `name` that begins at `start` ends, or 0 if it is not one."""
    if not text.startswith(name, start):
        return 0
    end = start + len(name)
    if text[end : end + 1] == "s":
        end += 1
    return 0 if _WORD.match(text, end) else end

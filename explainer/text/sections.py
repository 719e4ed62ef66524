"""A text read as what stands below each heading; what was read before is known again.

Between two answers to somebody who types most of a text stays as it was. It is cut only where
Markdown joins nothing, so that tokens are those of the whole text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from markdown_it.token import Token

from explainer.text import lost_words, markdown
from explainer.text.problems import Problem

KNOWN = 400
"""Sections that are known again; the longest page has 141."""
LONGEST = 8_000
"""Characters of a section that is worth keeping."""

_JOINS = re.compile(r"```|~~~|\]:")  # code over many lines, and definitions, which all can use
_MARK = re.compile(r"^.*:::.*$|(?<=\n\n)#{2,4} ", re.MULTILINE)
_OPENS, _CLOSES = re.compile(r"::: \S.*"), re.compile(r"::: *")


def tokens(text: str) -> list[Token]:
    """Give a text's tokens, as `markdown.tokens` does; they are the caller's own."""
    found: list[Token] = []
    for line, section in _sections(text):
        read = _tokens if len(section) <= LONGEST else _tokens.__wrapped__
        found += (_moved(token, line) for token in read(section))
    return found


def lost(text: str) -> Iterator[Problem]:
    """Tell what an author wrote and no reader would see."""
    for line, section in _sections(text):
        read = _lost if len(section) <= LONGEST else _lost.__wrapped__
        yield from (replace(problem, line=problem.line + line) for problem in read(section))


def _sections(text: str) -> Iterator[tuple[int, str]]:
    """Give each part with the number of lines before it."""
    start = line = 0
    for end in (*_places(text), len(text)):
        yield line, text[start:end]
        line += text.count("\n", start, end)
        start = end


def _places(text: str) -> list[int]:
    """Give the headings outside of blocks; none where a block is not closed before the next."""
    found, is_open = list[int](), False
    for mark in _MARK.finditer(text) if not _JOINS.search(text) else ():
        if mark[0].startswith("#") and ":::" not in mark[0]:
            found += [] if is_open else [mark.start()]
        elif (_CLOSES if is_open else _OPENS).fullmatch(mark[0]):
            is_open = not is_open
        else:
            return []
    return [] if is_open else found


@lru_cache(maxsize=KNOWN)
def _tokens(section: str) -> tuple[Token, ...]:
    return tuple(markdown.tokens(section)[0])


@lru_cache(maxsize=KNOWN)
def _lost(section: str) -> tuple[Problem, ...]:
    found, lines = markdown.tokens(section)
    return tuple(lost_words.lost(lines, found))


def _moved(token: Token, lines: int) -> Token:
    """Copy a token as far as others change it."""
    place = [at + lines for at in token.map] if token.map else token.map
    inner = token.children and [
        _copied(child, child.map, child.children) for child in token.children
    ]
    return _copied(token, place, inner)


def _copied(token: Token, place: list[int] | None, inner: list[Token] | None) -> Token:
    # Field by field: `copy` takes four times as long, and there are thousands.
    return Token(
        token.type, token.tag, token.nesting, token.attrs, place, token.level, inner,
        token.content, token.markup, token.info, {**token.meta}, token.block, token.hidden,
    )  # fmt: skip

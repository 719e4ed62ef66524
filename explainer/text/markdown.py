"""CommonMark with tables and containers, set up so that every token knows its line.

Input that could take long or hide something is refused before parsing.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, image, link, newline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from explainer.text.links import is_allowed, own_scheme
from explainer.text.problems import Problem

MAX_BYTES = 100_000
MAX_NESTING = 12
MAX_BRACKETS = 5_000  # each one may start a search for its partner
MAX_LINES = 10_000  # a paragraph or an open quotation is read again for each of them
MAX_MARKS = 20_000  # signs that may start emphasis, code, quotes, tags or entities
MAX_CELLS = 4_000  # columns times lines of each table
MAX_BLOCKS = 5_000  # paragraphs, headings, list items and cells

# Default_Ignorable_Code_Point of Unicode 15, but for the two that make a sign an emoji or not.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
IGNORABLE = re.compile(f"[{_IGNORABLE}\ufe0e\ufe0f]")
"""A sign that is shown to nobody: between letters it would hide a word from every rule."""
# Format characters of scripts, and what each machine draws in its own way.
_FORMAT_OR_PRIVATE = (
    "\u0600-\u0605\u06dd\u070f\u08e2\ufff9-\ufffb\ue000-\uf8ff\U000f0000-\U0010ffff"
)
_HIDDEN = re.compile(
    f"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
    f"{_IGNORABLE}{_FORMAT_OR_PRIVATE}]"
)
_PLAIN_MARK = re.compile(r"[a-z]+:[a-z0-9-]+(?:/[a-z0-9-]+)?")
_MARK = re.compile(r"[*_`<>&]")
_DELIMITER_SIGNS = frozenset(" >:|-")

Rule = Callable[[StateInline, bool], bool]


def refusal(text: str) -> Problem | None:
    """Say why a text is not parsed at all, or None if it may be."""
    for count, most, what in _sizes(text):
        if count > most:
            message = f"The text has {count} {what}; at most {most} are allowed. Split it."
            return Problem("text-too-big", message, params={"what": what, "most": str(most)})
    return None


def _sizes(text: str) -> Iterator[tuple[int, int, str]]:
    yield len(text.encode(errors="replace")), MAX_BYTES, "bytes"
    yield text.count("\n") + 1, MAX_LINES, "lines"
    yield text.count("[") + text.count("]"), MAX_BRACKETS, "square brackets"
    yield len(_MARK.findall(text)), MAX_MARKS, "signs of the kind * _ ` < > &"
    yield _most_cells(text), MAX_CELLS, "table cells"


def hidden(text: str, line: int) -> Iterator[Problem]:
    """Find tabs and invisible characters, each line's, in a text from `line` on.

    They can hide a word from a check or turn a sentence round on the screen, and a tab means
    different widths to different readers. Asked before and after parsing, for an entity can
    stand for such a character.
    """
    for number, words in enumerate(text.split("\n"), line):
        for sign in dict.fromkeys(_HIDDEN.findall(words)):
            if sign == "\t":
                yield Problem("tab", "There is a tab. Use spaces.", number)
            else:
                code = f"U+{ord(sign):04X}"
                message = f"Invisible character {code}. Delete it and type the words again."
                yield Problem("invisible-character", message, number, params={"character": code})


def without_hidden(text: str) -> str:
    """Leave out what nobody sees, so that the rest of the text is judged and shown all the same."""
    seen = _HIDDEN.sub(lambda sign: " " if sign[0].isspace() else "", text)
    return seen.replace("\r\n", "\n").replace("\r", "\n")


def tokens(text: str) -> tuple[list[Token], list[str]]:
    """Give a text's tokens, and its lines; of a definition that a link uses the title alone."""
    env: dict[str, Any] = {}
    found, lines = _parser().parse(text, env), text.split("\n")
    used = {child.meta.get("label") for token in found for child in token.children or ()}
    for label, definition in env.get("references", {}).items():
        if label in used:
            block = slice(*definition["map"])
            lines[block] = [definition["title"], *[""] * len(lines[block])][:-1]
    return found, lines


def line_of(block: Token) -> int:
    """Give the line (from 1) on which a block token starts."""
    return (block.map or [0])[0] + 1


def alternative(image: Token) -> str:
    """Give the words that stand for an image."""
    return "".join(
        " " if child.type.endswith("break") else alternative(child) or child.content
        for child in image.children or []
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 60, "store_labels": True})
    parser.enable("table")
    parser.use(container_plugin, "part", validate=lambda *_: True)
    parser.validateLink = lambda url: own_scheme(url) is not None or is_allowed(url)  # type: ignore[method-assign]
    usual = parser.normalizeLink
    # A mark names a key, whose signs need no writing anew: a fifth of the time that reading takes.
    parser.normalizeLink = lambda url: url if _PLAIN_MARK.fullmatch(url) else usual(url)  # type: ignore[method-assign]
    rules: dict[str, Rule] = {"link": link, "image": image, "newline": newline}
    for name, rule in {**rules, "backticks": backtick, "autolink": autolink}.items():
        parser.inline.ruler.at(name, _located(rule))
    return parser


def _located(rule: Rule) -> Rule:
    """Wrap an inline rule so that the first token it makes carries its lines.

    Counting soft breaks afterwards is wrong after code spans over several lines,
    so the place is noted while the source position is known.
    """

    def located(state: StateInline, silent: bool) -> bool:
        start, before, pending = state.pos, len(state.tokens), bool(state.pending)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > before:
            made = before + (1 if pending and len(state.tokens) > before + 1 else 0)
            token = state.tokens[made]
            first, last = (state.src.count("\n", 0, place) for place in (start, state.pos))
            token.meta = {**token.meta, "line": first, "end": last}
        return True

    return located


def _most_cells(text: str) -> int:
    # A table's rows are padded to the width of its header, so a wide header over
    # many short rows makes far more cells than the source has characters.
    total = columns = 0
    for line in text.split("\n"):
        if not line.strip():
            columns = 0
        elif "|" in line and "-" in line and set(line) <= _DELIMITER_SIGNS:
            columns = max(columns, line.count("|") + 1)
            total += columns
        else:
            total += columns
    return total

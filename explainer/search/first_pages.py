"""Pages that start from the person: which words show which of them first, read from a table.

`first.tsv` has the pages, words of our own that lead to them (or none) and what readers say for
them, each part by "|". `*/safety` stands for that page of each treatment which is named.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from explainer.search.items import Item
from explainer.text.clauses import sentences
from explainer.text.normal_form import NEGATORS
from explainer.text.phrases import Book
from explainer.text.problems import Problem, Severity
from explainer.text.tokens import Token, stem, tokens
from explainer.text.word_lists import kept

HEADER = "pages\ttitle\twords\n"
ANY = "*/"
MOST = 3
"""Rows that are shown of those that fit."""
COLUMNS = 3
BACK = 3
"""Words before others that may deny them."""
SMALL = frozenset({"a", "an", "the", "my", "your", "our", "his", "her"})
"""Words that tell nothing apart here: "on the scalp" is "on my scalp"."""


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A line of the table: keys of pages, what leads to the first of them, and stems to find."""

    line: int
    keys: tuple[str, ...]
    title: str
    phrases: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class First:
    """Pages that some words bring; a title of our own stands for the name of the first."""

    title: str
    pages: tuple[Item, ...]


def rows(text: str) -> Iterator[FirstRow]:
    """Give the rows of a table that has no problems."""
    for line, (pages, title, words) in _columns(text):
        phrases = frozenset(_stems(tokens(phrase)) for phrase in kept(words))
        yield FirstRow(line, tuple(kept(pages)), title.strip(), phrases - {()})


def problems(text: str) -> Iterator[Problem]:
    """Find what is wrong with the form of a table; whether its pages exist is asked elsewhere."""
    if text.partition("\n")[0] != HEADER.strip():
        message = "The first line does not name the columns 'pages', 'title', 'words'. Write it."
        yield Problem("no-header", message, 1)
    for line, columns in _columns(text):
        if len(columns) != COLUMNS or not (columns[0].strip() and columns[-1].strip()):
            message = "This line is not pages, title (or nothing) and words with two tabs. Mend it."
            yield Problem("not-three-columns", message, line)


def _columns(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = enumerate(text.splitlines()[1:], 2)
    return ((line, written.split("\t")) for line, written in lines)


def unknown_pages(table: Sequence[FirstRow], keys: Collection[str]) -> Iterator[Problem]:
    """Find the pages of a table that nobody has; "*" is fine if one treatment has such a page."""
    for row in table:
        for key in row.keys:
            ending = key.removeprefix("*")
            if not (key in keys or (ending != key and any(k.endswith(ending) for k in keys))):
                message = f"There is no page '{key}'. Write the key of one, or take it away."
                # A page may be withdrawn at any time; the row is then without it.
                yield Problem("unknown-page", message, row.line, severity=Severity.WARNING)


def find(
    text: str,
    table: Sequence[FirstRow],
    book: Book,
    pages: Mapping[str, Item],
    named: set[str],
) -> tuple[First, ...]:
    """Give the pages that a text's words bring, in the table's order; none twice."""
    read = [tokens(text, *span) for span in sentences(text)]
    # As written too: a word that our texts do not have would be put right into another.
    parts = [_without_small(one) for part in read for one in (part, book.speller.corrected(part))]
    seen, found = set[str](), list[First]()
    for row in table:
        if len(found) < MOST and any(_says(part, row) for part in parts):
            keys = [key for written in row.keys for key in _keys(written, book, named)]
            keys = [key for key in keys if key in pages and key not in seen]
            seen.update(keys)
            if keys:
                found.append(First(row.title, tuple(pages[key] for key in keys)))
    return tuple(found)


def keys_of(row: FirstRow, names: Collection[str]) -> Iterator[str]:
    """Give the pages that a row may bring, with those of each of the treatments."""
    for key in row.keys:
        yield from (f"{n}{key[1:]}" for n in names) if key.startswith(ANY) else [key]


def _keys(written: str, book: Book, named: set[str]) -> list[str]:
    if not written.startswith(ANY):
        return [written]
    return [f"{name}{written[1:]}" for name in book.names if name in named]


def _without_small(found: Sequence[Token]) -> list[Token]:
    return [token for token in found if token.text not in SMALL]


def _stems(found: Sequence[Token]) -> tuple[str, ...]:
    return tuple(stem(token.text) for token in _without_small(found))


def _says(part: Sequence[Token], row: FirstRow) -> bool:
    """Say if words of a row stand in a sentence, and no "no" before them."""
    stems = _stems(part)
    return any(
        phrase == stems[at : at + len(phrase)]
        and not any(token.text in NEGATORS for token in part[max(at - BACK, 0) : at])
        for phrase in row.phrases
        for at in range(len(stems) - len(phrase) + 1)
    )

"""The files of word lists that the search goes by: read, or told what is wrong with them.

They lie in the content folder, and are words about words: no document, no page shows them.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from explainer.search import first_pages
from explainer.text.problems import Problem
from explainer.text.spelling import Vocabulary
from explainer.text.word_lists import SYNONYMS, WORDS, WordLists, problems

FOLDER = "search"
FIRST = "first.tsv"
HEADERS = {
    SYNONYMS: "word\tvariants\n", WORDS: "use\twords\n", FIRST: first_pages.HEADER
}  # fmt: skip
MAX_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Lists:
    """Synonyms and words by use, the pages that words show first, and what is wrong with a file.

    A problem comes with the path below the content folder; where there is one, lists are empty.
    """

    words: WordLists
    first: tuple[first_pages.FirstRow, ...]
    problems: tuple[tuple[str, Problem], ...]


def read(content: Path) -> Lists:
    """Read a content folder's lists; one without lists has no synonyms, which is nothing wrong."""
    folder, texts, found = content / FOLDER, dict(HEADERS), list[tuple[str, Problem]]()
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        text = _text(place)
        if isinstance(text, Problem):
            found.append((f"{FOLDER}/{place.name}", text))
        else:
            texts[place.name] = text
    tables = [(name, text) for name, text in texts.items() if name != FIRST]
    found += ((f"{FOLDER}/{name}", problem) for name, problem in problems(tables))
    found += ((f"{FOLDER}/{FIRST}", problem) for problem in first_pages.problems(texts[FIRST]))
    if found:
        texts = HEADERS
    words = WordLists.of(texts[SYNONYMS], texts[WORDS])
    return Lists(words, tuple(first_pages.rows(texts[FIRST])), tuple(found))


def _text(place: Path) -> str | Problem:
    if place.name not in HEADERS:
        message = f"'{place.name}' is not one of {', '.join(HEADERS)}. Take it away."
        return Problem("misplaced-file", message)
    if place.is_symlink() or not place.is_file():
        return Problem("misplaced-file", "This is not an ordinary file. Put the file itself here.")
    try:
        if place.stat().st_size <= MAX_BYTES:
            return place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        pass
    message = f"The file cannot be read. It has to be UTF-8 and at most {MAX_BYTES} bytes."
    return Problem("unreadable-file", message)


def told(found: tuple[tuple[str, Problem], ...]) -> Iterator[str]:
    yield from (f"{path}:{problem.line or 1}: {problem.message}" for path, problem in found)


@lru_cache(maxsize=1)
def english() -> Vocabulary:
    """Give the English words that are no misspellings: the package is used for its list alone."""
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return Vocabulary(json.loads(gzip.decompress(packed)))

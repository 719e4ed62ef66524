"""The files of word lists that the search goes by: read, or told what is wrong with them.

They lie in the content folder, and are words about words: no document, no page shows them.
"""

import gzip
import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from explainer.text.problems import Problem
from explainer.text.word_lists import SYNONYMS, WORDS, WordLists, problems

FOLDER = "search"
HEADERS = {SYNONYMS: "word\tvariants\n", WORDS: "use\twords\n"}
MAX_BYTES = 500_000


def read(content: Path) -> tuple[WordLists, tuple[tuple[str, Problem], ...]]:
    """Read a content folder's lists; what is wrong comes with the path below that folder.

    A folder without lists has no synonyms, which is nothing wrong.
    """
    folder, texts, found = content / FOLDER, dict(HEADERS), list[tuple[str, Problem]]()
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        text = _text(place)
        if isinstance(text, Problem):
            found.append((f"{FOLDER}/{place.name}", text))
        else:
            texts[place.name] = text
    found += ((f"{FOLDER}/{name}", problem) for name, problem in problems(texts.items()))
    if found:
        texts = HEADERS
    return WordLists.of(texts[SYNONYMS], texts[WORDS]), tuple(found)


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
def english() -> frozenset[str]:
    """Give the English words that are no misspellings: the package is used for its list alone."""
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(packed)))

"""Whether words say no more than the evidence carries.

Marketing words are refused in our own voice, in every text. The rules know words, not meaning:
they catch what slips in, and a second person still reads every text.
"""

import re
from bisect import bisect
from functools import lru_cache

from explainer.evidence.lint import lexicon
from explainer.evidence.lint.headings import YES_NO
from explainer.evidence.lint.lexicon import clause
from explainer.text.folding import fold, visible
from explainer.text.markdown import hidden
from explainer.text.problems import Problem
from explainer.text.remembered import remembered_anywhere

_CURES = {
    "proven": "Write what was tested, in whom, and what was found; or that it is not proven.",
    "safe": "Write how often harm was seen, and in whom; or say safe for whom.",
    "natural": "Write what it is made of.",
    "painless": "Write how many people felt pain.",
}

_LEFT_OUT = "Leave it out or write what was seen."

_REACH = 200  # characters to each side of a word in which its sentence is looked for


def plain_words(text: str) -> tuple[Problem, ...]:
    """Find what names, notes and reasons may not hold: marketing and invisible characters."""
    return (*hidden(text, 0), *refused_words(text))


@remembered_anywhere
def refused_words(text: str, *, line: int = 0) -> tuple[Problem, ...]:
    """Find marketing words in our own voice.

    Passes: words in double quotation marks within one paragraph (a clinic's word, reported);
    words denied in their clause ("no known cure"); some when doubted or asked ("whether it is
    safe", "Is it safe?"); "safe" if "for" or "in" somebody follows, who is not everyone.
    """
    words, places = fold(text), visible(text)
    problems = []
    for match in lexicon.REFUSED.finditer(words):
        if not _is_fair(words, match):
            first, last = places[match.start()], places[match.end() - 1]
            word = " ".join(text[first : last + 1].split())
            problems.append(Problem("refused-word", _refusal(word), line, params={"word": word}))
    return tuple(problems)


def _is_fair(words: str, match: re.Match[str]) -> bool:
    near = clause(words[max(0, match.start() - _REACH) : match.start()])
    if (
        _is_quoted(words, match.start())
        or (match[0].startswith("safe") and lexicon.SAFE_FOR.match(words, match.end()))
        or lexicon.DENIED_AFTER.match(words, match.end())
        or lexicon.DENIED.search(near)
    ):
        return True
    debatable = lexicon.DEBATABLE.match(match[0])
    return bool(debatable and (lexicon.DOUBTED.search(near) or _is_asked(words, match)))


def _is_asked(words: str, match: re.Match[str]) -> bool:
    first, last = max(0, match.start() - _REACH), match.end() + _REACH
    end = lexicon.SENTENCE_END.search(words, match.end(), last)
    if end is None or end[0] != "?":
        return False
    start = max(words.rfind(mark, first, match.start()) for mark in ".!?\n")
    return YES_NO.match(words, max(start + 1, first)) is not None


def _is_quoted(words: str, place: int) -> bool:
    starts, ends = _quotations(words)
    before = bisect(starts, place) - 1
    return before >= 0 and place < ends[before]


@lru_cache(maxsize=8)
def _quotations(words: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    starts, ends, opened = [], [], None
    for match in lexicon.QUOTE.finditer(words):
        mark = match[0]
        if mark.isspace():
            opened = None
        elif opened is None:
            opened = None if mark == "”" else match
        elif mark == lexicon.CLOSING[opened[0]]:
            starts.append(opened.start())
            ends.append(match.end())
            opened = None
    return tuple(starts), tuple(ends)


def _refusal(word: str) -> str:
    stem = "safe" if word.lower().startswith("safe") else word.lower()
    message = f"'{word}' is refused in our own voice. {_CURES.get(stem, _LEFT_OUT)}"
    return f"{message} A clinic's own word goes in double quotation marks."

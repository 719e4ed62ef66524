"""The English of contracts and statements, compiled from `vocabulary.toml`, where it is explained.

Effects, harms, chances, times and outcomes, the names of what is given, and the forms of an
instruction, a report and a definition: data, so that whoever adds a word reads no code.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, cached_property
from importlib import resources
from typing import Any

from explainer.evidence.phrases import STUDY, WORD

_NAMED = re.compile(r"(?<!\?P)<([a-z_]+|\d+)>")
_GAP = r"(?:[\w'-]+ )"
_PHRASES = {"study": STUDY, "word": WORD}


class WordList:
    """A list of the vocabulary by its name, compiled when it is first asked.

    A process that only serves pages asks none, and need not spend 100 ms on them.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        words = _alternatives(self.name)
        bare = _lists()[self.name].get("bare")
        return re.compile(words if bare else rf"(?<![\w-])(?:{words})(?!\w)")

    def match(self, words: str) -> re.Match[str] | None:
        return self.pattern.match(words)

    def search(self, words: str) -> re.Match[str] | None:
        return self.pattern.search(words)

    def finditer(self, words: str, start: int = 0) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(words, start)

    def without(self, words: str, instead: str = "") -> str:
        """Replace what is found first."""
        return self.pattern.sub(instead, words, count=1)


@cache
def _lists() -> dict[str, Any]:
    place = resources.files(__package__).joinpath("vocabulary.toml")
    return tomllib.loads(place.read_text("utf-8"))


def _alternatives(name: str) -> str:
    entry = _lists()[name]
    words = (
        re.escape(word).replace(r"\*", r"\w*").replace("_", "[ -]")
        for word in entry.get("words", "").split()
    )
    patterns = re.sub(r"\n +", "", entry.get("patterns", "").strip("\n")).splitlines()
    return "|".join([*words, *(_NAMED.sub(_filled, pattern) for pattern in patterns)])


def _filled(found: re.Match[str]) -> str:
    name = found[1]
    if name in _PHRASES:
        return _PHRASES[name]
    return f"{_GAP}{{0,{name}}}?" if name.isdigit() else f"(?:{_alternatives(name)})"


THINGS, BACKWARD, BACKWARD_FIRST = map(WordList, ("things", "backward", "backward_first"))
EFFECT, STRONG, PRAISE, CHANCE = map(WordList, ("effect", "strong", "praise", "chance"))
TIME, RESULT, RESULT_TOLD, HAIR = map(WordList, ("time", "result", "result_told", "hair"))
HARM, HARM_COUNTED, COMFORT = map(WordList, ("harm", "harm_counted", "comfort"))
YOURS, YOURS_TOLD, ASSUMED = map(WordList, ("yours", "yours_told", "assumed"))
TESTIMONY, WHO, ASKS = map(WordList, ("testimony", "who", "asks"))
LEAD, CONDITION, LABELLED = map(WordList, ("lead", "condition", "labelled"))
INSTRUCTION, STARTER, FINITE = map(WordList, ("instruction", "starter", "finite"))
INVITATION, CHOOSING, PROMISED = map(WordList, ("invitation", "choosing", "promised"))
WISH, CAREFUL, ASKING = map(WordList, ("wish", "careful", "asking"))
REASON_GIVEN, ADDED = map(WordList, ("reason_given", "added"))
NEUTRAL, LIMITS, OPEN, NATURE = map(WordList, ("neutral", "limits", "open", "nature"))
RESEARCH, QUOTED_WORD = map(WordList, ("research", "quoted_word"))
GRANTED, LEFT_OPEN = map(WordList, ("granted", "left_open"))
HEAD_VERDICT, HEAD_OPENER = map(WordList, ("head_verdict", "head_opener"))
OFFICIALS, TRADERS = map(WordList, ("officials", "traders"))
PRICING, BARGAIN = map(WordList, ("pricing", "bargain"))
NEEDLE, LEFT_OUT = map(WordList, ("needle", "left_out"))
ATTRIBUTION, DENIAL, HOLLOW = map(WordList, ("attribution", "denial", "hollow"))
COUNTERED, COMFORTING = map(WordList, ("countered", "comforting"))
ACTED, STATED, STATEMENT_BREAK = map(WordList, ("acted", "stated", "statement_break"))

"""The English that the contracts know, compiled from `vocabulary.toml`, where it is explained.

Effects, harms, chances, times and outcomes, the names of what is given, and the forms of an
instruction, a report and a definition: data, so that whoever adds a word reads no code.
"""

import re
import tomllib
from importlib import resources
from typing import Any

_LISTS: dict[str, Any] = tomllib.loads(
    resources.files(__package__).joinpath("vocabulary.toml").read_text("utf-8")
)
_NAMED = re.compile(r"(?<!\?P)<([a-z_]+|\d+)>")
_GAP = r"(?:[\w'-]+ )"


def _alternatives(name: str) -> str:
    entry = _LISTS[name]
    words = (
        re.escape(word).replace(r"\*", r"\w*").replace("_", "[ -]")
        for word in entry.get("words", "").split()
    )
    patterns = re.sub(r"\n +", "", entry.get("patterns", "").strip("\n")).splitlines()
    return "|".join([*words, *(_NAMED.sub(_filled, pattern) for pattern in patterns)])


def _filled(found: re.Match[str]) -> str:
    name = found[1]
    return f"{_GAP}{{0,{name}}}?" if name.isdigit() else f"(?:{_alternatives(name)})"


def _compiled(name: str) -> re.Pattern[str]:
    words = _alternatives(name)
    return re.compile(words if _LISTS[name].get("bare") else rf"(?<![\w-])(?:{words})(?!\w)")


THINGS, BACKWARD, BACKWARD_FIRST = map(_compiled, ("things", "backward", "backward_first"))
EFFECT, STRONG, PRAISE, CHANCE = map(_compiled, ("effect", "strong", "praise", "chance"))
TIME, RESULT, RESULT_TOLD = map(_compiled, ("time", "result", "result_told"))
HARM, HARM_COUNTED, COMFORT = map(_compiled, ("harm", "harm_counted", "comfort"))
YOURS, YOURS_TOLD, ASSUMED = map(_compiled, ("yours", "yours_told", "assumed"))
TESTIMONY, WHO, ASKS = map(_compiled, ("testimony", "who", "asks"))
LEAD, CONDITION, LABELLED = map(_compiled, ("lead", "condition", "labelled"))
INSTRUCTION, STARTER, FINITE = map(_compiled, ("instruction", "starter", "finite"))
INVITATION, CHOOSING, PROMISED = map(_compiled, ("invitation", "choosing", "promised"))
WISH, CAREFUL, ASKING = map(_compiled, ("wish", "careful", "asking"))
REASON_GIVEN, ADDED = map(_compiled, ("reason_given", "added"))
NEUTRAL, LIMITS, NATURE = map(_compiled, ("neutral", "limits", "nature"))
RESEARCH, QUOTED_WORD = map(_compiled, ("research", "quoted_word"))

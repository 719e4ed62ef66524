"""Problems in the words of the forms: whoever writes on the desk has never seen a file.

The checks tell of fields as files name them ('reason'), because the same check reads
files; here they are told as the forms name them. What is wrong is not decided here.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from explainer.evidence.problems import Problem

STEPS: Final = {
    "start": "began a new version",
    "restore": "began a new version from an old one",
    "submit": "handed it over for review",
    "take back": "took it back",
    "send back": "sent it back",
    "approve": "approved it",
    "schedule": "set or changed its time",
    "schedule failed": "could not publish it",
    "publish": "published it",
    "raise caution": "made its label more cautious",
    "withdraw": "withdrew it",
    "discard": "threw the draft away",
}
"""What staff did to an entry, in words that follow a name; saves are left out as too many."""

_Cure = Callable[[re.Match[str]], str]

_MISSING: Final = re.compile(r"The field '([a-z_]+)' is missing\. Add it\.")

_NO_TEXT: Final = re.compile(r"There is no text after the front matter\. (.+)")

_SAYINGS: Final[tuple[tuple[re.Pattern[str], _Cure], ...]] = (
    (_NO_TEXT, lambda m: f"Empty. {m[1]}"),
    (
        re.compile(r"The level is 'unsupported', so 'reason' is needed.*"),
        lambda _: "The label is Unsupported: choose why.",
    ),
    (
        re.compile(r"The level is '.+', so 'reason' does not apply.*"),
        lambda _: "The label is not Unsupported: choose “It is not unsupported”.",
    ),
    (
        re.compile(r"'level' and 'level_reason' go together.*"),
        lambda _: "A more cautious label and its reason go together: give both or neither.",
    ),
    (
        re.compile(r"An unsupported promise needs 'ask': (.+)"),
        lambda m: f"An unsupported promise needs a question for the clinic: {m[1]}",
    ),
    # What stands in the field is beside the message; the field's name is its label.
    (re.compile(r"'[a-z_]+': (.+)", re.DOTALL), lambda m: m[1][:1].upper() + m[1][1:]),
)


def in_words_of_the_form(problem: Problem) -> Problem:
    """Say a problem as staff read it, at the field that it is about."""
    missing = _MISSING.fullmatch(problem.message)
    if missing and missing[1] == "positions":
        message = "No source speaks to it yet. Add a position."
        return replace(problem, field="positions", message=message)
    if missing:
        within = problem.field if problem.field.startswith("positions.") else ""
        field = f"{within}.{missing[1]}" if within else missing[1]
        return replace(problem, field=field, message="This is empty. Fill it in.")
    # The one text after a file's fields is the body, unless the problem names another.
    field = problem.field or ("body" if _NO_TEXT.fullmatch(problem.message) else "")
    return replace(problem, field=field, message=sentence(problem.message))


def sentence(message: str) -> str:
    """Say one message as staff read it."""
    for pattern, said in _SAYINGS:
        if found := pattern.fullmatch(message):
            return said(found)
    return message

"""Problems in the words of the forms: whoever writes on the desk has never seen a file.

The checks tell of fields as files name them ('reason'), because the same check reads
files; here they are told as the forms name them. What is wrong is not decided here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from explainer.evidence.problems import Problem, Refused

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

_Wording = Callable[[Mapping[str, str]], str]

WORDINGS: Final[Mapping[str, _Wording]] = {
    "field-missing": lambda _: "This is empty. Fill it in.",
    "text-missing": lambda params: f"Empty. {params['cure']}",
    # What stands in the field is beside the message; the field's name is its label.
    "field-unreadable": lambda params: params["cure"][:1].upper() + params["cure"][1:],
    "reason-needed": lambda _: "The label is Unsupported: choose why.",
    "reason-not-applicable": lambda _: (
        "The label is not Unsupported: choose “It is not unsupported”."
    ),
    "override-incomplete": lambda _: (
        "A more cautious label and its reason go together: give both or neither."
    ),
    "ask-needed": lambda _: (
        "An unsupported promise needs a question for the clinic: "
        "what a reader can ask a clinic about it."
    ),
}
"""By the code of a problem: how staff read it, who do not see the file that names its fields."""


def in_words_of_the_form(problem: Problem) -> Problem:
    """Say a problem as staff read it, at the field that it is about."""
    said = replace(problem, message=sentence(problem))
    # The one text after a file's fields is the body, unless the problem names another.
    if problem.code == "text-missing":
        return replace(said, field=problem.field or "body")
    if problem.code != "field-missing":
        return said
    name = problem.params["name"]
    if name == "positions":
        return replace(said, field=name, message="No source speaks to it yet. Add a position.")
    within = f"{problem.field}." if problem.field.startswith("positions.") else ""
    return replace(said, field=f"{within}{name}")


def sentence(problem: Problem | Refused) -> str:
    """Word one problem as staff read it."""
    wording = WORDINGS.get(problem.code)
    return wording(problem.params) if wording else problem.message

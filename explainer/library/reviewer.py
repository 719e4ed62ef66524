"""Who reviewed a text, and what a step of the workflow may lack: each refusal names its field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from explainer.evidence.lint.sentences import plain_words

NAME_LENGTH = 200
REASON_LENGTH = 500
"""Characters that readers are shown of a name or a qualification, and of a reason."""

LONGEST_REST = timedelta(days=5 * 365)
"""Most time between two reviews; a date further off is a slip of the keyboard."""

TOO_LONG = "This has {} characters; {} fit. Shorten it."


class Incomplete(Exception):
    """Something that must be said is missing; `field` names it, the message says the cure."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviewed a text, as readers will see it, and when it is due again.

    `read_unlabelled` is the reviewer's word that they read each sentence that carries no label: no
    list of words finds every promise (method, section 3). Raises `Incomplete` for what is empty,
    too long, praises, or was not read.
    """

    name: str
    qualification: str
    due: date
    read_unlabelled: bool

    def __post_init__(self) -> None:
        words = self.name, self.qualification
        for missing in unsaid(*words, read_unlabelled=self.read_unlabelled):
            raise missing


def unsaid(name: str, qualification: str, *, read_unlabelled: bool) -> Iterator[Incomplete]:
    """Give all that keeps a review from standing, by field, to be told at once."""
    shown = {
        "reviewed_by": ("name", name),
        "reviewer_qualification": ("qualification", qualification),
    }
    for field, (noun, words) in shown.items():
        if not words.strip():
            yield Incomplete(field, f"Give your {noun} as readers will see it.")
        elif (size := len(words.strip())) > NAME_LENGTH:
            yield Incomplete(field, TOO_LONG.format(size, NAME_LENGTH))
        elif unfit := plain_words(words):
            yield Incomplete(field, unfit[0].message)
    if not read_unlabelled:
        message = "Read the sentences without a label, then tick this."
        yield Incomplete("read_unlabelled", message)


def refuse_due(due: date, today: date) -> None:
    if not today < due <= today + LONGEST_REST:
        raise Incomplete("review_due", "Choose a day from tomorrow to five years from now.")


def refuse_long(field: str, words: str, length: int) -> None:
    if (size := len(words.strip())) > length:
        raise Incomplete(field, TOO_LONG.format(size, length))

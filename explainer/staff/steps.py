"""The steps of the work as staff read them: what somebody did to a document."""

from typing import Final

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
"""By the action that the audit log names, in words that follow a name; saves are too many."""

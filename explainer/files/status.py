"""How a content file stands to what the library already holds.

The rule that keeps a load from overwriting staff's work. Knows versions and
texts only; writes nothing. Source: design, "Files and database".
"""

from collections.abc import Sequence
from enum import Enum, auto

from explainer.library.models import State, Version
from explainer.library.models.versions import OPEN


class Standing(Enum):
    """What a load does with a file."""

    NEW = auto()
    """The library has nothing under this key: make it."""
    UNCHANGED = auto()
    """The library has this very text, or staff's work that began from it."""
    CHANGED = auto()
    """The file changed and staff have not touched its words: update."""
    CONFLICT = auto()
    """The file changed and so did staff: never overwrite, offer the file as a draft."""
    OFFERED = auto()
    """The file's text already waits as a draft for staff to decide."""


def version_standing(text: str, versions: Sequence[Version]) -> Standing:
    """Say how a file's text stands to the versions of its key, newest first.

    A version with a `file_text` came from a file and was not edited; a
    withdrawal is staff's work too, so a file never brings a text back.
    """
    if not versions:
        return Standing.NEW
    newest = versions[0]
    if newest.file_text == text:
        return Standing.OFFERED if newest.state in OPEN else Standing.UNCHANGED
    if newest.file_text and newest.state == State.PUBLISHED:
        return Standing.CHANGED
    loaded = (v.file_text for v in versions if v.file_text and v.state not in OPEN)
    return Standing.UNCHANGED if next(loaded, "") == text else Standing.CONFLICT

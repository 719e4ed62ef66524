"""Boxes beside words, for what a reviewer wants mended there.

They belong to the form of sending back, wherever on the page they stand, and their names say what
they are about: so they need no script, and a page that is shown again has what was typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from explainer.editor.impact import field_changes
from explainer.kinds.diff import FieldDiff
from explainer.library.models import Revision
from explainer.library.workflow import Remark

REMARK = "remark"
"""What the name of a box begins with; subject, field and the words follow."""

LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a page; `typed` is what was posted, and none is there unless `are_open`."""

    typed: Any
    are_open: bool

    def at(self, subject: str, field: str, words: str = "") -> dict[str, str]:
        """Give the name of the box beside some words, and what stands in it; empty for none."""
        if not self.are_open:
            return {}
        quote = " ".join(words.split())[:LONGEST_QUOTE]
        name = f"{REMARK} {subject} {field.partition('/')[0]} {quote}".strip()
        return {"name": name, "text": (self.typed or {}).get(name, "")}

    def changes(self, revision: Revision) -> list[tuple[FieldDiff, dict[str, str]]]:
        """Give what differs from what is public, each with its box."""
        own = revision.subject
        return [(diff, self.at(own, diff.name)) for diff in field_changes(revision)]


def remarks(data: Any) -> Iterator[Remark]:
    """Read the boxes beside words that somebody filled in."""
    for name, text in data.items():
        mark, _, place = name.partition(" ")
        subject, field, quote = [*place.split(" ", 2), "", ""][:3]
        if mark == REMARK and text.strip():
            yield Remark(subject, field, quote, text.strip())

"""Boxes beside words, for what a reviewer wants mended there.

They belong to the form of sending back, wherever on the page they stand, and their names say what
they are about: so they need no script, and a page that is shown again has what was typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explainer.editor.impact import field_changes
from explainer.library.models import Revision
from explainer.library.workflow import Remark
from explainer.review.folds import Stretch, stretches
from explainer.review.reading import Texts, faces

REMARK = "remark"
"""What the name of a box begins with; subject, field and the words follow."""

LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs from what is public, with the box beside it."""

    label: str
    stretches: Sequence[Stretch]
    box: Mapping[str, str]


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

    def changes(self, revision: Revision, texts: Texts) -> list[Change]:
        """Give what each field changes, cut at what folds; `texts` are those of its page."""
        return [
            Change(
                diff.label,
                stretches(diff.pieces, faces(texts[diff.name]) if diff.name in texts else ()),
                self.at(revision.subject, diff.name),
            )
            for diff in field_changes(revision)
        ]


def remarks(data: Any) -> Iterator[Remark]:
    """Read the boxes beside words that somebody filled in."""
    for name, text in data.items():
        mark, _, place = name.partition(" ")
        subject, field, quote = [*place.split(" ", 2), "", ""][:3]
        if mark == REMARK and text.strip():
            yield Remark(subject, field, quote, text.strip())

"""What somebody can do with a document: the buttons, by right and state.

A courtesy to the reader of the page; the verbs of the library check every right again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.urls import reverse

from explainer.library.models import Document, State
from explainer.library.permissions import Right, may


@dataclass(frozen=True, slots=True)
class Action:
    """A button (`posts` is set, perhaps with fields) or a link."""

    label: str
    url: str
    posts: bool = False
    fields: Mapping[str, object] = field(default_factory=dict)


def actions(document: Document, user: User) -> Iterator[Action]:
    """Give what somebody can do, the likeliest first."""
    newest, writes = document.newest, may(user, Right.WRITE)
    if newest is None:
        return
    review = reverse("staff-review", args=[document.subject])
    if newest.is_open:
        yield Action("Review / publish", review)
    elif writes:
        begin = reverse("staff-start", args=[document.subject])
        yield Action("Start a new version", begin, posts=True, fields={"seen": newest.number})
    if writes and newest.state == State.IN_REVIEW:
        base = f"{newest.number}.{newest.lock_version}"
        yield Action("Take it back", review, posts=True, fields={"do": "take-back", "base": base})
    yield Action("History", reverse("staff-history", args=[document.subject]))
    if document.live is not None:
        yield Action("See it as readers do", document.get_absolute_url())
        yield from _caution(document, user)


def _caution(document: Document, user: User) -> Iterator[Action]:
    if not may(user, Right.PUBLISH):
        return
    if document.kind.is_withdrawable:
        yield Action("Withdraw it", reverse("staff-withdraw", args=[document.subject]))
    if document.kind.is_assessed:
        caution = reverse("staff-caution", args=[document.subject])
        yield Action("Make its label more cautious", caution)

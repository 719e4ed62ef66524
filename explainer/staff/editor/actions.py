"""What somebody can do with a document: the buttons, by right and state.

A courtesy to the reader of the page; the verbs of the library check every right again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse

from explainer.library.models import Document, State
from explainer.library.permissions import Right, may


@dataclass(frozen=True, slots=True)
class Action:
    """A button, which posts its fields, or without any a link."""

    label: str
    url: str
    fields: Mapping[str, object] | None = None


def actions(document: Document, user: User) -> Iterator[Action]:
    """Give what somebody can do, the likeliest first."""
    newest, writes = document.newest, may(user, Right.WRITE)
    if newest is None:
        return
    at = [document.subject]
    if newest.is_open:
        yield Action("Review / publish", reverse("staff-review", args=at))
    elif writes:
        yield Action(
            "Start a new version", reverse("staff-start", args=at), {"seen": newest.number}
        )
    if writes and newest.state == State.IN_REVIEW:
        fields = {"do": "take-back", "base": f"{newest.number}.{newest.lock_version}"}
        yield Action("Take it back", reverse("staff-review", args=at), fields)
    yield Action("History", reverse("staff-history", args=at))
    if document.live is not None:
        yield Action("See it as readers do", document.get_absolute_url())
        may_publish = may(user, Right.PUBLISH)
        if may_publish and document.kind.is_withdrawable:
            yield Action("Withdraw it", reverse("staff-withdraw", args=at))
        if may_publish and document.kind.is_assessed:
            yield Action("Make its label more cautious", reverse("staff-caution", args=at))

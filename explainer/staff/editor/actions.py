"""What somebody can do with a subject: the buttons, by right and state.

A courtesy to the reader of the page; the verbs of the library check every right
again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.urls import reverse

from explainer.library.models import State
from explainer.library.permissions import Right, may
from explainer.staff.review.actions import mark
from explainer.staff.subjects import Subject


@dataclass(frozen=True, slots=True)
class Offer:
    """A button (`posts` is set, perhaps with fields) or a link."""

    label: str
    url: str
    posts: bool = False
    fields: Mapping[str, object] = field(default_factory=dict)


def offers(subject: Subject, user: User, public: bool) -> list[Offer]:
    """Give what somebody can do, the likeliest first; `public` if a version is published."""
    return [*_work(subject, user), *_always(subject), *_caution(subject, user, public)]


def _work(subject: Subject, user: User) -> Iterator[Offer]:
    newest, writes = subject.newest, may(user, Right.WRITE)
    review = reverse("staff-review", args=[subject.name])
    if writes and subject.open is None:
        begin = reverse("staff-start", args=[subject.name])
        yield Offer("Start a new version", begin, posts=True, fields={"seen": subject.number})
    if subject.open is not None:
        yield Offer("Review / publish", review)
    if writes and newest.state == State.IN_REVIEW:
        fields = {"do": "take-back", "base": mark(newest)}
        yield Offer("Take it back", review, posts=True, fields=fields)


def _always(subject: Subject) -> Iterator[Offer]:
    yield Offer("History", reverse("staff-history", args=[subject.name]))


def _caution(subject: Subject, user: User, public: bool) -> Iterator[Offer]:
    if not public:
        return
    if address := subject.public_address:
        yield Offer("See it as readers do", address)
    if may(user, Right.PUBLISH) and subject.part in ("claims", "articles"):
        yield Offer("Withdraw it", reverse("staff-withdraw", args=[subject.name]))
    if may(user, Right.PUBLISH) and subject.part == "claims":
        yield Offer("Make its label more cautious", reverse("staff-caution", args=[subject.name]))

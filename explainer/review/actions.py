"""The steps of a review: from a posted form to one verb, and its refusal to words.

Nothing that was typed is lost: a refusal says what to show and where, and the view renders the
page again with it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.http import QueryDict

from explainer.evidence.problems import Problem
from explainer.library import drafts, workflow
from explainer.library.models import Document, Revision
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from explainer.library.workflow import Incomplete
from explainer.review.forms import (
    Approval,
    Comment,
    Mending,
    NoTime,
    StepForm,
    Time,
    Together,
)

STALE = (
    "Somebody changed this while you were looking at it, so nothing was done. "
    "The page shows how it stands now; look again, then decide."
)
UNFIT = "Something is missing or does not fit."


@dataclass(frozen=True, slots=True)
class Action:
    """A step as a button: the transition it makes, its words, its form and its verb.

    `done` is said afterwards; it may name an argument of the verb.
    """

    transition: str
    title: str
    button: str
    done: str
    verb: Callable[..., None]
    form: type[StepForm] = StepForm
    text: str = ""


def _publish(
    *, revision: Revision, expected: int, actor: User, now: datetime, names: Sequence[str]
) -> None:
    # Each once: a form may name one twice, or the page's own among the others.
    pairs = dict([*map(_named, names), (revision.subject, (revision, expected))])
    revisions, versions = zip(*pairs.values(), strict=True)
    workflow.publish(revisions=revisions, expected=versions, actor=actor, now=now)


def _named(name: str) -> tuple[str, tuple[Revision, int]]:
    subject, _, token = name.partition(" ")
    document = Document.objects.by_subject(subject)
    revision = document.revisions.open().select_related("document").first() if document else None
    expected = seen(token, revision)
    if revision is None or expected is None:
        raise drafts.Conflict(revision)
    return subject, (revision, expected)


WHEN = "{when:%-d %B %Y at %H:%M} UTC."
ACTIONS: Mapping[str, Action] = {
    "submit": Action(
        "submit", "Hand over for review", "Submit for review",
        "Handed over for review.", workflow.submit, Comment,
    ),
    "approve": Action(
        "approve", "Approve", "Approve these words",
        "Approved. A publisher can publish it now.", workflow.approve, Approval,
        "Readers see your name under these words.",
    ),
    "publish": Action(
        "publish", "Publish", "Publish now",
        "Published: readers see it now.", _publish, Together,
    ),
    "unschedule": Action(
        "schedule", "It is scheduled", "Do not publish at that time",
        "It is not scheduled any more.", workflow.schedule, NoTime,
        f"It will be published on {WHEN}",
    ),
    "schedule": Action(
        "schedule", "Publish later", "Schedule",
        f"Scheduled for {WHEN}", workflow.schedule, Time,
        "Choose a time to publish by itself.",
    ),
    "send-back": Action(
        "send back", "Send it back", "Send back to its author",
        "Sent back: it is a draft again, with your comment.", workflow.send_back, Mending,
    ),
    "take-back": Action(
        "take back", "Take it back", "Take back as a draft",
        "Taken back: it is a draft again.", workflow.take_back, StepForm,
        "To change it, take it back. An approval is void then.",
    ),
}  # fmt: skip
"""Every step of the page by the value of `do`, in the order in which it offers them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step was not taken: for the whole page, for one field, or a list of problems."""

    status: int
    message: str
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[tuple[str, Problem], ...] = ()


def take(revision: Revision | None, post: QueryDict, actor: User, now: datetime) -> str | Refusal:
    do = post.get("do", "")
    if do not in ACTIONS:
        return Refusal(400, "There is no such step. Use the buttons of this page.")
    call = partial(ACTIONS[do].verb, revision=revision, actor=actor, now=now)
    expected = seen(post.get("base", ""), revision)
    return attempt(call, form_of(do, post), expected, ACTIONS[do].done)


def attempt(
    verb: Callable[..., Any], form: StepForm, expected: int | None, done: str
) -> str | Refusal:
    """Call a verb with what a form says, for what somebody saw (None: it is not there any more)."""
    if expected is None:
        return Refusal(409, STALE)
    if not form.is_valid():
        fields = {
            name: f"{form[name].label}: {' '.join(map(str, errors))}"
            for name, errors in form.errors.items()
        }
        return Refusal(422, UNFIT, fields)
    try:
        arguments = form.arguments()
        verb(expected=expected, **arguments)
    except REFUSED as error:
        return _refusal(error)
    return done.format(**arguments)


REFUSED = (drafts.AlreadyOpen, drafts.Conflict, Incomplete, CannotPublish, NotAllowed)
"""What the library's verbs raise at what somebody asked for."""


def _refusal(error: Exception) -> Refusal:
    match error:
        case drafts.AlreadyOpen():
            return Refusal(409, "A draft of this is open and stands in the way: see below.")
        case drafts.Conflict():
            return Refusal(409, STALE)
        case Incomplete():
            return Refusal(422, UNFIT, {error.field: str(error)})
        case CannotPublish():
            return Refusal(422, "This has to be put right first.", problems=error.problems)
    return Refusal(403, str(error))


def mark(revision: Revision) -> str:
    return f"{revision.number}.{revision.lock_version}"


def seen(token: str, revision: Revision | None) -> int | None:
    """Give the lock version of what somebody saw, or None if it was another revision."""
    match = re.fullmatch(r"([0-9]{1,9})\.([0-9]{1,9})", token)
    if revision is None or match is None or int(match[1]) != revision.number:
        return None
    return int(match[2])


def form_of(do: str, data: QueryDict | None, initial: Mapping[str, Any] | None = None) -> StepForm:
    return ACTIONS[do].form(data, initial=dict(initial or {}), auto_id=f"{do}-%s")

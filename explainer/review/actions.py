"""The steps of a review: which are offered, from a posted form to one verb, refusals to words.

`workflow.TRANSITIONS` says which step leads where and who may take it, and the verbs decide. Offers
only keep buttons away that they would refuse, and say why a step is somebody else's.
Nothing that was typed is lost: a refusal says what to show and where, and the view renders the
page again with it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.timezone import localdate, localtime

from explainer.kinds.schema import Fields
from explainer.library import drafts, workflow
from explainer.library.models import Document, Revision, State
from explainer.library.permissions import NotAllowed, Right, may
from explainer.library.publishing import CannotPublish
from explainer.library.reviewer import Incomplete
from explainer.library.validation import Found
from explainer.library.workflow import TRANSITIONS
from explainer.review.change import Part, lines, refused, waiting
from explainer.review.forms import (
    Approval,
    HandingOver,
    Mending,
    StepForm,
    Time,
    first_answers,
)
from explainer.review.mending import mending_of
from explainer.staff.documents import person_name
from explainer.text.problems import Problem

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


@transaction.atomic
def _submit(
    *,
    revisions: Sequence[Revision],
    expected: Sequence[int],
    actor: User,
    now: datetime,
    mended: Mapping[str, Fields],
    comment: str,
) -> None:
    """Store what the step asked for where the words lacked it, and hand all of it over."""
    versions = list(expected)
    for place, revision in enumerate(revisions):
        stored = drafts.saved_fields(revision)
        typed = mended.get(revision.subject, {})
        fields = {name: value for name, value in typed.items() if value != stored.get(name)}
        if fields:
            base = versions[place]
            drafts.save(revision=revision, expected=base, fields=fields, actor=actor, now=now)
            versions[place] += 1
    said = {"actor": actor, "now": now, "comment": comment}
    workflow.submit(revisions=revisions, expected=versions, **said)


def _together(
    verb: Callable[..., None],
    names: Sequence[str],
    *,
    revision: Revision,
    expected: int,
    **said: Any,
) -> None:
    """Let a verb take the page's own revision and those that its form named."""
    # Each once: a form may name one twice, or the page's own among the others.
    pairs = dict([*map(_named, names), (revision.subject, (revision, expected))])
    revisions, versions = zip(*pairs.values(), strict=True)
    verb(revisions=revisions, expected=versions, **said)


def _named(name: str) -> tuple[str, tuple[Revision, int]]:
    subject, _, token = name.partition(" ")
    document = Document.objects.by_subject(subject)
    revision = document.revisions.open().select_related("document").first() if document else None
    expected = seen(token, revision)
    if revision is None or expected is None:
        raise drafts.Conflict(revision)
    return subject, (revision, expected)


def _take_back(*, revisions: Sequence[Revision], expected: Sequence[int], **said: Any) -> None:
    for revision, version in zip(revisions, expected, strict=True):
        workflow.take_back(revision=revision, expected=version, **said)


WHEN = "{when:%-d %B %Y at %H:%M} {when:%Z}."
ACTIONS: Mapping[str, Action] = {
    "submit": Action(
        "submit", "Hand over for review", "Submit for review",
        "Handed over for review.", _submit, HandingOver,
    ),
    "approve": Action(
        "approve", "Approve", "Approve these words",
        "Approved. A publisher can publish it now.", workflow.approve, Approval,
        "Readers see your name under these words.",
    ),
    "publish": Action(
        "publish", "Publish", "Publish now",
        "Published: readers see it now.", workflow.publish,
    ),
    "unschedule": Action(
        "schedule", "It is scheduled", "Do not publish at that time",
        "It is not scheduled any more.", partial(workflow.schedule, when=None), StepForm,
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
        "Taken back: it is a draft again.", _take_back, StepForm,
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
    if revision is None:
        return Refusal(409, STALE)
    own: dict[str, Any] = {"revision": revision, "actor": actor, "now": now}
    call = partial(_together, ACTIONS[do].verb, post.getlist("with"), **own)
    expected = seen(post.get("base", ""), revision)
    return attempt(call, form_of(do, post, today=localdate(now)), expected, ACTIONS[do].done)


def attempt(
    verb: Callable[..., Any], form: StepForm, expected: int | None, done: str
) -> str | Refusal:
    """Call a verb with what a form says, for what somebody saw (None: it is not there any more)."""
    if expected is None:
        return Refusal(409, STALE)
    if not form.is_valid():
        fields = {
            name: " ".join([*([f"{form[name].label}:"] if name in form.fields else []), *errors])
            for name, errors in form.errors.items()
        }
        return Refusal(422, UNFIT, fields)
    try:
        arguments = form.arguments()
        verb(expected=expected, **arguments)
    except (drafts.AlreadyOpen, drafts.Conflict, Incomplete, CannotPublish, NotAllowed) as error:
        return _refusal(error)
    return done.format(**arguments)


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


def seen(token: str, revision: Revision | None) -> int | None:
    """Give the lock version of what somebody saw, or None if it was another revision."""
    match = re.fullmatch(r"([0-9]{1,9})\.([0-9]{1,9})", token)
    if revision is None or match is None or int(match[1]) != revision.number:
        return None
    return int(match[2])


def form_of(
    do: str, data: QueryDict | None, initial: dict[str, Any] | None = None, **more: Any
) -> StepForm:
    form = ACTIONS[do].form(data, initial=initial, auto_id=f"{do}-%s")
    form.today = more.get("today")
    return form


def offer(
    parts: Sequence[Part],
    actor: User,
    today: date,
    *,
    problems: Found,
    typed: QueryDict | None,
) -> tuple[str, list[dict[str, Any]]]:
    """Give one sentence on what comes next, then the steps; `typed` is what was just posted.

    Of each step its name, button and form, what is said of it, and the parts of the change that
    can take it too.
    """
    own = parts[0]
    when = own.revision.publish_at and localtime(own.revision.publish_at)
    names = list(_offered(parts, actor))
    panels = []
    for do in names:
        data = typed if typed is not None and typed.get("do") == do else None
        initial = first_answers(actor, today) if do == "approve" else None
        ticked = None if data is None else data.getlist("with")
        goes, stays = lines(parts, ACTIONS[do].transition, actor, ticked)
        asked = [own, *(line["part"] for line in goes)] if do == "submit" else []
        panels.append(
            {
                "do": do,
                "action": ACTIONS[do],
                "form": form_of(do, data, initial, today=today),
                "text": ACTIONS[do].text.format(when=when),
                "is_first": do == names[0],
                "goes": goes,
                "stays": stays,
                "mends": [(part, mending_of(part.revision, problems, data)) for part in asked],
            }
        )
    has_errors = any(found.is_error for _, found in problems)
    if has_errors and names[:1] == ["submit"]:
        lead = "Next: put the problems below right. Then hand it over, so that somebody reviews it."
    else:
        lead = _lead(own.revision, actor, names, set(own.writers), waits=any(waiting(parts)))
    return lead, panels


def _offered(parts: Sequence[Part], actor: User) -> Iterator[str]:
    """Name the steps that the page's own revision can take."""
    own, waits = parts[0], any(waiting(parts))
    for do, action in ACTIONS.items():
        late = waits and TRANSITIONS[action.transition].needs_approval
        idle = do == "unschedule" and own.revision.publish_at is None
        if not late and not idle and refused(own, action.transition, actor) is None:
            yield do


def _lead(
    revision: Revision, actor: User, names: Sequence[str], writers: set[int], *, waits: bool
) -> str:
    if revision.state == State.DRAFT:
        if "submit" in names:
            return "Next: hand it over, so that somebody else reviews it."
        return "This is a draft. Its author hands it over when it is ready."
    if revision.is_approved:
        return _lead_of_approved(revision, actor, waits=waits)
    if "approve" in names:
        return "Next: read it, then approve it or send it back."
    who = "It waits for a reviewer."
    if may(actor, Right.REVIEW):
        who = (
            "You wrote some of this yourself, so somebody else has to approve it: "
            "two people see everything before readers do."
        )
    return f"{who} {_reviewers(writers)}"


def _lead_of_approved(revision: Revision, actor: User, *, waits: bool) -> str:
    if not may(actor, Right.PUBLISH):
        return "It is approved and waits for a publisher."
    if waits:
        return "It needs what nobody has approved yet. That comes first: see its parts below."
    when = revision.publish_at
    return ACTIONS["unschedule"].text.format(when=localtime(when)) if when else "Next: publish it."


def _reviewers(writers: set[int]) -> str:
    able = Q(is_superuser=True) | Q(
        groups__permissions__codename="review",
        groups__permissions__content_type__app_label="library",
    )
    people = User.objects.filter(able, is_active=True, is_staff=True).exclude(pk__in=writers)
    names = ", ".join(person_name(person) for person in people.distinct().order_by("username"))
    if not names:
        return "Nobody else may review yet: an administrator can see to that."
    return f"Who can: {names}."

"""Which steps somebody is offered with an open revision now, and what comes next in one sentence.

`workflow.TRANSITIONS` says which step leads where and who may take it, and the verbs decide. This
only keeps buttons away that they would refuse, and says why a step is somebody else's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import QueryDict

from explainer.library import drafts
from explainer.library.models import Revision, State
from explainer.library.permissions import Right, may
from explainer.library.workflow import TRANSITIONS
from explainer.review.actions import ACTIONS, Action, form_of
from explainer.review.forms import first_answers
from explainer.staff.documents import person_name


@dataclass(frozen=True, slots=True)
class Panel:
    """One step that is offered: the button, its form, and what is said of it."""

    do: str
    action: Action
    form: forms.Form
    text: str
    is_first: bool


def offer(
    revision: Revision,
    actor: User,
    today: date,
    *,
    needs: Sequence[Revision],
    has_errors: bool,
    typed: QueryDict | None,
) -> tuple[str, list[Panel]]:
    """Give one sentence on what comes next, then the steps; `typed` is what was just posted."""
    writers = drafts.writers(revision)
    waits = any(not need.is_approved for need in needs)
    names = list(_offered(revision, actor, wrote=actor.pk in writers, waits=waits))
    panels = []
    for do in names:
        data = typed if typed is not None and typed.get("do") == do else None
        initial = first_answers(actor, today) if do == "approve" else {}
        text = ACTIONS[do].text.format(when=revision.publish_at)
        form = form_of(do, data, initial)
        panels.append(Panel(do, ACTIONS[do], form, text, is_first=do == names[0]))
    if has_errors and names[:1] == ["submit"]:
        lead = "Next: put the problems below right. Then hand it over, so that somebody reviews it."
    else:
        lead = _lead(revision, actor, names, writers, waits=waits)
    return lead, panels


def _offered(revision: Revision, actor: User, *, wrote: bool, waits: bool) -> Iterator[str]:
    approved = revision.is_approved
    refused = {
        "approve": approved or wrote,
        # Whoever wrote it takes it back instead.
        "send-back": wrote and not approved,
        "publish": waits,
        "schedule": waits,
        "unschedule": waits or revision.publish_at is None,
    }
    for do, action in ACTIONS.items():
        step = TRANSITIONS[action.transition]
        fits = step.source == revision.state and (approved or not step.needs_approval)
        if fits and may(actor, step.right) and not refused.get(do):
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
        return "It shows claims that nobody has approved yet. They come first: see below."
    when = revision.publish_at
    return ACTIONS["unschedule"].text.format(when=when) if when else "Next: publish it."


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

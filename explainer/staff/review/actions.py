"""Taking a step: from a posted form to one verb of the library, and its refusal to words.

Nothing typed is lost: a refusal says what to show and where, and the view renders
the page again with it (issue 5, section 1).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import Http404, QueryDict

from explainer.evidence.problems import Problem
from explainer.library import drafts, readiness, releasing, reviewing
from explainer.library.models.versions import Version
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from explainer.staff.review.steps import FORMS, form_for
from explainer.staff.subjects import SUBJECT, Subject, find

STALE = (
    "Somebody changed this while you were looking at it, so nothing was done. "
    "The page shows how it stands now; look again, then decide."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step was not taken: for the whole page, for one field, or a list of problems."""

    status: int
    message: str
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[tuple[str, Problem], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A step as somebody asked for it. `base` is the save count that they saw."""

    version: Version
    base: int
    by: User
    at: datetime
    form: Any
    others: tuple[tuple[Version, int], ...] = ()


def take(subject: Subject, post: QueryDict, by: User, at: datetime) -> str | Refusal:
    """Take the step that a form asks for; give what to say of it, or the refusal."""
    do = post.get("do", "")
    if do not in DEEDS:
        return Refusal(400, "There is no such step. Use the buttons of this page.")
    form = form_for(do, post, {})
    version, base = subject.open, seen(post.get("base", ""), subject.open)
    if version is None or base is None:
        return Refusal(409, STALE)
    if not form.is_valid():
        return unfit(form)
    try:
        others = tuple(_named(told) for told in post.getlist("with"))
        return DEEDS[do](Asked(version, base, by, at, form, others))
    except (drafts.Stale, NotAllowed, readiness.Incomplete, CannotPublish) as refused:
        return refusal_of(refused)


def refusal_of(refused: Exception) -> Refusal:
    """Put the library's refusal into words for the page."""
    if isinstance(refused, drafts.Stale):
        return Refusal(409, STALE)
    if isinstance(refused, readiness.Incomplete):
        return Refusal(422, "Something is missing or does not fit.", {refused.field: str(refused)})
    if isinstance(refused, CannotPublish):
        return Refusal(422, "This has to be put right first.", problems=refused.problems)
    return Refusal(403, str(refused))


def unfit(form: forms.Form) -> Refusal:
    """Say what a form refused by itself: a date that is none, a text that is too long."""
    told = {
        name: f"{form[name].label}: {' '.join(map(str, errors))}"
        for name, errors in form.errors.items()
    }
    return Refusal(422, "Something is missing or does not fit.", told)


def mark(version: Version) -> str:
    """Write down which words somebody saw: the version's number and its save count."""
    return f"{version.number}.{version.save_count}"


def seen(told: str, version: Version | None) -> int | None:
    """Give the save count of what somebody saw, or None if it was another version."""
    number, _, count = told.partition(".")
    if version is None or number != str(version.number) or not count.isdecimal():
        return None
    return int(count) if len(count) < 10 else None


def _named(told: str) -> tuple[Version, int]:
    """Find a claim that is to be published too, and what was seen of it."""
    name, _, told_mark = told.partition(" ")
    if not re.fullmatch(SUBJECT, name):
        raise drafts.Stale(None)
    try:
        version = find(name).open
    except Http404:
        raise drafts.Stale(None) from None
    base = seen(told_mark, version)
    if version is None or base is None:
        raise drafts.Stale(version)
    return version, base


def _submit(asked: Asked) -> str:
    reviewing.submit(**_plain(asked), comment=asked.form.cleaned_data["comment"])
    return "Handed over for review."


def _take_back(asked: Asked) -> str:
    reviewing.take_back(**_plain(asked))
    return "Taken back: it is a draft again."


def _send_back(asked: Asked) -> str:
    reviewing.send_back(**_plain(asked), comment=asked.form.cleaned_data["comment"])
    return "Sent back: it is a draft again, with your comment."


def _approve(asked: Asked) -> str:
    told = asked.form.cleaned_data
    reviewer = reviewing.Reviewer(
        told["reviewed_by"], told["reviewer_qualification"], told["review_due"]
    )
    reviewing.approve(**_plain(asked), reviewer=reviewer, comment=told["comment"])
    return "Approved. A publisher can publish it now."


def _publish(asked: Asked) -> str:
    # Each once: a form may name one twice, or the page's own among the others.
    own = asked.version, asked.base
    pairs = {version.subject: (version, base) for version, base in (*asked.others, own)}.values()
    releasing.release(
        versions=[version for version, _ in pairs],
        bases=[base for _, base in pairs],
        by=asked.by,
        at=asked.at,
    )
    return "Published: readers see it now."


def _schedule(asked: Asked) -> str:
    when = asked.form.when
    releasing.schedule(**_plain(asked), when=when)
    return f"Scheduled for {when:%-d %B %Y at %H:%M} UTC."


def _unschedule(asked: Asked) -> str:
    releasing.schedule(**_plain(asked), when=None)
    return "It is not scheduled any more."


def _plain(asked: Asked) -> dict[str, Any]:
    return {"version": asked.version, "base": asked.base, "by": asked.by, "at": asked.at}


DEEDS: Mapping[str, Callable[[Asked], str]] = {
    "submit": _submit,
    "take-back": _take_back,
    "send-back": _send_back,
    "approve": _approve,
    "publish": _publish,
    "schedule": _schedule,
    "unschedule": _unschedule,
}

assert DEEDS.keys() == FORMS.keys()  # noqa: S101 - each step has a form and a verb

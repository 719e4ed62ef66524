"""The page on which a version goes from draft to public: what it changes, and the next step."""

import logging
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from explainer.library import readiness
from explainer.library.diff import label
from explainer.library.impact import Rehearsal, rehearse
from explainer.library.models import Article, AuditEntry, Claim
from explainer.library.models.versions import Version
from explainer.library.permissions import Right, may
from explainer.staff.decorators import page, staff, who
from explainer.staff.history.presence import called
from explainer.staff.review import steps
from explainer.staff.review.actions import Refusal, mark, take
from explainer.staff.saying import STEPS, in_words_of_the_form
from explainer.staff.subjects import Subject, find

MOST_STEPS = 30

log = logging.getLogger(__name__)


@staff(methods=("GET", "HEAD", "POST"))
def review(request: HttpRequest, name: str) -> HttpResponse:
    """Show where a version stands and what publishing it would do; take the next step."""
    subject, now = find(name), timezone.now()
    if request.method != "POST":
        return _page(request, subject, now)
    outcome = take(subject, request.POST, who(request), now)
    if isinstance(outcome, Refusal):
        return _page(request, find(name), now, outcome, request.POST)
    messages.success(request, outcome)
    return redirect("staff-review", name)


def _page(
    request: HttpRequest,
    subject: Subject,
    now: datetime,
    refusal: Refusal | None = None,
    typed: QueryDict | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": "Review and publish",
        "subject": subject,
        "public": subject.public,
        "history": _history(subject),
        "refusal": refusal,
        "refused": problem_lines(refusal.problems) if refusal else [],
        "now": now,
    }
    version = subject.open
    context |= _of_public(request, subject) if version is None else {}
    context |= _of_open(request, version, now, typed) if version else {}
    context["lost"] = _lost(context.get("offer"), typed) if refusal else ""
    answer: HttpResponse = page(
        request, "staff/review/review.html", context, refusal.status if refusal else 200
    )
    return answer


def _of_open(
    request: HttpRequest, version: Version, now: datetime, typed: QueryDict | None
) -> dict[str, Any]:
    by = who(request)
    rehearsal = _rehearsed(version, request, now)
    needs = rehearsal.needs if rehearsal else ()
    return {
        "version": version,
        "base": mark(version),
        "approved": readiness.is_approved(version),
        "rehearsal": rehearsal,
        "problems": problem_lines(rehearsal.problems) if rehearsal else [],
        "refusals": problem_lines(rehearsal.refusals) if rehearsal else [],
        "needs": [(need, mark(need), readiness.is_approved(need)) for need in needs],
        "offer": steps.offer(
            version,
            by,
            now.date(),
            needs=needs,
            faulty=rehearsal is not None and not rehearsal.publishable,
            typed=typed,
        ),
        "may_write": may(by, Right.WRITE),
    }


def _of_public(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    publisher = may(who(request), Right.PUBLISH) and subject.public is not None
    return {
        "may_withdraw": publisher and isinstance(subject.identity, Claim | Article),
        "may_raise": publisher and isinstance(subject.identity, Claim),
        "may_write": may(who(request), Right.WRITE),
    }


def _rehearsed(version: Version, request: HttpRequest, now: datetime) -> Rehearsal | None:
    try:
        return rehearse([version], who(request), now)
    except Exception:  # whatever a draft holds, its page opens (requirement R12)
        log.exception("A rehearsal failed")
        return None


def _history(subject: Subject) -> list[tuple[str, str, AuditEntry]]:
    """Give the steps of the newest version, oldest first: (who, what, entry)."""
    entries = AuditEntry.objects.filter(
        subject=subject.name, action__in=STEPS, at__gte=subject.newest.created_at
    )
    newest = list(entries.select_related("by").order_by("-number")[:MOST_STEPS])
    return [
        (called(e.by) if e.by else e.by_name or called(None), STEPS[e.action], e)
        for e in reversed(newest)
    ]


def problem_lines(problems: Any) -> list[dict[str, Any]]:
    """Write problems with their place, as an editor reads them; errors come first."""
    lines = []
    for about, found in sorted(problems, key=lambda pair: not pair[1].is_error):
        problem = in_words_of_the_form(found)
        place = [label(problem.field)] if problem.field else []
        place += [f"line {problem.line}"] if problem.line else []
        lines.append(
            {
                "about": about,
                "place": ", ".join(place),
                "message": problem.message,
                "is_error": problem.is_error,
            }
        )
    return lines


def _lost(offer: steps.Offer | None, typed: QueryDict | None) -> str:
    """Give the comment that was typed for a step that the page does not offer any more."""
    if typed is None or (offer and typed.get("do") in {panel.do for panel in offer.panels}):
        return ""
    return typed.get("comment", "")

"""The page on which a revision goes from draft to public: what it changes, and the next step."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from explainer.evidence.problems import Problem
from explainer.kinds import BY_PATH
from explainer.library.diff import label
from explainer.library.impact import Impact, field_changes, impact_of
from explainer.library.models import Document, Revision
from explainer.library.permissions import Right, may
from explainer.review.actions import Refusal, mark, take
from explainer.review.offers import offer
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import get_document
from explainer.staff.editor.problems import worded
from explainer.staff.editor.read_view import preview
from explainer.staff.steps import STEPS, newest_steps

MOST_STEPS = 30

log = logging.getLogger(__name__)


@staff(methods=("GET", "HEAD", "POST"))
def review(request: HttpRequest, name: str) -> HttpResponse:
    document, now = get_document(name), timezone.now()
    if request.method != "POST":
        return _page(request, document, now)
    outcome = take(open_revision(document), request.POST, who(request), now)
    if isinstance(outcome, Refusal):
        return _page(request, get_document(name), now, outcome)
    messages.success(request, outcome)
    return redirect("staff-review", name)


def open_revision(document: Document) -> Revision | None:
    return document.newest if document.newest and document.newest.is_open else None


def _page(
    request: HttpRequest, document: Document, now: datetime, refusal: Refusal | None = None
) -> HttpResponse:
    actor, revision, newest = who(request), open_revision(document), document.newest
    began = {"action__in": STEPS, "at__gte": newest.created_at if newest else now}
    publisher = may(actor, Right.PUBLISH) and document.live is not None
    context: dict[str, Any] = {
        "title": "Review and publish",
        "document": document,
        "newest": newest,
        "revision": revision,
        "history": newest_steps(document.subject, MOST_STEPS, **began)[::-1],
        "now": now,
        "may_write": may(actor, Right.WRITE),
        "may_withdraw": publisher and document.kind.is_withdrawable,
        "may_raise": publisher and document.kind.is_assessed,
        **refused(refusal),
    }
    typed = request.POST if refusal else None
    if revision:
        context |= _of_open(request, revision, now, typed)
    offered = {panel.do for panel in context.get("panels", ())}
    if typed is not None and typed.get("do") not in offered:
        # The comment was for a step that the page does not offer any more.
        context["lost"] = typed.get("comment", "")
    status = refusal.status if refusal else 200
    return page(request, "staff/review/review.html", context, status)


def _of_open(
    request: HttpRequest, revision: Revision, now: datetime, typed: QueryDict | None
) -> dict[str, Any]:
    impact = _impact(revision, request)
    needs = impact.needs if impact else ()
    lead, panels = offer(
        revision,
        who(request),
        now.date(),
        needs=needs,
        has_errors=impact is not None and not impact.publishable,
        typed=typed,
    )
    context: dict[str, Any] = {
        "base": mark(revision),
        "impact": impact,
        "needs": [(need, mark(need)) for need in needs],
        "lead": lead,
        "panels": panels,
    }
    if impact:
        live = revision.document.live
        context |= {
            "problems": problem_lines(impact.problems),
            "refusals": problem_lines(impact.refusals),
            "before": preview(live, "before-") if live else None,
            "after": preview(revision, "after-"),
            "fields": field_changes(revision),
        }
    return context


def _impact(revision: Revision, request: HttpRequest) -> Impact | None:
    try:
        return impact_of([revision])
    except Exception:
        # Whatever a draft holds, its page has to open, or nobody could take it back.
        log.exception("What a revision would change could not be found out")
        return None


def refused(refusal: Refusal | None) -> dict[str, Any]:
    """Give what `refusal.html` shows."""
    return {"refusal": refusal, "refused": problem_lines(refusal.problems if refusal else ())}


def problem_lines(problems: Iterable[tuple[str, Problem]]) -> list[dict[str, Any]]:
    lines = []
    for subject, problem in sorted(problems, key=lambda pair: not pair[1].is_error):
        kind = BY_PATH[subject.partition("/")[0]]
        place = [label(kind, problem.field)] if problem.field else []
        place += [f"line {problem.line}"] if problem.line else []
        lines.append(
            {
                "subject": subject,
                "place": ", ".join(place),
                "message": worded(problem, kind),
                "is_error": problem.is_error,
            }
        )
    return lines

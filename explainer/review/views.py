"""The page on which a revision goes from draft to public, and what one person alone may do.

That is to withdraw what is public, or to make its label more cautious. All show first what would
change for readers; the library decides and keeps the rules.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from explainer.evidence.lint.run import unlabelled
from explainer.kinds import BY_PATH
from explainer.kinds.diff import label
from explainer.library.impact import Impact, field_changes, impact_of, pages_showing
from explainer.library.models import Document, Revision
from explainer.library.permissions import Right, may
from explainer.library.rendering import Page
from explainer.review.actions import Refusal, attempt, mark, offer, seen, take
from explainer.review.forms import Caution, EmergencyForm, Withdrawal, more_cautious
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import STEPS, get_document, label_of, newest_steps, person_name
from explainer.staff.editor.fields import worded
from explainer.staff.editor.preview import preview
from explainer.text.problems import Problem

MOST_STEPS = 30
METHODS = ("GET", "HEAD", "POST")

log = logging.getLogger(__name__)


@staff(methods=METHODS)
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
    }
    typed = request.POST if refusal else None
    if revision:
        context |= _of_open(request, revision, now, typed)
    offered = {panel["do"] for panel in context.get("panels", ())}
    if typed is not None and typed.get("do") not in offered:
        # The comment was for a step that the page does not offer any more.
        context["lost"] = typed.get("comment", "")
    return _answer(request, "review", context, refusal)


def _of_open(
    request: HttpRequest, revision: Revision, now: datetime, typed: QueryDict | None
) -> dict[str, Any]:
    impact = _impact(revision)
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
        live, after = revision.document.live, preview(revision, "after-")
        context |= {
            "unlabelled": _unlabelled(after.get("page")),
            "problems": problem_lines(impact.problems),
            "refusals": problem_lines(impact.refusals),
            "before": preview(live, "before-") if live else None,
            "after": after,
            "fields": field_changes(revision),
        }
    return context


def _unlabelled(shown: Page | None) -> list[tuple[str, list[str]]]:
    """Give the words of a page that no label covers, for a reviewer to read one by one."""
    if shown is None:
        return []
    parts = unlabelled((*shown.summary.blocks, *shown.body.blocks))
    return [(kind.capitalize(), found) for kind, found in parts.items()]


def _impact(revision: Revision) -> Impact | None:
    try:
        return impact_of([revision])
    except Exception:
        # Whatever a draft holds, its page has to open, or nobody could take it back.
        log.exception("What a revision would change could not be found out")
        return None


@staff(Right.PUBLISH, methods=METHODS)
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    document = get_document(name)
    if not document.kind.is_withdrawable:
        raise Http404("Claims, records and articles can be withdrawn; a row of reference cannot.")
    return _emergency(request, document, Withdrawal)


@staff(Right.PUBLISH, methods=METHODS)
def caution(request: HttpRequest, name: str) -> HttpResponse:
    document = get_document(name)
    if not document.kind.is_assessed or (document.live is None and request.method != "POST"):
        raise Http404("Only the label of a claim that is public can be made more cautious.")
    return _emergency(request, document, Caution)


def _emergency(
    request: HttpRequest, document: Document, asked: type[EmergencyForm]
) -> HttpResponse:
    """Do it if that was asked, to the revision that its page showed; else show the page."""
    refusal, public = None, document.live
    if request.method == "POST":
        unseen = public is None or seen(request.POST.get("base", ""), public) is None
        expected = None if unseen or public is None else public.number
        call = partial(asked.verb, document=document, actor=who(request), now=timezone.now())
        outcome = attempt(call, asked(request.POST, public), expected, asked.done)
        if not isinstance(outcome, Refusal):
            messages.success(request, outcome)
            return redirect("staff-review", document.subject)
        # Read anew: what is public may be another revision by now, with other choices.
        refusal, document = outcome, get_document(document.subject)
    form = asked(request.POST or None, document.live)
    return _emergency_page(request, document, form, refusal)


def _emergency_page(
    request: HttpRequest, document: Document, form: EmergencyForm, refusal: Refusal | None
) -> HttpResponse:
    public, opened = document.live, open_revision(document)
    context = {
        "title": form.title,
        "document": document,
        "public": public,
        "base": mark(public) if public else "",
        "form": form,
        "pages": pages_showing([public]) if public else [],
        "opened": opened,
        "whose": person_name(opened.author) if opened else "",
    }
    if public and public.level:
        context |= {"label": label_of(public), "levels": more_cautious(public)}
    if refusal and not (public and context.get("levels", True)):
        # The page has no form any more that could hold what was typed.
        context["lost"] = request.POST.get(form.words, "")
    return _answer(request, form.template, context, refusal)


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal | None
) -> HttpResponse:
    """Show a page with why the step that was asked for was refused, if it was."""
    problems = problem_lines(refusal.problems) if refusal else []
    context |= {"refusal": refusal, "refused": problems}
    status = refusal.status if refusal else 200
    return page(request, f"staff/review/{template}.html", context, status)


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

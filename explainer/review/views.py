"""The page on which a revision goes from draft to public, and what one person alone may do.

That is to withdraw what is public, or to make its label more cautious. All show first what would
change for readers; the library decides and keeps the rules.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate

from explainer.editor.fields import worded
from explainer.editor.impact import AFTER, BEFORE, Impact, impact_of, pages_showing
from explainer.editor.preview import preview
from explainer.kinds import BY_PATH
from explainer.kinds.diff import label
from explainer.library import drafts
from explainer.library.models import Document, Revision
from explainer.library.permissions import Right, may
from explainer.library.rendering import Page
from explainer.operations import reminders
from explainer.review.actions import Refusal, attempt, offer, seen, take
from explainer.review.change import change_of, chosen, mark
from explainer.review.forms import (
    Caution,
    EmergencyForm,
    LookingAgain,
    Withdrawal,
    first_answers,
    more_cautious,
)
from explainer.review.reading import Texts, texts_of
from explainer.review.reading_list import glance, reading_list
from explainer.review.remarks import Boxes, Change
from explainer.review.still_fits import look_again
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import STEPS, get_document, label_of, newest_steps, person_name
from explainer.text.problems import Problem

MOST_STEPS = 30
LOOK = "look-again"
"""The step of reading public words again, beside those of `ACTIONS`."""
METHODS = ("GET", "HEAD", "POST")

log = logging.getLogger(__name__)


@staff(methods=METHODS)
def review(request: HttpRequest, name: str) -> HttpResponse:
    document, now = get_document(name), timezone.now()
    if request.method != "POST":
        return _page(request, document, now)
    if request.POST.get("do") == LOOK:
        outcome = _look_again(request, document, now)
    else:
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
        context |= _of_open(request, revision, now, refusal)
    else:
        looked = typed if typed and typed.get("do") == LOOK else None
        context |= _of_public(request, document, now, looked)
    offered = {panel["do"] for panel in context.get("panels", ())}
    if typed is not None and typed.get("do") not in offered:
        # The comment was for a step that the page does not offer any more.
        context["lost"] = typed.get("comment", "")
    return _answer(request, "review", context, refusal)


def _of_open(
    request: HttpRequest, revision: Revision, now: datetime, refusal: Refusal | None
) -> dict[str, Any]:
    actor, typed = who(request), request.POST if refusal else None
    impact = _impact([revision])
    parts = change_of(revision, impact.needs if impact else ())
    going = chosen(parts, actor, typed.getlist("with") if typed else None)
    if impact and len(going) > 1 + len(impact.needs):
        impact = _impact(going) or impact
    told = refusal.problems if refusal and refusal.problems else impact.problems if impact else ()
    lead, panels = offer(parts, actor, localdate(now), problems=told, typed=typed)
    boxes = Boxes(typed, any(panel["do"] == "send-back" for panel in panels))
    texts = {subject: now for subject, (_, now) in (impact.sides if impact else {}).items()}
    changes = {it.subject: boxes.changes(it.revision, texts.get(it.subject, {})) for it in parts}
    return {
        "base": mark(revision),
        "impact": impact,
        "parts": [(part, changes[part.subject]) for part in parts],
        "lead": lead,
        "panels": panels,
        **(_compared(revision, impact, changes[revision.subject], boxes) if impact else {}),
    }


def _compared(
    revision: Revision, impact: Impact, changes: Sequence[Change], boxes: Boxes
) -> dict[str, Any]:
    """Show what readers see now and what they would, and what of it has to be read."""
    live, subject = revision.document.live, revision.subject
    was, now = impact.sides.get(subject, ({}, {}))
    before = _side(live, BEFORE, was) if live else None
    after = _side(revision, AFTER, now)
    public = texts_of((before or {}).get("page"))
    words = reading_list(subject, texts_of(after.get("page")), public, boxes)
    way = revision.document.kind.way(revision.document.key, revision.fields)
    return {
        **words,
        "glance": list(glance(changes, words, impact, way)),
        "problems": problem_lines(impact.problems),
        "refusals": problem_lines(impact.refusals),
        "before": before,
        "after": after,
    }


def _side(revision: Revision, prefix: str, pages: Texts) -> dict[str, Any]:
    """Show one side as readers would see it, with the texts that are explained already."""
    if {*revision.document.kind.texts} != {"summary", "body"} or not pages:
        return preview(revision, prefix)
    return {"page": Page(revision, pages["summary"], pages["body"], ())}


def _impact(revisions: Sequence[Revision]) -> Impact | None:
    try:
        return impact_of(revisions)
    except Exception:
        # Whatever a draft holds, its page has to open, or nobody could take it back.
        log.exception("What a revision would change could not be found out")
        return None


def _of_public(
    request: HttpRequest, document: Document, now: datetime, typed: QueryDict | None
) -> dict[str, Any]:
    """Say what a second look at public words needs, if this person may take it."""
    public, actor = document.live, who(request)
    if public is None or not may(actor, Right.REVIEW):
        return {}
    shown, today = preview(public, "shown-"), localdate(now)
    relabelled = next((it for it in reminders.relabelled() if it.page.pk == public.pk), None)
    return {
        **reading_list(document.subject, texts_of(shown.get("page"))),
        "base": mark(public),
        "after": shown,
        "look": LookingAgain(typed, initial=first_answers(actor, today), auto_id="look-%s"),
        "wrote": actor.pk in drafts.writers(public),
        "is_due": public.review_due is not None and public.review_due < today,
        "relabelled": [(it, label_of(it)) for it in relabelled.claims] if relabelled else [],
    }


def _look_again(request: HttpRequest, document: Document, now: datetime) -> str | Refusal:
    public = document.live
    unseen = public is None or seen(request.POST.get("base", ""), public) is None
    expected = None if unseen or public is None else public.number
    call = partial(look_again, document=document, actor=who(request), now=now)
    form = LookingAgain(request.POST)
    form.today = localdate(now)
    return attempt(call, form, expected, "Read again: it still fits. Its next review has a date.")


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

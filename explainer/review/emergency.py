"""What one person alone may do to what is public: withdraw it, or make its label more cautious.

Both show first which pages change. The library decides and keeps the rule.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from explainer.library import emergency
from explainer.library.impact import pages_showing
from explainer.library.models import Document, Revision
from explainer.library.permissions import Right
from explainer.review.actions import Refusal, attempt, mark, seen
from explainer.review.forms import Caution, StepForm, Withdrawal, more_cautious
from explainer.review.views import open_revision, refused
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import get_document, label_of, person_name

METHODS = ("GET", "HEAD", "POST")


@staff(Right.PUBLISH, methods=METHODS)
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    document = get_document(name)
    if not document.kind.is_withdrawable:
        raise Http404("Claims and articles can be withdrawn; a row of reference cannot.")
    context = {"title": "Withdraw", "typed": "reason"}
    done = "Withdrawn: readers see your reason now."
    return _emergency(request, document, emergency.withdraw, Withdrawal, done, context)


@staff(Right.PUBLISH, methods=METHODS)
def caution(request: HttpRequest, name: str) -> HttpResponse:
    document = get_document(name)
    if not document.kind.is_assessed or (document.live is None and request.method != "POST"):
        raise Http404("Only the label of a claim that is public can be made more cautious.")
    context = {"title": "Make the label more cautious", "typed": "because"}
    done = "The label is more cautious now. Its words wait to be mended."
    return _emergency(request, document, emergency.downgrade_label, Caution, done, context)


def _emergency(
    request: HttpRequest,
    document: Document,
    verb: Callable[..., Any],
    form_of: Callable[[QueryDict | None, Revision | None], StepForm],
    done: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Do it if that was asked, to the revision that its page showed; else show the page."""
    refusal, public = None, document.live
    if request.method == "POST":
        unseen = public is None or seen(request.POST.get("base", ""), public) is None
        expected = None if unseen or public is None else public.number
        call = partial(verb, document=document, actor=who(request), now=timezone.now())
        outcome = attempt(call, form_of(request.POST, public), expected, done)
        if not isinstance(outcome, Refusal):
            messages.success(request, outcome)
            return redirect("staff-review", document.subject)
        # Read anew: what is public may be another revision by now, with other choices.
        refusal, document = outcome, get_document(document.subject)
    form = form_of(request.POST or None, document.live)
    return _page(request, document, form, refusal, context)


def _page(
    request: HttpRequest,
    document: Document,
    form: StepForm,
    refusal: Refusal | None,
    context: dict[str, Any],
) -> HttpResponse:
    public, opened = document.live, open_revision(document)
    template = "caution" if "level" in form.fields else "withdraw"
    context |= {
        "document": document,
        "public": public,
        "base": mark(public) if public else "",
        "form": form,
        "pages": pages_showing([public]) if public else [],
        "opened": opened,
        "whose": person_name(opened.author) if opened else "",
        **refused(refusal),
    }
    if public and public.level:
        context |= {"label": label_of(public), "levels": more_cautious(public)}
    if refusal and not (public and context.get("levels", True)):
        # The page has no form any more that could hold what was typed.
        context["lost"] = request.POST.get(context["typed"], "")
    status = refusal.status if refusal else 200
    return page(request, f"staff/review/{template}.html", context, status)

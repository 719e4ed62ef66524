"""What one person alone may do to what is public: withdraw it, or raise the caution of a label.

Both show first which pages change. The library decides and keeps the rule (design, "Two
people").
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from explainer.editing.comparing.presence import called
from explainer.editing.doors import page, staff, who
from explainer.editing.review.deeds import STALE, Refusal, mark, refusal_of, seen, unfit
from explainer.editing.review.questions import Caution, Withdrawal, more_cautious
from explainer.editing.review.views import problem_lines
from explainer.editing.subjects import Subject, find
from explainer.evidence.levels import Bearing, Level, label_words
from explainer.library import desk, readiness, releasing
from explainer.library.models import Article, ArticleVersion, Claim, ClaimVersion
from explainer.library.publishing import CannotPublish
from explainer.library.rights import NotAllowed, Right

METHODS = ("GET", "HEAD", "POST")


@staff(Right.PUBLISH, methods=METHODS)
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Take a claim or an article from the public, for a reason that readers see."""
    subject = find(name)
    if not isinstance(subject.identity, Claim | Article):
        raise Http404("Claims and articles can be withdrawn; a row of reference cannot.")
    what = subject.identity
    form = Withdrawal(request.POST or None, initial={})

    def deed() -> None:
        releasing.withdraw(
            what=what, by=who(request), reason=form.cleaned_data["reason"], at=timezone.now()
        )

    refusal = _done(request, subject, form, deed)
    if request.method == "POST" and refusal is None:
        messages.success(request, "Withdrawn: readers see your reason now.")
        return redirect("desk-review", name)
    return _page(request, find(name), "withdraw", form, refusal)


@staff(Right.PUBLISH, methods=METHODS)
def caution(request: HttpRequest, name: str) -> HttpResponse:
    """Give a public claim a more cautious label at once."""
    subject = find(name)
    held = subject.public
    if not isinstance(held, ClaimVersion):
        raise Http404("Only the label of a claim that is public can be made more cautious.")
    form = Caution(request.POST or None, held=held)

    def deed() -> None:
        told = form.cleaned_data
        releasing.raise_caution(
            claim=held.claim,
            level=Level(told["level"]),
            reason=told["reason"],
            because=told["because"],
            by=who(request),
            at=timezone.now(),
        )

    refusal = _done(request, subject, form, deed)
    if request.method == "POST" and refusal is None:
        messages.success(request, "The label is more cautious now. Its words wait to be mended.")
        return redirect("desk-review", name)
    return _page(request, find(name), "caution", form, refusal)


def _done(
    request: HttpRequest, subject: Subject, form: Any, deed: Callable[[], None]
) -> Refusal | None:
    """Do it if that was asked; give why not."""
    if request.method != "POST":
        return None
    if seen(request.POST.get("base", ""), subject.public) is None:
        return Refusal(409, STALE)
    if not form.is_valid():
        return unfit(form)
    try:
        deed()
    except desk.AlreadyOpen:
        return Refusal(409, "A draft of this is open and stands in the way: see below.")
    except (NotAllowed, readiness.Incomplete, CannotPublish) as refused:
        return refusal_of(refused)
    return None


def _page(
    request: HttpRequest, subject: Subject, do: str, form: Any, refusal: Refusal | None
) -> HttpResponse:
    held, opened = subject.public, subject.open
    titles = {"withdraw": "Withdraw", "caution": "Make the label more cautious"}
    context = {
        "title": titles[do],
        "subject": subject,
        "public": held,
        "base": mark(held) if held else "",
        "form": form,
        "refusal": refusal,
        "refused": problem_lines(refusal.problems) if refusal else [],
        "pages": list(_pages(subject)),
        "opened": opened,
        "whose": called(opened.author) if opened else "",
        "is_claim": isinstance(held, ClaimVersion),
    }
    if isinstance(held, ClaimVersion):
        context["label"] = label_words(Level(held.level), Bearing(held.bearing))
        context["levels"] = more_cautious(held)
    answer: HttpResponse = page(
        request, f"editing/review/{do}.html", context, refusal.status if refusal else 200
    )
    return answer


def _pages(subject: Subject) -> Any:
    """Give the public articles that show a claim, or the article itself."""
    public = ArticleVersion.objects.published().select_related("article").order_by("article__key")
    if isinstance(subject.identity, Claim):
        return public.filter(article__appearances__claim=subject.identity)
    return public.filter(article=subject.identity)

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

from explainer.evidence.levels import Bearing, Level, label_words
from explainer.library import drafts, readiness, releasing
from explainer.library.models import Article, ArticleVersion, Claim, ClaimVersion
from explainer.library.models.versions import Version
from explainer.library.permissions import NotAllowed, Right
from explainer.library.publishing import CannotPublish
from explainer.staff.decorators import page, staff, who
from explainer.staff.history.presence import called
from explainer.staff.review.actions import STALE, Refusal, mark, refusal_of, seen, unfit
from explainer.staff.review.forms import Caution, Withdrawal, more_cautious
from explainer.staff.review.views import problem_lines
from explainer.staff.subjects import Subject, find

METHODS = ("GET", "HEAD", "POST")


@staff(Right.PUBLISH, methods=METHODS)
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Take a claim or an article from the public, for a reason that readers see."""
    subject = find(name)
    if not isinstance(subject.identity, Claim | Article):
        raise Http404("Claims and articles can be withdrawn; a row of reference cannot.")
    what, held = subject.identity, subject.public
    form = Withdrawal(request.POST or None, initial={})

    def deed(base: int) -> None:
        reason = form.cleaned_data["reason"]
        releasing.withdraw(what=what, base=base, by=who(request), reason=reason, at=timezone.now())

    refusal = _done(request, held, form, deed)
    if request.method == "POST" and refusal is None:
        messages.success(request, "Withdrawn: readers see your reason now.")
        return redirect("staff-review", name)
    return _page(request, find(name), "withdraw", form, refusal)


@staff(Right.PUBLISH, methods=METHODS)
def caution(request: HttpRequest, name: str) -> HttpResponse:
    """Give a public claim a more cautious label at once."""
    subject = find(name)
    held = subject.public
    if not isinstance(subject.identity, Claim) or (held is None and request.method != "POST"):
        raise Http404("Only the label of a claim that is public can be made more cautious.")
    claim, form = subject.identity, _caution(request, held)

    def deed(base: int) -> None:
        told = form.cleaned_data
        releasing.raise_caution(
            claim=claim,
            base=base,
            level=Level(told["level"]),
            reason=told["reason"],
            because=told["because"],
            by=who(request),
            at=timezone.now(),
        )

    refusal = _done(request, held, form, deed)
    if request.method == "POST" and refusal is None:
        messages.success(request, "The label is more cautious now. Its words wait to be mended.")
        return redirect("staff-review", name)
    # Made anew: what is public may be another version than a moment ago, with other choices.
    subject = find(name)
    return _page(request, subject, "caution", _caution(request, subject.public), refusal)


def _caution(request: HttpRequest, held: Version | None) -> Caution:
    return Caution(request.POST or None, held=held if isinstance(held, ClaimVersion) else None)


def _done(
    request: HttpRequest, held: Version | None, form: Any, deed: Callable[[int], None]
) -> Refusal | None:
    """Do it if that was asked, to the version that its page showed; give why not."""
    if request.method != "POST":
        return None
    if held is None or seen(request.POST.get("base", ""), held) is None:
        return Refusal(409, STALE)
    if not form.is_valid():
        return unfit(form)
    try:
        deed(held.number)
    except drafts.AlreadyOpen:
        return Refusal(409, "A draft of this is open and stands in the way: see below.")
    except (drafts.Stale, NotAllowed, readiness.Incomplete, CannotPublish) as refused:
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
    if refusal and not (held and context.get("levels", True)):
        # The page has no form any more that could hold what was typed.
        context["lost"] = request.POST.get({"withdraw": "reason", "caution": "because"}[do], "")
    answer: HttpResponse = page(
        request, f"staff/review/{do}.html", context, refusal.status if refusal else 200
    )
    return answer


def _pages(subject: Subject) -> Any:
    """Give the public articles that show a claim, or the article itself."""
    public = ArticleVersion.objects.published().select_related("article").order_by("article__key")
    if isinstance(subject.identity, Claim):
        return public.filter(article__appearances__claim=subject.identity)
    return public.filter(article=subject.identity)

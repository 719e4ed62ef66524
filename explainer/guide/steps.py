"""The pages that are cut into steps: "Where do I stand?" and the three questions about labels.

What a reader answers is a matter of their health. So it is posted, never part of an address that
a log, a history or a proxy would keep; it travels on in hidden fields and is forgotten with the
answer. No session, no token: there is nothing on this side that a forged form could change.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from explainer.kinds.steps import GUIDE, QUIZ, Answer, Part, Passage, Step, Steps, read
from explainer.library import rendering
from explainer.library.models import Revision
from explainer.public import labels, metadata, navigation
from explainer.public.views import article, show
from explainer.web.page_cache.declare import cacheable, cached_page

MOST = 100
"""Answers that are read of a form; the page has about thirty."""
FOR_EVERYONE = "For everyone"

_CLAIM = re.compile(r'<p class="claim[^>]*>.*?</p>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what follows, with the passage of each answer that brings it."""

    part: Part
    passages: tuple[Passage, ...]


def values(step: Step) -> Mapping[str, Answer]:
    """Give a step's answers by what a form sends for them."""
    return {f"{step.id}/{each.id}": each for each in step.answers if not each.link}


def sections(steps: Steps, chosen: Collection[str]) -> tuple[Section, ...]:
    """Gather what follows from the chosen answers; a claim that two of them bring stands once."""
    answers = [
        each for step in steps.steps for value, each in values(step).items() if value in chosen
    ]
    told: set[str] = set()
    found = []
    for part in Part:
        own = [Passage(each.title, each.parts[part].html) for each in answers if part in each.parts]
        always = [Passage(FOR_EVERYONE, steps.always[part].html)] if part in steps.always else []
        in_order = [*always, *own] if part is Part.DOCTOR else [*own, *always]
        if passages := tuple(_once(in_order, told)):
            found.append(Section(part, passages))
    return tuple(found)


def _once(passages: Iterable[Passage], told: set[str]) -> Iterable[Passage]:
    for passage in passages:
        new = dict.fromkeys(_CLAIM.findall(passage.html))
        html = _CLAIM.sub(lambda found: "" if found[0] in told else found[0], passage.html)
        told.update(new)
        if html.strip():
            yield replace(passage, html=html)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest) -> HttpResponseBase:
    revision = navigation.page_at(GUIDE)
    if revision is None:
        if request.method == "POST":
            raise Http404("The page that asks has no published words.")
        return cacheable(article(request, GUIDE))
    page = rendering.explain_apart(revision)
    steps = read(page.body, GUIDE)
    if not steps.steps or "all" in request.GET:
        return _whole(request, revision)
    head = _head(page, navigation.navigation())
    known = {value for step in steps.steps for value in values(step)}
    chosen = known.intersection(request.POST.getlist("answer")[:MOST])
    number = _number(request.POST.get("step", ""), len(steps.steps) + 1)
    if number > len(steps.steps):
        response = _result(request, head, page, steps, chosen)
    else:
        response = _step(request, head, page, steps, number, chosen)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
        return response
    return cacheable(response, "all")


def _number(typed: str, last: int) -> int:
    """Give the step to show: what was sent if there is such a step, else the first."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    return number if 1 <= number <= last else 1


def _step(
    request: HttpRequest,
    head: metadata.Head,
    page: rendering.Page,
    steps: Steps,
    number: int,
    chosen: Collection[str],
) -> HttpResponse:
    step = steps.steps[number - 1]
    here = values(step)
    answers = [(value, each, value in chosen) for value, each in here.items()]
    return show(
        request,
        "guide.html",
        replace(head, listed=request.method != "POST"),
        article=page,
        steps=steps,
        step=step,
        number=number,
        answers=answers,
        away=[each for each in step.answers if each.link],
        carried=sorted(set(chosen) - set(here)),
        before=number - 1,
        after=number + 1,
    )


def _result(
    request: HttpRequest,
    head: metadata.Head,
    page: rendering.Page,
    steps: Steps,
    chosen: Collection[str],
) -> HttpResponse:
    told = [
        (step.question, titles)
        for step in steps.steps
        if (titles := [each.title for value, each in values(step).items() if value in chosen])
    ]
    return show(
        request,
        "guide_result.html",
        replace(head, title=f"{head.title} What we hold on it", listed=False),
        article=page,
        told=told,
        sections=sections(steps, chosen),
        carried=sorted(chosen),
        before=len(steps.steps),
        today=timezone.localdate(),
    )


def _whole(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Show every step and all that follows as one text, to read or to print."""
    links, page = navigation.navigation(), rendering.explain_page(revision)
    head = _head(page, links)
    return show(
        request,
        "article.html",
        replace(head, listed="all" not in request.GET),
        article=page,
        overdue=metadata.is_overdue(revision),
        navigation=links,
    )


@cached_page()
@require_safe
def quiz(request: HttpRequest) -> HttpResponseBase:
    revision = navigation.page_at(QUIZ)
    steps = None
    if revision is not None:
        page = rendering.explain_apart(revision)
        steps = read(page.body, QUIZ)
    if revision is None or steps is None or not steps.steps:
        return article(request, QUIZ)
    head = _head(page, navigation.navigation())
    overdue = metadata.is_overdue(revision)
    return show(request, "quiz.html", head, article=page, steps=steps, overdue=overdue)


def _head(page: rendering.Page, links: navigation.Navigation) -> metadata.Head:
    return metadata.of_article(page, links, labels.tally_of_page(page, links))

"""Pages of words: the home page, treatments with their topics, the site's own pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explainer.library.explanations import explain_article
from explainer.library.models import ArticleVersion
from explainer.reading import contents, counts, heads, shelves, structured
from explainer.reading.errors import gone


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this site is, how to read a label, and the treatments it explains."""
    version = contents.published_article(contents.HOME)
    if version is None:
        raise Http404("The home page has no published words.")
    article = explain_article(version)
    page = heads.of_home(article)
    doors = contents.navigation()
    context = {
        "page": page,
        "article": article,
        "navigation": doors,
        "sources": shelves.sheets(article.sources),
        "choices": counts.choices(doors.treatments),
        "structured": structured.of_home(page, article),
    }
    return render(request, "home.html", context)


@require_safe
def overview_or_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a treatment's overview, or one of the site's own pages."""
    return _article(request, name)


@require_safe
def topic(request: HttpRequest, treatment: str, topic: str) -> HttpResponse:
    """Show one topic of a treatment."""
    return _article(request, f"{treatment}/{topic}")


def _article(request: HttpRequest, key: str) -> HttpResponse:
    version = contents.published_article(key) if key != contents.HOME else None
    if version is None:
        return _absent(request, key)
    article = explain_article(version)
    page = heads.of_article(article)
    context = {
        "page": page,
        "article": article,
        "tally": counts.tally_of_entries(article.claims),
        "parts": _parts(version),
        "sources": shelves.sheets(article.sources),
        "whole_scale": key == structured.METHOD,
        "structured": structured.of_article(page, article),
    }
    return render(request, "article.html", context)


def _parts(version: ArticleVersion) -> tuple[contents.Door, ...]:
    treatment = version.article.treatment
    return contents.parts_of(treatment) if treatment else ()


def _absent(request: HttpRequest, key: str) -> HttpResponse:
    version = contents.withdrawn_article(key)
    if version is None:
        raise Http404("No published page has this address.")
    return gone(request, version)

"""Pages of words: the home page, treatments with their topics, the site's own pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from explainer.evidence.levels import Role
from explainer.library.models import ArticleVersion
from explainer.library.rendering import ArticleExplanation, Table, explain_article, explain_table
from explainer.public import jsonld, metadata, navigation, question_sheet, reference, statistics
from explainer.public.errors import gone
from explainer.public.reviews import review_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this site is, how to read a label, and the treatments it explains."""
    version = navigation.published_article(navigation.HOME)
    if version is None:
        raise Http404("The home page has no published words.")
    article = explain_article(version)
    page = metadata.of_home(article)
    doors = navigation.navigation()
    context = {
        "page": page,
        "article": article,
        "review": review_of(version, timezone.localdate()),
        "navigation": doors,
        "sources": reference.sheets(article.sources),
        "choices": statistics.choices(doors.treatments),
        "structured": jsonld.of_home(page, article),
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


@require_safe
def sheet(request: HttpRequest, treatment: str) -> HttpResponse:
    """Show what to ask a clinic about one treatment, on one sheet to print."""
    questions = navigation.published_article(navigation.QUESTIONS)
    overview = navigation.published_article(treatment)
    about = overview.article.treatment if overview else None
    if questions is None or about is None or about.role != Role.EXPLAINED:
        raise Http404("There is no sheet of questions for this.")
    made = question_sheet.sheet_of(about, questions)
    page = metadata.of_sheet(made, questions)
    context = {"page": page, "sheet": made, "structured": jsonld.of_page(page)}
    return render(request, "sheet.html", context)


def _article(request: HttpRequest, key: str) -> HttpResponse:
    version = navigation.published_article(key) if key != navigation.HOME else None
    if version is None:
        return _absent(request, key)
    article = explain_article(version)
    page = metadata.of_article(article)
    table = _table(article)
    doors = navigation.navigation()
    context = {
        "page": page,
        "article": article,
        "review": review_of(version, timezone.localdate()),
        "table": table,
        "columns": doors.named(table.options) if table else (),
        "tally": statistics.tally_of_entries(article.claims),
        "sources": reference.sheets(article.sources),
        "whole_scale": key == jsonld.METHOD,
        "structured": jsonld.of_article(page, article),
        **_ways_on(version, doors),
    }
    return render(request, "compare.html" if table else "article.html", context)


def _table(article: ArticleExplanation) -> Table | None:
    return explain_table(article) if article.version.article.key == navigation.COMPARE else None


def _ways_on(version: ArticleVersion, doors: navigation.Navigation) -> dict[str, Any]:
    """Give the doors a page shows: its treatment's parts, what to take along, the sheets."""
    treatment = version.article.treatment
    return {
        "navigation": doors,
        "parts": navigation.parts_of(treatment) if treatment else (),
        "companions": doors.companions(treatment.key) if treatment else (),
        "sheets": doors.sheets if version.article.key == navigation.QUESTIONS else (),
    }


def _absent(request: HttpRequest, key: str) -> HttpResponse:
    version = navigation.withdrawn_article(key)
    if version is None:
        raise Http404("No published page has this address.")
    return gone(request, version)

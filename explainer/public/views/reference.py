"""What the claims rest on: the sources, and the words explained."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from explainer.library.models import Source
from explainer.public import history, jsonld, metadata, reference


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List every source by kind, those that sell a treatment marked."""
    page = metadata.of_sources()
    context = {
        "page": page,
        "shelves": reference.sources_by_kind(),
        "structured": jsonld.of_page(page),
    }
    return render(request, "sources.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show one source: what it is, how we judge it, the positions it takes."""
    row = get_object_or_404(Source, key=key)
    page = metadata.of_source(row)
    context = {
        "page": page,
        "source": reference.SourceSheet(row),
        "appraisal": reference.appraisal_of(row),
        "positions": reference.positions_of(row),
        "revisions": history.revisions_of(f"sources/{row.key}"),
        "structured": jsonld.of_page(page),
    }
    return render(request, "source.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Explain every word of the glossary."""
    page = metadata.of_glossary()
    terms = reference.terms()
    context = {
        "page": page,
        "terms": terms,
        "structured": jsonld.of_glossary(page, terms),
    }
    return render(request, "glossary.html", context)

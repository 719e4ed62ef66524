"""What the claims rest on: the sources, and the words explained."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from explainer.library.models import Source
from explainer.reading import heads, histories, shelves, structured


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List every source by kind, those that sell a treatment marked."""
    page = heads.of_sources()
    context = {
        "page": page,
        "shelves": shelves.sources_by_kind(),
        "structured": structured.of_page(page),
    }
    return render(request, "sources.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show one source: what it is, how we judge it, the positions it takes."""
    row = get_object_or_404(Source, key=key)
    page = heads.of_source(row)
    context = {
        "page": page,
        "source": shelves.SourceSheet(row),
        "appraisal": shelves.appraisal_of(row),
        "positions": shelves.positions_of(row),
        "revisions": histories.revisions_of(f"sources/{row.key}"),
        "structured": structured.of_page(page),
    }
    return render(request, "source.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Explain every word of the glossary."""
    page = heads.of_glossary()
    terms = shelves.terms()
    context = {
        "page": page,
        "terms": terms,
        "structured": structured.of_glossary(page, terms),
    }
    return render(request, "glossary.html", context)

"""What the claims rest on: the sources, and the words explained."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explainer.public import jsonld, metadata, reference
from explainer.public.changelog import history_of


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    page = metadata.of_sources()
    context = {
        "page": page,
        "shelves": reference.sources_by_kind(),
        "structured": jsonld.of_page(page),
    }
    return render(request, "sources.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    revision = reference.published_source(key)
    if revision is None:
        raise Http404("No published source has this address.")
    page = metadata.of_source(revision)
    context = {
        "page": page,
        "source": revision,
        "host": urlsplit(revision.fields["url"]).netloc,
        "appraisal": reference.appraisal_of(revision),
        "positions": reference.positions_of(revision.document),
        "history": history_of(revision.document),
        "structured": jsonld.of_page(page),
    }
    return render(request, "source.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    page = metadata.of_glossary()
    terms = reference.terms()
    context = {"page": page, "terms": terms, "structured": jsonld.of_glossary(page, terms)}
    return render(request, "glossary.html", context)

"""What the claims rest on: the sources, and the words explained."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from explainer.evidence.context import Context
from explainer.kinds import SOURCE
from explainer.library import rendering
from explainer.library.models import Revision
from explainer.public import jsonld, metadata, reference
from explainer.public.changelog import history_of
from explainer.public.views.frame import show


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    shelves = reference.sources_by_kind()
    return show(request, "sources.html", metadata.of_sources(), shelves=shelves)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    public = Revision.objects.published().of(SOURCE).select_related("document")
    revision = get_object_or_404(public, document__key=key)
    context = Context(terms=rendering.terms())
    return show(
        request,
        "source.html",
        metadata.of_source(revision),
        source=revision,
        host=urlsplit(revision.fields["url"]).netloc,
        appraisal=rendering.explain_markdown(revision.fields["appraisal"], context),
        positions=reference.positions_of(revision.document),
        history=history_of(revision.document),
    )


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    page, terms = metadata.of_glossary(), reference.terms()
    structured = jsonld.of_glossary(page, terms)
    return show(request, "glossary.html", page, terms=terms, structured=structured)

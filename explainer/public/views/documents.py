"""The public pages of kinds that need none of their own making: a list, and each document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explainer.kinds import SOURCE, Kind
from explainer.library.models import Revision
from explainer.library.rendering import explain_markdown
from explainer.public import jsonld, metadata
from explainer.public.changelog import history_of
from explainer.public.navigation import navigation


@require_safe
def listing(request: HttpRequest, kind: Kind) -> HttpResponse:
    page = metadata.of_list(kind)
    rows = Revision.objects.published().of(kind).select_related("document").defer("file_text")
    context = {
        "page": page,
        "revisions": rows.order_by("document__key"),
        "structured": jsonld.of_page(page),
    }
    return render(request, kind.list_template, context)


@require_safe
def document(request: HttpRequest, kind: Kind, key: str) -> HttpResponse:
    found = Revision.objects.published().of(kind).filter(document__key=key)
    revision = found.select_related("document").first()
    if revision is None:
        raise Http404(f"No published {kind.label.lower()} has this address.")
    page, links = metadata.of_document(revision), navigation()
    named = kind.sources(revision.fields)
    sources = Revision.objects.published().of(SOURCE).filter(document__key__in=named)
    context = {
        "page": page,
        "revision": revision,
        "body": explain_markdown(revision.fields[kind.body]),
        "sources": sources.select_related("document"),
        "appears": links.showing(revision.document),
        "history": history_of(revision.document),
        "structured": jsonld.of_page(page),
    }
    return render(request, kind.template, context)

"""The public pages of kinds that need none of their own making: a list, and each document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from explainer.kinds import SOURCE, Kind
from explainer.library.models import Revision
from explainer.library.rendering import explain_markdown
from explainer.public import metadata
from explainer.public.changelog import history_of
from explainer.public.views.frame import show


@require_safe
def listing(request: HttpRequest, kind: Kind) -> HttpResponse:
    rows = Revision.objects.published().of(kind).with_document()
    revisions = rows.order_by("document__key")
    return show(request, kind.list_template, metadata.of_list(kind), revisions=revisions)


@require_safe
def document(request: HttpRequest, kind: Kind, key: str) -> HttpResponse:
    public = Revision.objects.published().of(kind).select_related("document")
    revision = get_object_or_404(public, document__key=key)
    named = kind.sources(revision.fields)
    sources = Revision.objects.published().of(SOURCE).filter(document__key__in=named)
    return show(
        request,
        kind.template,
        metadata.of_document(revision),
        revision=revision,
        body=explain_markdown(revision.fields[kind.body]),
        sources=sources.select_related("document"),
        history=history_of(revision.document),
    )

"""Claims one by one, and the list of them all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from explainer.kinds import CLAIM
from explainer.library.models import Revision
from explainer.library.rendering import explain_claim
from explainer.public import metadata, reference
from explainer.public.changelog import history_of
from explainer.public.claim_list import published_claims
from explainer.public.navigation import navigation
from explainer.public.views.frame import show


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    every = published_claims()
    chosen = every.read(request.GET)
    found = every.page(chosen, request.GET.get("page") or "1")
    return show(
        request,
        "claim_list.html",
        metadata.of_claims(chosen, found.number),
        chosen=chosen,
        claims=found,
        earlier=chosen.query(found.number - 1),
        later=chosen.query(found.number + 1),
        fields=every.fields(chosen),
    )


@require_safe
def claim(request: HttpRequest, treatment: str, slug: str) -> HttpResponse:
    revision = _public_claim(f"{treatment}/{slug}")
    entry = explain_claim(revision)
    name, product = reference.subject_of(revision)
    links = navigation()
    return show(
        request,
        "claim.html",
        metadata.of_claim(entry, name),
        entry=entry,
        overdue=metadata.is_overdue(revision),
        treatment_name=name,
        product=product,
        history=history_of(revision.document),
        appears=links.showing(revision.document),
        navigation=links,
    )


def _public_claim(key: str) -> Revision:
    """Give a claim that is published, or was withdrawn: it keeps its address, struck through."""
    for public in (Revision.objects.published(), Revision.objects.withdrawn()):
        if found := public.of(CLAIM).filter(document__key=key).select_related("document").first():
            return found
    raise Http404("No public claim has this address.")

"""Claims one by one, and the list of them all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explainer.kinds import CLAIM
from explainer.library.models import Revision
from explainer.library.rendering import explain_claim
from explainer.public import jsonld, metadata, reference
from explainer.public.changelog import history_of
from explainer.public.claim_list import published_claims
from explainer.public.navigation import navigation


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    every = published_claims()
    chosen = every.read(request.GET)
    found = every.page(chosen, request.GET.get("page") or "1")
    page = metadata.of_claims(chosen, found.number)
    context = {
        "page": page,
        "chosen": chosen,
        "claims": found,
        "earlier": chosen.query(found.number - 1),
        "later": chosen.query(found.number + 1),
        "fields": every.fields(chosen),
        "structured": jsonld.of_page(page),
    }
    return render(request, "claim_list.html", context)


@require_safe
def claim(request: HttpRequest, treatment: str, slug: str) -> HttpResponse:
    """Show one claim: its label, why, who says what, what became of it."""
    revision = _public_claim(f"{treatment}/{slug}")
    entry = explain_claim(revision)
    about = reference.treatment_of(revision)
    links = navigation()
    name = about.title if about else treatment
    page = metadata.of_claim(entry, name)
    context = {
        "page": page,
        "entry": entry,
        "overdue": metadata.is_overdue(revision),
        "treatment_name": name,
        "product": reference.product_of(revision, about),
        "history": history_of(revision.document),
        "appears": links.showing(revision.document),
        "navigation": links,
        "structured": jsonld.of_page(page),
    }
    return render(request, "claim.html", context)


def _public_claim(key: str) -> Revision:
    """Give a claim that is published, or was withdrawn: it keeps its address, struck through."""
    for public in (Revision.objects.published(), Revision.objects.withdrawn()):
        found = public.of(CLAIM).filter(document__key=key).select_related("document")
        if revision := found.first():
            return revision
    raise Http404("No public claim has this address.")

"""Claims one by one, and the register of them all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from explainer.library.models import Claim
from explainer.library.nouns import public_versions
from explainer.library.rendering import explain_claim
from explainer.public import history, jsonld, metadata, reference
from explainer.public.claim_list import fields, page_of, read_filter, vocabulary
from explainer.public.reviews import review_of


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show every published claim, filtered and paginated by GET parameters."""
    known = vocabulary()
    chosen = read_filter(request.GET, known)
    claims = page_of(chosen, request.GET.get("page") or "1")
    page = metadata.of_register(chosen, claims.number)
    context = {
        "page": page,
        "chosen": chosen,
        "claims": claims,
        "earlier": chosen.query(claims.number - 1),
        "later": chosen.query(claims.number + 1),
        "fields": fields(chosen, known),
        "structured": jsonld.of_page(page),
    }
    return render(request, "register.html", context)


@require_safe
def claim(request: HttpRequest, treatment: str, slug: str) -> HttpResponse:
    """Show one claim: its label, why, who says what, what became of it."""
    key = f"{treatment}/{slug}"
    version = public_versions(Claim.objects.filter(key=key)).get(key)
    if version is None:
        raise Http404("No public claim has this address.")
    entry = explain_claim(version)
    page = metadata.of_claim(entry)
    context = {
        "page": page,
        "entry": entry,
        "review": review_of(version, timezone.localdate()),
        "product": reference.product_of(version),
        "history": history.history_of(version.claim),
        "appears": history.pages_showing(version.claim),
        "structured": jsonld.of_page(page),
    }
    return render(request, "claim.html", context)

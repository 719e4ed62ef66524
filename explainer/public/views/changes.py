"""What changed, as a page and as a feed."""

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from explainer.public import feeds, metadata
from explainer.public.changelog import page_of
from explainer.public.views.frame import show


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    found = page_of(request.GET.get("page") or "1")
    return show(
        request,
        "changes.html",
        metadata.of_changes(found.number),
        found=found,
        earlier=f"?page={found.number - 1}" if found.number > 2 else "?",
        later=f"?page={found.number + 1}",
    )


@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    batches = page_of("1").object_list
    text = feeds.atom(batches, metadata.of_changes(1))
    response = HttpResponse(text, content_type=Atom1Feed.content_type)
    if batches:
        response["Last-Modified"] = http_date(batches[0].at.timestamp())
    return response

"""What programs ask for: a page's Markdown, the claims as JSON with their schema."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from explainer.library import rendering
from explainer.public import metadata, navigation
from explainer.public.machine import claims_json
from explainer.public.machine.llms import list_of
from explainer.public.metadata import FIRST_PAGE
from explainer.text.page_copy import copy_of
from explainer.web.page_cache.declare import cached_page

PAGES = "explainer.public.urls"
FOUND = frozenset({"search", "suggest"})
"""Names of addresses that are never listed, so that no search is made only to be refused."""

View = Callable[..., HttpResponse]


@cached_page()
@require_safe
@conditional_page
def markdown(request: HttpRequest, page: str) -> HttpResponse:
    """Answer with a page's own words as Markdown; a page that is not to be listed has none.

    The page's view makes the HTML from which they are written, so a page that is not there, was
    withdrawn, or is of the past is not there as Markdown either. A page that readers get in pieces
    is copied whole.
    """
    address = "/" if page == FIRST_PAGE else f"/{page}/"
    try:
        match = resolve(address, urlconf=PAGES)
    except Resolver404 as unknown:
        raise Http404("No page has this address.") from unknown
    if match.url_name in FOUND:
        raise Http404("What is found for one reader is no page to quote.")
    asked = copy(request)
    asked.path = asked.path_info = address
    response = match.func(asked, *match.args, **match.kwargs)
    found = copy_of(response.content.decode()) if response.status_code == 200 else None
    if found is None:
        raise Http404("No page that may be listed has this address.")
    answer = HttpResponse(found.text, content_type="text/markdown; charset=utf-8")
    # The page itself is what search engines are to show.
    answer["Link"] = f'<{found.canonical}>; rel="canonical"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def for_any_site(view: View) -> View:
    """Let scripts of any other site read the answer: it is the same for everybody."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


@cached_page()
@for_any_site
@require_safe
@conditional_page
def claims(request: HttpRequest) -> HttpResponse:
    return _json(claims_json.every_claim())


@cached_page()
@for_any_site
@require_safe
@conditional_page
def claim(request: HttpRequest, treatment: str, slug: str) -> HttpResponse:
    found = claims_json.one_claim(f"{treatment}/{slug}")
    if found is None:
        raise Http404("No claim has this address.")
    return _json(found)


@cached_page()
@for_any_site
@require_safe
@conditional_page
def schema(request: HttpRequest) -> HttpResponse:
    return JsonResponse(claims_json.schema(), content_type="application/schema+json")


@cached_page()
@require_safe
@conditional_page
def llms(request: HttpRequest) -> HttpResponse:
    home = navigation.page_at(navigation.HOME)
    about = metadata.of_home(rendering.explain_page(home)).description if home else ""
    text = list_of(navigation.navigation(), about)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _json(document: claims_json.Document) -> HttpResponse:
    response = JsonResponse(document.content, json_dumps_params={"ensure_ascii": False})
    if document.changed_at:
        response["Last-Modified"] = http_date(document.changed_at.timestamp())
    return response

"""What programs ask for: a page's Markdown."""

from copy import copy

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import conditional_page, require_safe

from explainer.public.metadata import FIRST_PAGE
from explainer.text.page_copy import copy_of

PAGES = "explainer.public.urls"


@require_safe
@conditional_page
def markdown(request: HttpRequest, page: str) -> HttpResponse:
    """Answer with a page's own words as Markdown; a page that is not to be listed has none.

    The page's view makes the HTML from which they are written, so a page that is not there, was
    withdrawn, or is of the past is not there as Markdown either.
    """
    address = "/" if page == FIRST_PAGE else f"/{page}/"
    try:
        match = resolve(address, urlconf=PAGES)
    except Resolver404 as unknown:
        raise Http404("No page has this address.") from unknown
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

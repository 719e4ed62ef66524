"""Answers to a request that no view sees: a page of ours, or JSON for a script.

They do without database, session and context processors: these may be what is away.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader


def refused(
    request: HttpRequest, status: int, message: str, headers: dict[str, str] | None = None
) -> HttpResponse:
    if request.headers.get("X-Background") == "1" or not request.accepts("text/html"):
        return JsonResponse({"message": message}, status=status, headers=headers)
    return plain_page("refused.html", status, message=message, headers=headers)


def plain_page(
    template: str, status: int, *, headers: dict[str, str] | None = None, **context: str
) -> HttpResponse:
    text = loader.get_template(template).render({"site_name": settings.SITE_NAME, **context})
    return HttpResponse(text, status=status, headers=headers)

"""The pages for requests that have no answer. Django finds them by the handlers in `urls`."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from explainer.web.page_cache.declare import cacheable
from explainer.web.responses import plain_page

# All but `not_found` do without the database: they are needed most when it is away.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain_page("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain_page("403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return cacheable(render(request, "404.html", status=404))


def server_error(request: HttpRequest) -> HttpResponse:
    # Django calls this while it handles the exception.
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return plain_page(
            "503.html", 503, headers={"Retry-After": "5", "Cache-Control": "no-store"}
        )
    return plain_page("500.html", 500)

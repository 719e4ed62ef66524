"""Answers to requests that have no page.

All but `not_found` and `gone` do without the database: they are needed most when it is away.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from explainer.library.models import Revision
from explainer.web.responses import plain_page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain_page("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain_page("403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def gone(request: HttpRequest, revision: Revision) -> HttpResponse:
    return render(request, "410.html", {"revision": revision}, status=410)


def server_error(request: HttpRequest) -> HttpResponse:
    return plain_page("500.html", 500)

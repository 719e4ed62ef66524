"""The pages for requests that have no answer. Django finds them by the handlers in `urls`."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404

from explainer.accounts.responses import no_such_page
from explainer.web.page_cache.declare import cacheable
from explainer.web.responses import plain_page

# All but `not_found` do without the database: they are needed most when it is away.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain_page("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain_page("403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if of_the_desk := no_such_page(request, exception):
        return of_the_desk
    if isinstance(exception, Resolver404):
        # No view answers such an address, so no link led there: most who ask look for a hole.
        return cacheable(plain_page("nowhere.html", 404))
    return cacheable(render(request, "404.html", status=404))

"""Every answer to a reader is made from one edition: the old page or the new one (D6).

A page takes several queries. What is published between two of them would mix the
words of one edition with the labels of the next; and a transaction around the
page would make readers wait for writers on SQLite. So the edition's number is read
before and after, and an answer that took longer than its edition lasted is
made again.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve

from explainer.library.models import SiteVersion
from explainer.public import errors

Answer = Callable[[HttpRequest], HttpResponseBase]

TRIES = 5
"""How often an answer is made while others publish, before the reader is asked to wait."""

TIMELESS = frozenset({"healthz", "readyz", "robots", "image"})
"""Names of addresses that say nothing of an edition; an image's file never changes."""


def one_edition(answer: Answer) -> Answer:
    """Make every reader's answer from one edition (requirement D6).

    Covers each address outside the staff's but those in `TIMELESS`, answers 404
    and 410 included, so that a new view need not think of it. It has to be the
    innermost middleware: there pages are written out and errors have their page.
    Answers 503 if the edition rose during each of its tries. Raises TypeError for
    an answer that streams, because its words would be read later.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _is_timeless(request.path_info):
            return answer(request)
        for _ in range(TRIES):
            number = SiteVersion.objects.current().number
            response = _written(answer(request))
            if SiteVersion.objects.current().number == number:
                return response
        return errors.busy()

    return middleware


def _is_timeless(path: str) -> bool:
    if path.startswith(settings.STAFF_PATH):
        return True
    try:
        return resolve(path).url_name in TIMELESS
    except Resolver404:
        return False


def _written(response: HttpResponseBase) -> HttpResponse:
    if isinstance(response, HttpResponse):
        return response
    raise TypeError(
        "A reader's page streams, so nobody can tell which edition it is from. Answer with an "
        "HttpResponse, or name the address in TIMELESS of explainer/reading/editions.py."
    )

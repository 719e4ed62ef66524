"""What readers saw at an address at a moment: the public page itself, made as of then.

The page comes from the address's own view, so the past looks as the present does; its frame
says that it is the past. Nothing is kept of files for machines, nor of before the first change.
"""

from copy import copy
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, is_valid_path, resolve
from django.utils import timezone

from explainer.library import as_of
from explainer.library.models import Change
from explainer.staff.decorators import page, staff

NOT_PAGES = frozenset(
    {
        "card", "favicon", "feed", "healthz", "image", "manifest", "readyz", "robots", "sitemap",
        "suggest",
    }
)  # fmt: skip
"""Names of addresses that are read by machines, so that how they were is not kept."""

EXAMPLE = "/mesotherapy/safety/"


@staff()
def past(request: HttpRequest) -> HttpResponseBase:
    address, typed = request.GET.get("address", ""), request.GET.get("at", "")
    context = {"title": "What did a patient see?", "address": address, "typed": typed}
    if address:
        try:
            return _page_at(request, address, _moment(typed))
        except ValueError as refused:
            context["message"] = str(refused)
    return page(request, "staff/history/past.html", context)


def _moment(typed: str) -> datetime:
    """Read a moment of the site's past; raises ValueError with the cure."""
    when = as_of.parse(typed)
    if when > timezone.now():
        raise ValueError(f"{_said(when)} has not come yet. Choose an earlier time.")
    first = Change.objects.order_by("number").values_list("at", flat=True).first()
    if first is None or when < first:
        began = f"; the first is of {_said(first)}" if first else ""
        raise ValueError(
            f"Nothing was public at {_said(when)}, as far as this site knows. It keeps "
            f"every change since its content was first loaded{began}."
        )
    return when


def _said(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M (%Z)}"


def _page_at(request: HttpRequest, address: str, when: datetime) -> HttpResponseBase:
    """Call the public view of an address; raises ValueError for what has no such page then."""
    nothing = ValueError(
        f"Nothing was public at {address} then: who asked for it was told that there is no such "
        "page. Check the address and the time."
    )
    asked = _as_a_reader(request, address)
    try:
        match = resolve(asked.path)
    except Resolver404:
        raise nothing from None
    if match.url_name in NOT_PAGES:
        raise ValueError(
            f"{asked.path.rstrip('/')} is read by machines, not by patients, so how it was is not "
            f"kept. Ask for a page, such as {EXAMPLE}."
        )
    try:
        with as_of.looking_at(when, staff=True):
            response: HttpResponseBase = match.func(asked, *match.args, **match.kwargs)
    except Http404:
        raise nothing from None
    return response


def _as_a_reader(request: HttpRequest, address: str) -> HttpRequest:
    none = ValueError(
        f"{address[:80]!r} is no address of a page for readers. Write it like {EXAMPLE}."
    )
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        raise none from None
    path = f"/{parts.path.lstrip('/')}"
    # As a browser is led to it: pages end with a slash, files do not.
    path += "" if path.endswith("/") or is_valid_path(path) else "/"
    if not address.isprintable() or path.startswith(settings.STAFF_PATH):
        raise none
    asked = copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET = QueryDict(parts.query)
    return asked

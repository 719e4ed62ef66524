"""What a page said on a day: the public page itself, made as of the end of that day.

For whoever holds a printed sheet and asks what has changed since. The page of today has to be
there still: what was taken from the public does not come back by way of its past. Nothing is kept
of files for machines, of searches and of forms.
"""

from copy import copy
from datetime import date, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.views.decorators.http import require_safe

from explainer.kinds import KINDS
from explainer.library import as_of
from explainer.library.models import Change

PAGES = frozenset(
    {"home", "article", "topic", "claims", "claim", "sources", "source", "glossary", "sheet"}
    | {"changes", "quiz"}
    | {name for kind in KINDS if kind.template for name in (kind.path, kind.name)}
)
"""Names of the addresses whose past is shown."""


class Unknown(ValueError):
    """A day that no page can be shown for; its text says why and what to do."""


def moment_of(day: str, now: datetime) -> datetime:
    """Give the last moment of a day where the site is; of today, now. Raises Unknown."""
    try:
        found = date.fromisoformat(day) if len(day) == 10 else None
    except ValueError:
        found = None
    if found is None:
        raise Unknown("There is no such day. An address of the past has one as in 2026-11-28.")
    if found > timezone.localdate(now):
        raise Unknown(
            f"The day {found.day} {found:%B %Y} has not come yet, so no page has a past there."
        )
    when = min(now, timezone.make_aware(datetime.combine(found, time.max)))
    first = Change.objects.order_by("number").values_list("at", flat=True).first()
    if first is None or when < first:
        raise Unknown(
            f"Nothing was public here on {found.day} {found:%B %Y}, as far as this site knows."
        )
    return when


@require_safe
def past(request: HttpRequest, day: str, address: str) -> HttpResponseBase:
    try:
        when = moment_of(day, timezone.now())
        return _page_at(request, _page(f"/{address}"), when)
    except Unknown as refused:
        return render(request, "404.html", {"message": str(refused)}, status=404)


def _page(address: str) -> tuple[str, ResolverMatch]:
    try:
        match = resolve(address)
    except Resolver404:
        match = None
    # Staff's pages have names of their own making, which may be the same.
    if match is None or match.url_name not in PAGES or address.startswith(settings.STAFF_PATH):
        raise Unknown("There is no page of the past at this address. Look at the page of today.")
    return address, match


def _page_at(
    request: HttpRequest, page: tuple[str, ResolverMatch], when: datetime
) -> HttpResponseBase:
    address, match = page
    asked = copy(request)
    asked.path = asked.path_info = address

    def answer() -> HttpResponseBase:
        response: HttpResponseBase = match.func(asked, *match.args, **match.kwargs)
        return response

    try:
        if answer().status_code != 200:
            raise Http404
    except Http404:
        raise Unknown("This page is no longer public, so its past is not shown.") from None
    try:
        with as_of.looking_at(when):
            response = answer()
    except Http404:
        response = None
    if response is None or response.status_code != 200:
        raise Unknown("There was no page at this address on that day. Look at the page of today.")
    return response

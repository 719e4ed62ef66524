"""What machines read: the sitemap and the rules for crawlers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explainer.public import sitemaps
from explainer.public.metadata import absolute

WELL_KNOWN = "/admin/"
"""Where staff pages are looked for anyway, so that naming the address tells nobody anything."""


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"entries": sitemaps.entries()}
    return render(request, "sitemap.xml", context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Point crawlers to the sitemap, and away from the staff's pages where these are no secret.

    An address that STAFF_PATH chose is not told: everybody reads this file.
    """
    staff_path = settings.STAFF_PATH if settings.STAFF_PATH == WELL_KNOWN else ""
    context = {"sitemap": absolute("/sitemap.xml"), "staff_path": staff_path}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")

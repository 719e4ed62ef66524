"""The staff guide: how to write, review and publish, with pictures of these very pages."""

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

from explainer.staff.decorators import page, staff
from explainer.staff.guide import chapters


@staff()
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide; a picture that was not made yet is left out."""
    context = {
        "title": "Staff guide",
        "chapters": chapters.CHAPTERS,
        "labels": chapters.LABELS,
        "wordings": chapters.WORDINGS,
        "pictures": {n: p for n, p in chapters.PICTURES.items() if finders.find(p.path)},
        "width": chapters.WIDTH,
        "height": chapters.HEIGHT,
    }
    return page(request, "staff/guide/page.html", context)

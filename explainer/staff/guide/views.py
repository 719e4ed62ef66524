"""The staff guide: how to write, review and publish, with pictures of these very pages."""

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

from explainer.staff.decorators import page, staff
from explainer.staff.guide import chapters


@staff()
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide; a picture that was not made yet is left out."""
    made = {name: one for name, one in chapters.PICTURES.items() if finders.find(one.path)}
    context = {
        "title": "Staff guide",
        "chapters": chapters.CHAPTERS,
        "labels": chapters.LABELS,
        "examples": chapters.EXAMPLES,
        "wordings": chapters.WORDINGS,
        "pictures": made,
    }
    answer: HttpResponse = page(request, "staff/guide/page.html", context)
    return answer

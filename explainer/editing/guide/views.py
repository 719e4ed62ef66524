"""The staff guide: how to write, review and publish, with pictures of these very pages."""

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

from explainer.editing.doors import page, staff
from explainer.editing.guide import contents


@staff()
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide; a picture that was not made yet is left out."""
    made = {name: one for name, one in contents.PICTURES.items() if finders.find(one.path)}
    context = {
        "title": "Staff guide",
        "chapters": contents.CHAPTERS,
        "labels": contents.LABELS,
        "examples": contents.EXAMPLES,
        "wordings": contents.WORDINGS,
        "pictures": made,
    }
    answer: HttpResponse = page(request, "editing/guide/page.html", context)
    return answer

"""The site's addresses and three more, to show what a view sees and what becomes of a failure."""

from django.http import HttpResponse
from django.urls import include, path

from explainer import urls


def greet(request):
    """Show what a reader's page is able to see of who asks."""
    return HttpResponse(f"{dict(request.COOKIES)} {request.scheme}")


def recognise(request):
    """Do what a reader's page must not: look for a logged-in person."""
    return HttpResponse(str(request.user))


def fail(request, word):
    """Fail with a message that quotes what was typed."""
    typed = request.GET.get("q")
    raise ValueError(f"cannot read {typed} in {word}")


urlpatterns = [
    path("greet/", greet),
    path("recognise/", recognise),
    path("fail/<slug:word>/", fail),
    path("", include("explainer.urls")),
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

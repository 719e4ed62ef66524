"""The guard of every staff page outside the stock admin.

A stranger is sent to log in; staff without the right get a page that names the
role to ask for. Rights are checked again by the library's verbs.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.response import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from explainer.accounts.responses import is_text_form, recover
from explainer.library.models.document import LISTED
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.web.responses import wants_json

ENDED = "Your session has ended. Log in in another tab, then go on."

View = Callable[..., HttpResponseBase]


def staff(*rights: Right, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """Let in active staff who hold one of the rights (none named: all staff).

    Any other method than those named is answered with 405.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not (isinstance(user, User) and user.is_active and user.is_staff):
                if not wants_json(request):
                    return redirect_to_login(request.get_full_path())
                return JsonResponse({"message": ENDED}, status=401)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            try:
                if rights and not any(user.has_perm(right) for right in rights):
                    demand(user, rights[0])
                response = view(request, *args, **kwargs)
            except NotAllowed as refused:
                response = not_allowed(request, str(refused))
            add_never_cache_headers(response)
            return response

        return guarded

    return guard


def page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a staff page in the admin's frame; one about a `document` leads to its list."""
    document = context.get("document")
    frame = {
        **admin.site.each_context(request),
        "list_of": LISTED[document.kind]._meta if document else None,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render(request, template, {**frame, **context}, status=status)


def not_allowed(request: HttpRequest, message: str) -> HttpResponseBase:
    """Say which role is missing, as a page or as JSON; what was typed comes back."""
    if wants_json(request):
        return JsonResponse({"message": message}, status=403)
    if is_text_form(request):
        return recover(request, status=403, why=message)
    context = {"title": "Not allowed", "message": message}
    return page(request, "staff/not_allowed.html", context, 403)


def who(request: HttpRequest) -> User:
    """Give the member of staff who asks; only behind `staff`."""
    assert isinstance(request.user, User)  # noqa: S101 - the guard saw to it
    return request.user

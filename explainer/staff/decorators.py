"""The guards of what staff see outside the stock admin: their pages, and the live answers.

A stranger is sent to log in; staff without the right get a page that names the
role to ask for. Rights are checked again by the library's verbs.

Live answers are for scripts that ask in the background while somebody writes: a stranger gets
JSON and never the log-in page, which would otherwise appear inside the preview.
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.response import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
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


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one person may ask for the same thing: so many times in a spell of seconds.

    The spell begins with the first. Counts in the shared cache, so in all workers together; two
    requests in the same moment may count as one. It keeps haste and broken scripts from slowing
    the site for everybody; who guesses passwords is counted elsewhere.
    """

    most: int
    seconds: int

    def wait(self, key: str, at: datetime) -> int:
        """Count a request; give the seconds to wait if it is one too many, else 0."""
        key = f"pace:{key}"
        begun, count = cache.get(key) or (at, 0)
        over = begun + timedelta(seconds=self.seconds)
        # What begins later began while the clock was ahead.
        if at >= over or at < begun:
            begun, count, over = at, 0, at + timedelta(seconds=self.seconds)
        left = max(1, math.ceil((over - at).total_seconds()))
        if count >= self.most:
            return left
        # Not `incr`: with a table as the cache it would start the key's time anew, so that the
        # spell of somebody who never pauses would never end.
        cache.set(key, (begun, count + 1), left)
        return 0


PACE = Pace(most=30, seconds=10)
"""How often one person may ask at one address."""
TEXT_ENDED = "Your session has ended; your text is still here. Log in in another tab, then go on."

log = logging.getLogger(__name__)
LiveView = Callable[[HttpRequest], JsonResponse]


def live(method: str, failed: str = "") -> Callable[[LiveView], LiveView]:
    """Let staff who may write ask with one method, 30 times in 10 seconds.

    `failed` is what a view's failure is answered with, instead of a 500.
    Mount such views beside the admin's own, not inside `admin_view`: that would answer a
    stranger with a redirect. CSRF is the middleware's, as everywhere.
    """

    def guard(view: LiveView) -> LiveView:
        @wraps(view)
        def guarded(request: HttpRequest) -> JsonResponse:
            try:
                response = _refusal(request, view.__name__, method) or view(request)
            except Exception:  # whatever the checks do, the writer keeps the page and the text
                if not failed:
                    raise
                log.exception("A live answer failed")
                response = message(HTTPStatus.UNPROCESSABLE_ENTITY, failed)
            response["Cache-Control"] = "no-store"
            return response

        return guarded

    return guard


def message(
    status: HTTPStatus, text: str, headers: dict[str, Any] | None = None, **more: object
) -> JsonResponse:
    return JsonResponse({"message": text, **more}, status=status, headers=headers)


def _refusal(request: HttpRequest, name: str, method: str) -> JsonResponse | None:
    user = request.user
    if not user.is_authenticated:
        return message(HTTPStatus.FORBIDDEN, TEXT_ENDED, ended=True)
    try:
        demand(user, Right.WRITE)
    except NotAllowed as refused:
        return message(HTTPStatus.FORBIDDEN, str(refused), ended=False)
    if request.method != method:
        text = f"This address answers {method} alone, not {request.method}."
        return message(HTTPStatus.METHOD_NOT_ALLOWED, text, {"Allow": method})
    if wait := PACE.wait(f"live:{name}:{user.pk}", timezone.now()):
        text = "Too many requests. The next one can wait."
        return message(HTTPStatus.TOO_MANY_REQUESTS, text, {"Retry-After": wait})
    return None

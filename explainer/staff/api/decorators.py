"""What every live answer goes through: who asks, how, how often, and never stored.

For scripts that ask in the background while somebody writes. A stranger gets JSON and never the
log-in page, which would otherwise appear inside the preview.
"""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from explainer.library.permissions import NotAllowed, Right, demand
from explainer.staff.ratelimit import Pace

PACE = Pace(most=30, seconds=10)
"""How often one person may ask at one address."""
ENDED = "Your session has ended; your text is still here. Log in in another tab, then go on."

log = logging.getLogger(__name__)
View = Callable[[HttpRequest], JsonResponse]


def live(method: str, failed: str = "") -> Callable[[View], View]:
    """Let staff who may write ask with one method, 30 times in 10 seconds.

    `failed` is what a view's failure is answered with, instead of a 500.
    Mount such views beside the admin's own, not inside `admin_view`: that would answer a
    stranger with a redirect. CSRF is the middleware's, as everywhere.
    """

    def guard(view: View) -> View:
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
        return message(HTTPStatus.FORBIDDEN, ENDED, ended=True)
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

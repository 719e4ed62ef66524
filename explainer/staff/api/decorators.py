"""What every live answer goes through: who asks, how, how often, and never stored.

For scripts that ask in the background while somebody writes. A stranger gets
JSON and never the log-in page, which would otherwise appear inside the preview
(requirements U1, U2 and R13).
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from explainer.library.permissions import NotAllowed, Right, demand
from explainer.staff.ratelimit import Pace

PACE = Pace(most=30, seconds=10)
"""How often one person may ask at one address (requirement R13)."""

ENDED = "Your session has ended; your text is still here. Log in in another tab, then go on."

View = Callable[[HttpRequest], JsonResponse]


def live(method: str) -> Callable[[View], View]:
    """Let staff who may write ask with one method, 30 times in 10 seconds.

    Mount such views beside the admin's own, not inside `admin_view`: that would
    answer a stranger with a redirect. CSRF is the middleware's, as everywhere.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> JsonResponse:
            answer = _refusal(request, view.__name__, method) or view(request)
            answer["Cache-Control"] = "no-store"
            return answer

        guarded.rights = (Right.WRITE,)  # type: ignore[attr-defined]
        guarded.methods = (method,)  # type: ignore[attr-defined]
        return guarded

    return guard


def told(status: HTTPStatus, message: str, **more: object) -> JsonResponse:
    """Answer with a message for the person who writes."""
    return JsonResponse({"message": message, **more}, status=status)


def _refusal(request: HttpRequest, name: str, method: str) -> JsonResponse | None:
    user = request.user
    if not user.is_authenticated:
        return told(HTTPStatus.FORBIDDEN, ENDED, ended=True)
    try:
        demand(user, Right.WRITE)
    except NotAllowed as refused:
        return told(HTTPStatus.FORBIDDEN, str(refused), ended=False)
    if request.method != method:
        message = f"This address answers {method} alone, not {request.method}."
        refusal = told(HTTPStatus.METHOD_NOT_ALLOWED, message)
        refusal["Allow"] = method
        return refusal
    if wait := PACE.wait(f"live:{name}:{user.pk}", timezone.now()):
        refusal = told(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests. The next one can wait.")
        refusal["Retry-After"] = str(wait)
        return refusal
    return None

"""What those who are turned away get: a page or JSON, and their text form to send again."""

import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader

from explainer.web import responses
from explainer.web.middleware import Answer, wrapping
from explainer.web.responses import AWAY, is_database_away, wants_json

logger = logging.getLogger(__name__)

ENTRANCE = tuple(f"{settings.STAFF_PATH}{room}/" for room in ("account", "login", "logout"))
"""The pages of logging in and out."""
OPEN = (*ENTRANCE, f"{settings.STAFF_PATH}welcome/")
"""Where strangers may send forms: to log in, and to make an account by an invitation."""
TEXT_FORMS = tuple(f"{settings.STAFF_PATH}desk/{form}/" for form in ("edit", "new", "start"))
ENDED = "You are no longer logged in. Nothing has been saved yet."
OLD_FORM = "This form was too old, so it was stopped. Nothing has been saved yet."
FOREIGN = "This form did not come from a page of this site, so nothing was done."
TOO_LONG = "This form holds more than the site takes, so nothing was done. Go back and shorten it."
PROBE = 8_192
"""Bytes of randomness in what is saved to see whether anything can be: it cannot be compressed."""
BUSY = "The site is busy or its database cannot be reached. Nothing has been saved yet."
READ_ONLY = (
    "Whoever runs the site has set it to read-only (READ_ONLY) for a while, to move or mend it. "
    "Nothing has been saved yet."
)
FULL = "The disk of the server is full. Nothing has been saved yet: tell whoever looks after it."
NOT_WRITABLE = (
    "The server may only read its database. Nothing has been saved yet: tell whoever looks "
    "after it."
)
REASONS = {
    "is full": FULL,
    "no space left": FULL,
    "readonly": NOT_WRITABLE,
    "read-only": NOT_WRITABLE,
}
"""What SQLite and PostgreSQL say of a write that failed for long, and what staff are told."""
NOTHING_HERE = "The desk has no page at this address"
GO_BACK = "Go back, load the page again and fill it in once more."


@wrapping
def log_refusals(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Write a line for each 403 of a staff page; the formatter keeps method and route alone."""
    response = answer(request)
    if response.status_code == 403 and is_staff_address(request):
        logger.warning("Refused", extra={"request": request, "status_code": 403})
    return response


def is_staff_address(request: HttpRequest) -> bool:
    """True under the staff's path; elsewhere nobody may look at sessions at all."""
    return request.path_info.startswith(settings.STAFF_PATH)


def page(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    """Render a page of this room in the admin's frame, without the list of rooms beside it."""
    return render(request, template, {**_frame(request), **context}, status=status)


def refuse(
    request: HttpRequest, status: int, message: str, title: str = "Not done"
) -> HttpResponse:
    """Say why nothing was done: to a person as a page, to a script as a sentence it can show."""
    if wants_json(request):
        return JsonResponse({"message": message}, status=status)
    return page(request, "accounts/refused.html", status, {"title": title, "message": message})


def no_such_page(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Answer 404 in the desk's frame to staff who are logged in; give None for anybody else.

    Whoever is not in asks an address that exists and one that does not with the same outcome.
    """
    user = getattr(request, "user", None)
    if not (is_staff_address(request) and getattr(user, "is_staff", False)):
        return None
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    if wants_json(request):
        return refuse(request, 404, said or NOTHING_HERE)
    context = {"title": NOTHING_HERE, "said": said}
    return page(request, "accounts/no_such_page.html", 404, context)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429, the same for names that exist and names that do not.

    A counter that cannot be written looks like a limit that is used up: then say so, with 503.
    """
    if error := _saving_fails():
        return _try_later(refuse(request, 503, f"{_reason(error)} {GO_BACK}", "Not now"))
    message = "Too many tries. Wait five minutes, then try again."
    response = refuse(request, 429, message, "Too many tries")
    response["Retry-After"] = "300"
    return response


def _saving_fails() -> DatabaseError | None:
    """Save a session that is nobody's, and take it away again: give why that fails, if it does.

    It is what the log-in would have to save next, and too large for the room that is left in
    some page of a full database.
    """
    probe = SessionStore()
    probe["filler"] = secrets.token_hex(PROBE)
    try:
        probe.save()
        probe.delete()
    except DatabaseError as error:
        return error
    return None


def _reason(error: Exception) -> str:
    said = str(error).lower()
    return next((words for sign, words in REASONS.items() if sign in said), BUSY)


def _try_later(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = "5"
    return response


def recover_forms(get_response: Answer) -> object:
    """Answer forms that no view can take: too large, from a stranger, or the database is busy."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_staff_address(request):
            return get_response(request)
        if request.content_type == "application/x-www-form-urlencoded" and _is_too_long(request):
            return refuse(request, 413, TOO_LONG)
        may_come = request.user.is_authenticated or request.path_info.startswith(OPEN)
        if not may_come and (request.method == "POST" or wants_json(request)):
            return recover(request, status=401, why=ENDED)
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_form = request.method == "POST" and is_staff_address(request)
        if not (is_form and isinstance(exception, OperationalError)):
            return None
        return _try_later(recover(request, status=503, why=_reason(exception)))

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


@wrapping
def read_only(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """While READ_ONLY is set, take no form of staff but those of logging in and out."""
    is_form = request.method == "POST" and is_staff_address(request)
    if not (settings.READ_ONLY and is_form) or request.path_info.startswith(ENTRANCE):
        return answer(request)
    response = recover(request, status=503, why=READ_ONLY)
    response["Retry-After"] = "600"
    return response


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    return recover(request, status=403, why=OLD_FORM)


def recover(request: HttpRequest, *, status: int, why: str, first: str = "") -> HttpResponse:
    """Give a text form back so that it can be sent again; `first` is an address to go to before.

    A form from elsewhere gets 403 and none of its values: whoever made it would
    have us show, or send, words that nobody here typed.
    """
    if wants_json(request):
        return refuse(request, status, why)
    if not _is_from_here(request):
        return refuse(request, 403, FOREIGN)
    if not is_text_form(request) or _is_too_long(request):
        return refuse(request, status, f"{why} {GO_BACK}")
    context = {
        "title": "Your text is still here",
        "why": why,
        "first": first,
        "fields": _typed(request),
        "address": request.get_full_path(),
    }
    return page(request, "accounts/recovered_form.html", status, context)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what failed; a text that was sent while the database is away comes back.

    Who sent it cannot be asked then, as in `recover`: a page of this site did.
    """
    may_return = is_text_form(request) and _is_from_here(request) and not wants_json(request)
    if not (is_database_away() and may_return) or _is_too_long(request):
        return responses.server_error(request)
    # Without the admin's frame, which asks the database who somebody is.
    context = {"fields": _typed(request), "csrf_token": get_token(request), "why": BUSY}
    context |= {"site_name": settings.SITE_NAME, "address": request.get_full_path()}
    text = loader.get_template("accounts/recovered_away.html").render(context)
    return HttpResponse(text, status=503, headers=AWAY)


def _is_from_here(request: HttpRequest) -> bool:
    sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())


def _typed(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Give name, label and value of everything in a form but its token."""
    return [
        (name, name.rpartition("-")[2].replace("_", " "), str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]


def is_text_form(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path_info.startswith(TEXT_FORMS)


def _is_too_long(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def frame(request: HttpRequest) -> dict[str, Any]:
    """Offer the admin's own context under the account pages, and nothing to readers."""
    if not is_staff_address(request):
        return {}
    own = _frame(request) if request.path_info.startswith(ENTRANCE[0]) else {}
    return {"read_only": settings.READ_ONLY, **own}


def _frame(request: HttpRequest) -> dict[str, Any]:
    return {**admin.site.each_context(request), "is_nav_sidebar_enabled": False}

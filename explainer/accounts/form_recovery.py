"""A text form that comes in too late is shown with all that was typed, and can be sent again."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from explainer.accounts.responses import is_staff_address, page, refuse, wants_json

ENTRANCE = tuple(f"{settings.STAFF_PATH}{room}/" for room in ("account", "login", "logout"))
"""The pages of logging in and out, which strangers may send forms to."""
TEXT_FORMS = tuple(f"{settings.STAFF_PATH}desk/{form}/" for form in ("edit", "new", "start"))
ENDED = "You are no longer logged in. Nothing has been saved yet."
OLD_FORM = "This form was too old, so it was stopped. Nothing has been saved yet."
FOREIGN = "This form did not come from a page of this site, so nothing was done."
TOO_LONG = "This form holds more than the site takes, so nothing was done. Go back and shorten it."
BUSY = "The site is busy or its database cannot be reached. Nothing has been saved yet."
GO_BACK = "Go back, load the page again and fill it in once more."
NO_LENGTH = (
    "This form came without its length, so nothing was done. Go back and copy what you typed. "
    "The proxy in front of the site has to send a Content-Length."
)


def recover_forms(get_response: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Answer forms that no view can take: too large, from a stranger, or the database is busy."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_staff_address(request):
            return get_response(request)
        if request.headers.get("Transfer-Encoding") and not request.META.get("CONTENT_LENGTH"):
            return refuse(request, 411, NO_LENGTH)
        if request.content_type == "application/x-www-form-urlencoded" and _is_too_long(request):
            return refuse(request, 413, TOO_LONG)
        may_come = request.user.is_authenticated or request.path_info.startswith(ENTRANCE)
        if not may_come and (request.method == "POST" or wants_json(request)):
            return recover(request, status=401, why=ENDED)
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_form = request.method == "POST" and is_staff_address(request)
        if not (is_form and isinstance(exception, OperationalError)):
            return None
        response = recover(request, status=503, why=BUSY)
        response["Retry-After"] = "5"
        return response

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    return recover(request, status=403, why=OLD_FORM)


def recover(request: HttpRequest, *, status: int, why: str, first: str = "") -> HttpResponse:
    """Give a text form back so that it can be sent again; `first` is an address to go to before.

    A form from elsewhere gets 403 and none of its values: whoever made it would
    have us show, or send, words that nobody here typed.
    """
    if wants_json(request):
        return refuse(request, status, why)
    sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    if (sender.scheme, sender.netloc) != (request.scheme, request.get_host()):
        return refuse(request, 403, FOREIGN)
    if not is_text_form(request) or _is_too_long(request):
        return refuse(request, status, f"{why} {GO_BACK}")
    fields = [
        (name, name.rpartition("-")[2].replace("_", " "), value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    context = {
        "title": "Your text is still here",
        "why": why,
        "first": first,
        "fields": fields,
        "address": request.get_full_path(),
    }
    return page(request, "accounts/recovered_form.html", status, context)


def is_text_form(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path_info.startswith(TEXT_FORMS)


def _is_too_long(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE

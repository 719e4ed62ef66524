"""A form that comes in too late loses nothing: it is shown, kept, and can be sent again.

Works without a script. Shows what was posted only if our own page sent it, and
keeps neither passwords nor files (requirement D21).
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from explainer.accounts.responses import as_json, is_entrance, is_staff_address, page, wants_json

ENDED = "You are no longer logged in. Nothing has been saved yet, and nothing is lost."
OLD_FORM = (
    "This form is from before you logged in, so it was stopped. "
    "Nothing has been saved yet, and nothing is lost."
)
FOREIGN = "This form did not come from a page of this site, so nothing was done."
OLD_ENTRANCE = "This form was too old. Go back, load the page again and fill it in once more."
TOO_MUCH = "You are no longer logged in. Go back, log in, then send this file again."
TOO_LONG = "This form holds more than the site takes, so nothing was done. Go back and shorten it."
BUSY = (
    "The site is busy or its database cannot be reached, so nothing was done. "
    "What you typed is still here: try again in a moment."
)
FORM = "application/x-www-form-urlencoded"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a field's name


def too_long_is_said(answer: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Answer a form that is larger than the site reads with a page that says so.

    Our own pages stop such a form before it is sent (`static/js/editor/fitting.js`). Files have
    limits of their own.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_form = request.method == "POST" and request.content_type == FORM
        if not (is_form and is_staff_address(request) and _is_too_long(request)):
            return answer(request)
        if wants_json(request):
            return as_json(TOO_LONG, 413)
        return page(
            request, "accounts/refused.html", 413, {"title": "Not done", "message": TOO_LONG}
        )

    return middleware


def strangers_lose_nothing(answer: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Answer a stranger's form with all that was typed, and a stranger's script with JSON."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_staff_address(request) or is_entrance(request) or request.user.is_authenticated:
            return answer(request)
        if wants_json(request):
            return as_json(ENDED, 401)
        if request.method == "POST":
            return kept(request, status=401, why=ENDED)
        return answer(request)

    return middleware


def busy_loses_nothing(answer: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Answer a form that the database could not take with all that was typed (D20 and V4)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_form = request.method == "POST" and is_staff_address(request)
        if not (is_form and isinstance(exception, OperationalError)) or is_entrance(request):
            return None
        json = wants_json(request)
        busy = as_json(BUSY, 503) if json else kept(request, status=503, why=BUSY)
        busy["Retry-After"] = "5"
        return busy

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old; Django calls it."""
    del reason
    # For the audit log: whoever sent it may have the right to.
    request.META["CSRF_WAS_REFUSED"] = True
    if wants_json(request):
        return as_json(OLD_FORM, 403)
    if is_entrance(request):
        context = {"title": "Please try again", "message": OLD_ENTRANCE}
        return page(request, "accounts/refused.html", 403, context)
    return kept(request, status=403, why=OLD_FORM)


def kept(request: HttpRequest, *, status: int, why: str, cure: str = "") -> HttpResponse:
    """Give back what was posted in a form that sends it again; `cure` is an address to go to first.

    A form from elsewhere gets 403 and none of its values: whoever made it would
    have us show, or send, words that nobody here typed.
    """
    if not _is_ours(request):
        refusal = {"title": "Not done", "message": FOREIGN}
        return page(request, "accounts/refused.html", 403, refusal)
    if _is_too_long(request):
        # Not read at all: a stranger's file would be stored before it is turned away.
        return page(
            request, "accounts/refused.html", 413, {"title": "Not done", "message": TOO_MUCH}
        )
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN and "password" not in name
    ]
    context: dict[str, Any] = {
        "title": "Your text is still here",
        "why": why,
        "cure": cure,
        "fields": fields,
        "typed": [(_label(name), value) for name, value in fields if len(value.split()) > 1],
        "files": [file.name for files in request.FILES.lists() for file in files[1]],
        "passwords": any("password" in name for name in request.POST),
        "address": request.get_full_path(),
    }
    return page(request, "accounts/kept.html", status, context)


def is_worth_keeping(request: HttpRequest) -> bool:
    """True if one of our forms brought words that somebody typed, and no file."""
    is_form = request.method == "POST" and request.content_type == FORM
    if not is_form or not _is_ours(request):
        return False
    return any(len(value.split()) > 1 for _, values in request.POST.lists() for value in values)


def _is_ours(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(sender)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def _is_too_long(request: HttpRequest) -> bool:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return told.isdecimal() and int(told) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _label(name: str) -> str:
    return name.rpartition("-")[2].replace("_", " ")

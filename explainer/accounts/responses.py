"""Pages and JSON for those who are turned away, in the admin's frame."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


def log_refusals(get_response: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Write a line for each 403 of a staff page; the formatter keeps method and route alone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == 403 and is_staff_address(request):
            logger.warning("Refused", extra={"request": request, "status_code": 403})
        return response

    return middleware


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("X-Background") == "1" or not request.accepts("text/html")


def is_staff_address(request: HttpRequest) -> bool:
    """True under the staff's path; elsewhere nobody may look at sessions at all."""
    return request.path_info.startswith(settings.STAFF_PATH)


def page(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    """Render a page of this room in the admin's frame, without the list of rooms beside it."""
    frame = {**admin.site.each_context(request), "is_nav_sidebar_enabled": False}
    return render(request, template, {**frame, **context}, status=status)


def refuse(
    request: HttpRequest, status: int, message: str, title: str = "Not done"
) -> HttpResponse:
    """Say why nothing was done: to a person as a page, to a script as a sentence it can show."""
    if wants_json(request):
        return JsonResponse({"message": message}, status=status)
    return page(request, "accounts/refused.html", status, {"title": title, "message": message})


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429, the same for names that exist and names that do not."""
    message = "Too many tries. Wait five minutes, then try again."
    response = refuse(request, 429, message, "Too many tries")
    response["Retry-After"] = "300"
    return response

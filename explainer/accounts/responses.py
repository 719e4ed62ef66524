"""Pages and JSON for those who are turned away, in the admin's frame."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

RETRY_AFTER = 300
TOO_MANY = "Too many tries. Wait five minutes, then try again."


def wants_json(request: HttpRequest) -> bool:
    """True if a script asks, not a person."""
    return request.headers.get("X-Background") == "1" or not request.accepts("text/html")


def is_staff_address(request: HttpRequest) -> bool:
    """True under the staff's path; elsewhere nobody may look at sessions at all."""
    return request.path_info.startswith(settings.STAFF_PATH)


def is_entrance(request: HttpRequest) -> bool:
    """True for the pages of logging in and out, which strangers may send forms to."""
    inside = request.path_info.removeprefix(settings.STAFF_PATH)
    return is_staff_address(request) and inside.startswith(("account/", "login/", "logout/"))


def page(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    """Render a page of this room in the admin's frame, without the list of rooms beside it."""
    frame = {**admin.site.each_context(request), "is_nav_sidebar_enabled": False}
    return render(request, template, {**frame, **context}, status=status)


def as_json(message: str, status: int) -> JsonResponse:
    """Answer a script with one sentence it can show."""
    return JsonResponse({"message": message}, status=status)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429, the same for names that exist and names that do not (requirement A5)."""
    del exception
    if wants_json(request):
        answer: HttpResponse = as_json(TOO_MANY, 429)
    else:
        answer = page(
            request, "accounts/refused.html", 429, {"title": "Too many tries", "message": TOO_MANY}
        )
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer

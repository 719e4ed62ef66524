"""What every request and answer goes through, besides Django's own middleware."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

Answer = Callable[[HttpRequest], HttpResponseBase]

NOT_NEEDED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOT_NEEDED),
    "Cross-Origin-Resource-Policy": "same-origin",
}
READING = ("GET", "HEAD")


def trusted_proxies(answer: Answer) -> Answer:
    """Believe X-Forwarded-Proto only from the peers in TRUSTED_PROXIES.

    Anybody else could claim https and escape the redirect to it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.META.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return answer(request)

    return middleware


def response_headers(answer: Answer) -> Answer:
    """Add the headers that no library adds: a reading site needs no device and no embedding."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return middleware


def pure_reading(answer: Answer) -> Answer:
    """Let readers only read, as nobody in particular.

    Outside the staff's addresses only GET and HEAD are answered (anything else
    is 405), and the request's cookies are dropped before any view or
    middleware can look: so no session begins, no answer varies by cookie, and
    the page is the same for a reader, a forger and a logged-in editor.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.STAFF_PATH):
            return answer(request)
        if request.method not in READING:
            return HttpResponseNotAllowed(READING)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        return answer(request)

    return middleware

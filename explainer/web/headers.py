"""The security headers of every answer, in Django's middleware and before it."""

from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

POLICY = "Content-Security-Policy"
OWN = {
    # A reading site needs no device.
    "Permissions-Policy": "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Those that no library adds."""


def complete(response: HttpResponseBase) -> None:
    """Add what no library adds, and put the policy in one order.

    Django-csp takes its directives out of a set, so in another order at each start.
    """
    for name, value in OWN.items():
        response.setdefault(name, value)
    if policy := response.get(POLICY):
        response[POLICY] = "; ".join(sorted(policy.split("; ")))


def of_every_answer() -> list[tuple[str, str]]:
    """Give the headers that Django's middleware adds to an answer, without starting Django.

    Over https, if that is what the site is asked by.
    """
    request = HttpRequest()
    request.path = request.path_info = "/healthz"  # nobody is sent elsewhere from there
    request.META[settings.SECURE_PROXY_SSL_HEADER[0]] = settings.SECURE_PROXY_SSL_HEADER[1]
    answer: Any = _empty
    for middleware in (SecurityMiddleware, XFrameOptionsMiddleware, CSPMiddleware):
        answer = middleware(answer)
    response = answer(request)
    complete(response)
    return [*response.items()]


def _empty(request: HttpRequest) -> HttpResponse:
    response = HttpResponse()
    del response["Content-Type"]
    return response

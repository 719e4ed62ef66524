"""Answers that no page of the site makes: refusals, faults, files in whole or in part, health.

Refusals and faults do without database, session and context processors: these may be what is away.
"""

import logging
import re
import sys
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.template import loader
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from explainer.web import health
from explainer.web.page_cache.declare import cached_page

log = logging.getLogger(__name__)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("X-Background") == "1" or not request.accepts("text/html")


def refused(
    request: HttpRequest, status: int, message: str, headers: dict[str, str] | None = None
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"message": message}, status=status, headers=headers)
    return plain_page("refused.html", status, message=message, headers=headers)


def plain_page(
    template: str, status: int, *, headers: dict[str, str] | None = None, **context: str
) -> HttpResponse:
    text = loader.get_template(template).render({"site_name": settings.SITE_NAME, **context})
    return HttpResponse(text, status=status, headers=headers)


AWAY = {"Retry-After": "5", "Cache-Control": "no-store"}
"""Headers of an answer while the database cannot be reached."""


def is_database_away() -> bool:
    """True if the exception that is handled just now says so."""
    return isinstance(sys.exc_info()[1], OperationalError | InterfaceError)


def server_error(request: HttpRequest) -> HttpResponse:
    # Django calls this while it handles the exception.
    if is_database_away():
        return plain_page("503.html", 503, headers=AWAY)
    return plain_page("500.html", 500)


INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def inert(
    request: HttpRequest, path: Path, *, media_type: str, digest: str, keep: str
) -> HttpResponseBase:
    """Answer with a file somebody sent in: shown, never obeyed.

    `digest` is its hash, `keep` says who may keep a copy how long.
    """
    headers = {**INERT, "Cache-Control": keep, "ETag": f'"{digest}"'}
    asked = HttpResponse(headers=headers)
    short = get_conditional_response(request, etag=headers["ETag"], response=asked)
    if short is not None and short is not asked:
        for name, value in INERT.items():
            short[name] = value
        return short
    try:
        data = path.read_bytes()
    except FileNotFoundError as gone:
        raise Http404(f"The file '{path.name}' is missing on the server.") from gone
    return HttpResponse(data, content_type=media_type, headers=headers)


_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))", re.IGNORECASE)


def part_of(response: FileResponse, asked: str, version: str | None) -> FileResponse:
    """Cut the one range of bytes that was asked for out of a file's answer, or make it 416.

    What is no single range, or is asked of another `version`, leaves the whole.
    """
    size = int(response["Content-Length"])
    part = _bytes(asked, size)
    if part is None or version not in (None, response["ETag"], response["Last-Modified"]):
        return response
    if part:
        response.status_code = 206
        response.streaming_content = [response.getvalue()[part.start : part.stop]]
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    else:
        response.status_code = 416
        response.streaming_content = []
        # A refusal must not be kept for ever, as the file may.
        for name in tuple(response.headers):
            del response[name]
        response["Content-Range"] = f"bytes */{size}"
    response["Content-Length"] = str(len(part))
    return response


def _bytes(asked: str, size: int) -> range | None:
    """Give the bytes that a Range header means, none if there are none there (RFC 9110, 14.1.2).

    None stands for a header to be ignored; of an empty file there is nothing but the whole.
    """
    found = _RANGE.fullmatch(asked.strip())
    if not (found and size):
        return None
    first, last, suffix = found.groups()
    if suffix:
        return range(max(size - int(suffix), 0), size)
    start = int(first)
    end = int(last) if last else max(start, size)
    return None if end < start else range(start, min(end + 1, size))


FORWARDED = ("HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
"""What a proxy adds; the address that it adds has become the client's own by then."""
FAVICON = settings.BASE_DIR / "static" / "icons" / "favicon.ico"


@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """Answer with the icon at the address where browsers look for it unasked."""
    headers = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse(FAVICON.read_bytes(), content_type="image/x-icon", headers=headers)


@cached_page()
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a hole (RFC 9116); without a contact there is no such page."""
    until = settings.SECURITY_CONTACT_UNTIL
    if not (settings.SECURITY_CONTACT and until):
        raise Http404("SECURITY_CONTACT is not set.")
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{request.path_info}",
    )
    return HttpResponse(
        "".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8"
    )


def _word(word: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{word}\n", content_type="text/plain; charset=utf-8", status=status)


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return _word("alive")


_told: list[str] = []
"""The faults that the log has, so that whoever asks every second does not fill it."""


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if all of the site works, else 503; say why only on this machine itself.

    It can know nobody, as readers' cookies are dropped. Staff see the same on the desk, but not
    while the database is away: then who has the machine asks here, or reads the log.
    """
    findings = health.look()
    faults = health.faults(findings)
    if faults != _told:
        _told[:] = faults
        log.error("Not ready: %s", " ".join(faults)) if faults else log.warning("Ready again")
    word = "not ready" if faults else "ready"
    if _is_local(request):
        word = "\n".join([word, *(finding.words for finding in findings)])
    return _word(word, 503 if faults else 200)


def _is_local(request: HttpRequest) -> bool:
    """True if it was asked on this machine and came by no proxy, which speaks for others."""
    is_forwarded = not request.META.keys().isdisjoint(FORWARDED)
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not is_forwarded

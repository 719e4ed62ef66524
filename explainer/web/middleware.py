"""What every request and answer goes through, besides Django's own middleware."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from threading import BoundedSemaphore

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.middleware.common import CommonMiddleware
from django.urls import set_urlconf

from explainer.web import headers
from explainer.web.page_cache.declare import CacheableRedirect
from explainer.web.responses import part_of, refused

Answer = Callable[[HttpRequest], HttpResponseBase]


def wrapping(wrap: Callable[[HttpRequest, Answer], HttpResponseBase]) -> Callable[[Answer], Answer]:
    """Make Django's middleware of a function that gets the request and what answers it."""
    return wraps(wrap)(lambda answer: lambda request: wrap(request, answer))


HEALTH = ("/healthz", "/readyz")
NOT_TAKEN = "This address exists for something else. Nothing was done."
NO_ROOM = (
    "Nothing was read or saved: too many forms come in at this moment. Go back, what you typed is "
    "still there, and send it again in a few seconds."
)
NO_LENGTH = (
    "Nothing was read or saved, because what was sent came without its length. Go back: what you "
    "typed is still in the form. Whoever runs the site has to let the proxy in front of it send "
    "Content-Length instead of Transfer-Encoding: chunked."
)


@wrapping
def trusted_proxies(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Believe what a peer says of the client only if TRUSTED_PROXIES names the peer.

    Anybody else could claim https and escape the redirect to it, or claim another address with
    every guess at a password. From here on REMOTE_ADDR is the client's own address.
    """
    forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
    if request.META.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
        request.META.pop("HTTP_X_FORWARDED_PROTO", None)
    else:
        request.META["REMOTE_ADDR"] = _client(request.META["REMOTE_ADDR"], forwarded)
    return answer(request)


def _client(peer: str, forwarded: str) -> str:
    """Give the right-most address that is no proxy of ours: all before it is the client's word."""
    for claimed in reversed(forwarded.split(",")):
        if not _is_address(claimed.strip()):
            break
        peer = claimed.strip()
        if peer not in settings.TRUSTED_PROXIES:
            break
    return peer


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


class SlashMiddleware(CommonMiddleware):
    """Django's own, whose way to the last slash is the same for everybody."""

    response_redirect_class = CacheableRedirect


@wrapping
def response_headers(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Complete the security headers of every answer, errors and redirects too."""
    response = answer(request)
    headers.complete(response)
    return response


@wrapping
def staff_only_here(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Keep staff pages out of every store and index, and from networks STAFF_NETWORKS leaves out.

    To a stranger's network the staff's addresses do not exist.
    """
    if not _is_staffs(request):
        return answer(request)
    if not _may_come_from(request.META.get("REMOTE_ADDR", "")):
        raise Http404
    # PostgreSQL refuses a NUL, so the stock lists would answer 500; U+001A stands in for it.
    request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "%1A")
    response = answer(request)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _is_staffs(request: HttpRequest) -> bool:
    # Without its last slash the address would be redirected, and so be known to exist.
    return f"{request.path_info}/".startswith(settings.STAFF_PATH)


@wrapping
def readers_urlconf(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Look readers' addresses up in a table of their own, which loads no code of the staff's."""
    if not _is_staffs(request):
        request.urlconf = settings.READERS_URLCONF  # type: ignore[attr-defined]
        # Middleware looks addresses up too, before Django comes to what the request says.
        set_urlconf(settings.READERS_URLCONF)
    return answer(request)


def _may_come_from(address: str) -> bool:
    networks = settings.STAFF_NETWORKS
    return not networks or (
        _is_address(address) and any(ip_address(address) in network for network in networks)
    )


@wrapping
def asked_by_any_name(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Let machines ask by a private address, or over HTTP/1.0 by none.

    A load balancer cannot be told a name everywhere; neither answer depends on it.
    """
    if request.path_info in HEALTH:
        request.META["HTTP_HOST"] = "localhost"
    return answer(request)


@wrapping
def pure_reading(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Let readers only read, as nobody in particular; staff may send forms too, readers two.

    What a reader tells of their health or pastes is posted to one of READERS_MAY_POST, so that it
    is in no address.

    The readers' cookies are dropped before any view or middleware can look: so no session begins,
    and the page is the same for a reader, a forger and a logged-in editor.
    """
    is_staff = request.path_info.startswith(settings.STAFF_PATH)
    may_send = is_staff or request.path_info in settings.READERS_MAY_POST
    methods = ["GET", "HEAD", "POST"] if may_send else ["GET", "HEAD"]
    if not is_staff:
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
    response = answer(request) if request.method in methods else HttpResponseNotAllowed(methods)
    if response.status_code == 405 and not getattr(response, "content", b""):
        return refused(request, 405, NOT_TAKEN, headers={"Allow": response["Allow"]})
    return response


@wrapping
def length_required(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Answer 411 to a form without a length, which the server would hand on as an empty one."""
    if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        return refused(request, 411, NO_LENGTH)
    return answer(request)


ROOM_FOR_FORMS = BoundedSemaphore(max(settings.FORMS_AT_ONCE, 1))


@wrapping
def forms_have_room(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Take in only some forms at once, so that there are always threads left for readers.

    Whoever sends a form byte by byte holds the thread that waits for it, for as long as they like.
    """
    if request.method != "POST":
        return answer(request)
    if not ROOM_FOR_FORMS.acquire(blocking=False):
        return refused(request, 429, NO_ROOM, headers={"Retry-After": "5"})
    try:
        return answer(request)
    finally:
        ROOM_FOR_FORMS.release()


@wrapping
def in_parts(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Answer with the part of a static file that was asked for.

    WhiteNoise refuses one byte, and takes a range of an older file for one of this.
    """
    asked = request.META.pop("HTTP_RANGE", "")
    response = answer(request)
    is_asked = asked and request.method == "GET" and response.status_code == 200
    if is_asked and isinstance(response, FileResponse):
        return part_of(response, asked, request.META.get("HTTP_IF_RANGE"))
    return response

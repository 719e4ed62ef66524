"""What every request and answer goes through, besides Django's own middleware."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from explainer.web.refusals import refused

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
READING: tuple[str, ...] = ("GET", "HEAD")
WRITING = (*READING, "POST")
NOT_TAKEN = "This address exists for something else. Nothing was done."
NO_LENGTH = (
    "Nothing was read or saved, because what was sent came without its length. Go back: what you "
    "typed is still in the form. Whoever runs the site has to let the proxy in front of it send "
    "Content-Length instead of Transfer-Encoding: chunked."
)


def trusted_proxies(answer: Answer) -> Answer:
    """Believe what a peer says of the client only if TRUSTED_PROXIES names the peer.

    Anybody else could claim https and escape the redirect to it, or claim
    another address with every guess at a password.
    From here on REMOTE_ADDR is the client's own address.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        if request.META.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        else:
            request.META["REMOTE_ADDR"] = _client(request.META["REMOTE_ADDR"], forwarded)
        return answer(request)

    return middleware


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


def response_headers(answer: Answer) -> Answer:
    """Add the headers that no library adds: a reading site needs no device and no embedding."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return middleware


def staff_only_here(answer: Answer) -> Answer:
    """Keep staff pages out of every store and index, and from networks STAFF_NETWORKS leaves out.

    To a stranger's network the staff's addresses do not exist; health checks and
    readers' pages are not concerned.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # Without its last slash the address would be redirected, and so be known to exist.
        if not f"{request.path_info}/".startswith(settings.STAFF_PATH):
            return answer(request)
        if not _may_come_from(request.META.get("REMOTE_ADDR", "")):
            raise Http404
        # PostgreSQL refuses a NUL, so the stock lists would answer 500; U+001A stands in for it.
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "%1A")
        response = answer(request)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return middleware


def _may_come_from(address: str) -> bool:
    allowed = settings.STAFF_NETWORKS
    if not allowed:
        return True
    return _is_address(address) and any(ip_address(address) in network for network in allowed)


def pure_reading(answer: Answer) -> Answer:
    """Let readers only read, as nobody in particular.

    Outside the staff's addresses only GET and HEAD are answered, and the request's cookies are
    dropped before any view or middleware can look: so no session begins, no answer varies by
    cookie, and the page is the same for a reader, a forger and a logged-in editor. Staff may
    send forms too. Any other method is answered 405 by a page of ours, and so is a method that
    a single address does not take.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_staff = request.path_info.startswith(settings.STAFF_PATH)
        methods = WRITING if is_staff else READING
        if not is_staff:
            request.META.pop("HTTP_COOKIE", None)
            request.COOKIES = {}
        # WhiteNoise refuses a range of one byte. Nothing here is long enough to send in parts.
        request.META.pop("HTTP_RANGE", None)
        response = answer(request) if request.method in methods else HttpResponseNotAllowed(methods)
        if response.status_code == 405 and not getattr(response, "content", b""):
            return refused(request, 405, NOT_TAKEN, headers={"Allow": response["Allow"]})
        return response

    return middleware


def length_required(answer: Answer) -> Answer:
    """Answer 411 to a form without a length, which the server would hand on as an empty one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return refused(request, 411, NO_LENGTH)
        return answer(request)

    return middleware

"""An answer that is a file somebody sent in: shown, never obeyed."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def inert(
    request: HttpRequest, path: Path, *, media_type: str, digest: str, keep: str
) -> HttpResponseBase:
    """Answer with a file; `digest` is its hash, `keep` says who may keep a copy how long."""
    headers = {**HEADERS, "Cache-Control": keep, "ETag": f'"{digest}"'}
    asked = HttpResponse(headers=headers)
    short = get_conditional_response(request, etag=headers["ETag"], response=asked)
    if short is not None and short is not asked:
        for name, value in HEADERS.items():
            short[name] = value
        return short
    try:
        data = path.read_bytes()
    except FileNotFoundError as gone:
        raise Http404(f"The file '{path.name}' is missing on the server.") from gone
    return HttpResponse(data, content_type=media_type, headers=headers)

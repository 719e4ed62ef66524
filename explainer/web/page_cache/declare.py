"""How a view says that its answer is the same for every reader, so that it may be kept.

What says nothing is never kept. Nothing here knows what a page is about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.utils import timezone

KEPT = (200, 410)
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Until when an answer holds, and which parameters of its address would make it another one.

    Only the answer to an address without any of `params` is kept; other parameters change nothing.
    """

    until: datetime
    params: frozenset[str] = frozenset()


def next_midnight() -> datetime:
    """Give the end of the site's day: a page tells what is due, and with it changes by the day."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def cacheable(response: HttpResponseBase, *params: str) -> HttpResponseBase:
    """Declare one answer until midnight, or as long as `holds_for` said.

    Raises TypeError for an answer that sets a cookie: it is somebody's.
    """
    if response.cookies:
        raise TypeError(f"An answer that sets {', '.join(response.cookies)} cannot be kept.")
    midnight = next_midnight()
    until = min(getattr(response, "page_cache_until", midnight), midnight)
    response.page_cache = Declaration(until, frozenset(params))  # type: ignore[attr-defined]
    return response


def holds_for(response: HttpResponseBase, seconds: int) -> None:
    """Say that an answer, if it is kept, is made again soon: a part of it is on its way."""
    response.page_cache_until = timezone.now() + timedelta(seconds=seconds)  # type: ignore[attr-defined]


def cached_page(*params: str) -> Callable[[View], View]:
    """Declare every answer of a view with status 200 or 410; `params` are those it reads.

    It has to be the outermost decorator. A view that another one calls declares nothing: what that
    one makes of the answer is its own. Raises TypeError if the view looked at a session, which
    makes its answer somebody's.
    """

    def declared(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            match = request.resolver_match
            if match is None or match.func is not answer:
                return response
            session = getattr(request, "session", None)
            if session is not None and session.accessed:
                raise TypeError(f"{request.path_info} looked at a session and cannot be kept.")
            return cacheable(response, *params) if response.status_code in KEPT else response

        answer.is_declared = True  # type: ignore[attr-defined]
        return answer

    return declared


class CacheableRedirect(HttpResponsePermanentRedirect):
    """The way to an address with its last slash, which is the same for everybody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cacheable(self)

"""Who tried what they may not: refusals of the staff's pages go to the audit log.

Looks at answers alone; who may do what is decided elsewhere (requirement A17).
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.crypto import salted_hmac

from explainer.accounts.responses import is_staff_address
from explainer.library import audit
from explainer.staff.ratelimit import Pace

TELL_ONCE_IN = 5 * 60
"""Seconds in which the same refusal is told of once, or a page that asks by itself would flood
the log, which nobody can shorten again."""

PACE = Pace(most=30, seconds=TELL_ONCE_IN)
"""How many refusals of one person are told of, whatever they try."""

LONGEST = 200

logger = logging.getLogger(__name__)


def refusals_are_told(answer: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Tell of each 403 that somebody who is logged in got.

    Once for a person, method, page and subject, and of so many in five minutes.

    Stands outside of whatever refuses, and in no transaction of theirs: what is
    refused is rolled back, that it was tried stays.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        who = request.user if is_staff_address(request) else None
        response = answer(request)
        was_refused = response.status_code == HTTPStatus.FORBIDDEN
        if was_refused and isinstance(who, User):
            try:
                _tell(request, who)
            except DatabaseError:
                # The refusal stands; a database too busy to tell of it must not turn it into a 500.
                logger.exception("A refusal could not be told of")
        return response

    return middleware


def _tell(request: HttpRequest, who: User) -> None:
    found, now = request.resolver_match or _found(request), timezone.now()
    page = found.url_name or "" if found else ""
    subject = str(found.kwargs.get("name", "")) if found else ""
    tried = f"{who.pk}\n{request.method}\n{found.route if found else ''}\n{subject}"
    key = f"entry:refused:{salted_hmac('entry.attempts', tried).hexdigest()}"
    if cache.get(key) or PACE.wait(f"refused:{who.pk}", now):
        return
    audit.record(
        by=who,
        action="sent an old form" if request.META.get("CSRF_WAS_REFUSED") else "was refused",
        subject=subject,
        at=now,
        after={"page": page},
        comment=f"{request.method} {quote(request.path_info)}"[:LONGEST],
    )
    # Only now: what could not be told of is told of the next time.
    cache.set(key, 1, TELL_ONCE_IN)


def _found(request: HttpRequest) -> ResolverMatch | None:
    # Whoever is refused before a page is looked for has no match yet.
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None

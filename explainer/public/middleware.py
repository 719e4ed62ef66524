"""Every answer to a reader is made from one moment of the database: the old page or the new one.

A page takes several queries. What is published between two of them would mix the words of one
version of the site with the labels of the next.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from explainer.library import edition
from explainer.web.page_cache import revalidation
from explainer.web.page_cache.page import KEPT_READING

GetResponse = Callable[[HttpRequest], HttpResponseBase]

TIMELESS = frozenset(
    {"healthz", "readyz", "favicon", "robots", "schema", "image", "card", "manifest"}
)
"""Names of addresses that ask no database, or for one row that never changes."""

# Not `atomic`: on SQLite that takes the one lock writers need (`transaction_mode`). A plain BEGIN
# reads the write-ahead log as it stood and stops nobody, and `query_only` refuses a write that
# the ROLLBACK would lose without a word.
BEGIN = {
    "sqlite": ("BEGIN", "PRAGMA query_only = ON"),
    "postgresql": ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",),
}
END = {"sqlite": ("ROLLBACK", "PRAGMA query_only = OFF"), "postgresql": ("ROLLBACK",)}


def one_snapshot(get_response: GetResponse) -> GetResponse:
    """Run each reader's request, outside the staff's pages and `TIMELESS`, in one read snapshot.

    It has to be the innermost middleware: there pages are written out and errors have their page.
    Raises TypeError for an answer that streams, because its words would be read later.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _is_timeless(request.path_info):
            return get_response(request)
        # Within a transaction (a test's, in practice) there is one snapshot already.
        with nullcontext() if connection.in_atomic_block else _moment():
            response = _read_anew_or_not(request, get_response)
        if response.streaming:
            raise TypeError(f"{request.path_info} streams, so its words come from two moments.")
        return response

    return middleware


@contextmanager
def _moment() -> Iterator[None]:
    with _snapshot(), edition.of_this_moment():
        yield


def _read_anew_or_not(request: HttpRequest, get_response: GetResponse) -> HttpResponseBase:
    """Make an answer and note what it read; or say that a kept one would be made as it was."""
    kept = request.META.get(KEPT_READING)
    if kept and revalidation.is_unchanged(kept):
        return revalidation.Unchanged()
    with revalidation.recorded() as reading:
        response = get_response(request)
    if kept is not None and hasattr(response, "page_cache"):
        response.page_reading = reading.written()  # type: ignore[attr-defined]
    return response


@contextmanager
def _snapshot() -> Iterator[None]:
    try:
        _execute(BEGIN)
        yield
    finally:
        try:
            _execute(END)
        except DatabaseError:
            # Whatever broke it, the next request begins with a connection of its own.
            connection.close()


def _execute(statements: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def _is_timeless(path: str) -> bool:
    if path.startswith(settings.STAFF_PATH):
        return True
    try:
        return resolve(path).url_name in TIMELESS
    except Resolver404:
        return True

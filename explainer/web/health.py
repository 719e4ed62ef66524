"""Two addresses for machines: is the process alive, and can it serve pages."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from explainer.web.middleware import Answer, wrapping

PATHS = ("/healthz", "/readyz")


@wrapping
def asked_by_any_name(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Let machines ask by a private address, or over HTTP/1.0 by none.

    A load balancer cannot be told a name everywhere; neither answer depends on it.
    """
    if request.path_info in PATHS:
        request.META["HTTP_HOST"] = "localhost"
    return answer(request)


def _word(word: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{word}\n", content_type="text/plain; charset=utf-8", status=status)


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return _word("alive")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database answers and has every migration, else 503 and what is missing."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _word("database", 503)
    return _word("migrations", 503) if missing else _word("ready")

"""A page cache over the real application, whose edition is what the test's own database says."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from django.core.wsgi import get_wsgi_application
from django.db.backends.base.base import BaseDatabaseWrapper

from explainer.library.models import Document, SiteVersion
from explainer.web.page_cache.middleware import PageCache
from explainer.web.page_cache.site import places
from explainer.web.page_cache.store import Store

HOSTS = ("testserver", "127.0.0.1")


def edition() -> str:
    row = SiteVersion.objects.current()
    return f"{row.number} {row.changed_at}"


def was_public(key: str) -> bool:
    return Document.objects.filter(key=key, first_published_at__isnull=False).exists()


@contextmanager
def connections_stay() -> Iterator[None]:
    """Let no request close the connection that a test is in the transaction of."""
    with patch.object(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda self: None):
        yield


def cache_in(folder) -> tuple[PageCache, list[str]]:
    """Give a cache whose file lies in a folder, and the addresses that Django is asked for."""
    store = Store(folder / "pages.sqlite3", "build", SimpleNamespace(current=edition))
    made: list[str] = []
    django = get_wsgi_application()

    def counted(environ, start_response):
        made.append(environ["PATH_INFO"])
        return django(environ, start_response)

    apart = ("/admin/", "/static/")
    place_of = places(store, lambda: counted, was_public)
    return PageCache(store, lambda: counted, apart=apart, hosts=HOSTS, place_of=place_of), made

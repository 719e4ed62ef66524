"""A page cache over the real application, whose edition is what the test's own database says."""

from types import SimpleNamespace

from django.core.wsgi import get_wsgi_application

from explainer.library.models import SiteVersion
from explainer.web.page_cache.middleware import PageCache
from explainer.web.page_cache.store import Store

HOSTS = ("testserver", "127.0.0.1")


def edition() -> str:
    row = SiteVersion.objects.current()
    return f"{row.number} {row.changed_at}"


def cache_in(folder) -> tuple[PageCache, list[str]]:
    """Give a cache whose file lies in a folder, and the addresses that Django is asked for."""
    store = Store(folder / "pages.sqlite3", "build", SimpleNamespace(current=edition))
    made: list[str] = []
    django = get_wsgi_application()

    def counted(environ, start_response):
        made.append(environ["PATH_INFO"])
        return django(environ, start_response)

    return PageCache(store, lambda: counted, apart=("/admin/", "/static/"), hosts=HOSTS), made

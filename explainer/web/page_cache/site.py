"""The page cache of this site: which settings and files make its pages, where they are kept.

It reads the settings and does not start Django.
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from django.conf import settings

from explainer.web.page_cache.build import build_of
from explainer.web.page_cache.editions import PostgreSQLEdition, SQLiteEdition
from explainer.web.page_cache.files import static_files
from explainer.web.page_cache.middleware import Application, PageCache
from explainer.web.page_cache.routes import Routes, written
from explainer.web.page_cache.store import Store

SHOWN = (
    "SITE_URL", "SITE_NAME", "STAFF_PATH", "DEBUG", "SITE_IS_PUBLIC", "SECURE_HSTS_PRELOAD",
    "SECURITY_CONTACT", "SECURITY_CONTACT_UNTIL",
)  # fmt: skip
"""Settings from the environment that an answer may show in its words or headers."""


Rows = SQLiteEdition | PostgreSQLEdition


def page_cache(django: Callable[[], Application]) -> PageCache:
    """Give the cache of this build of the site, before whatever `django` starts."""
    rows = database()
    store = _store(rows)
    files = static_files(settings.STATIC_ROOT, settings.STATIC_URL, django)
    return PageCache(
        store,
        django,
        # Whether the staff's address exists may depend on who asks, with its last slash or without.
        apart=(settings.STAFF_PATH.rstrip("/"), *settings.PAGE_CACHE_FILES),
        files={settings.STATIC_URL: files},
        hosts=settings.ALLOWED_HOSTS,
        place_of=places(store, django, partial(_was_public, rows)),
        https_only=settings.SECURE_SSL_REDIRECT,
        proxies=settings.TRUSTED_PROXIES,
    )


def places(
    store: Store, django: Callable[[], Application], was_public: Callable[[str], bool | None]
) -> Callable[[str], tuple[str, str]]:
    """Give what tells whose answer an address has; Django writes its table down once a build.

    `was_public` tells whether a document of some key ever was; None if nobody knows.
    """

    @cache
    def routes() -> Routes:
        table = store.routes()
        if table is None:
            django()
            from django.urls import get_resolver  # noqa: PLC0415

            table = written(get_resolver(settings.READERS_URLCONF).url_patterns)
            store.keep_routes(table)
        return Routes(table, was_public)

    return lambda address: routes().place_of(address)


def _was_public(rows: Rows, key: str) -> bool | None:
    found = rows.ask(settings.PAGE_CACHE_KNOWN, key)
    return None if found is None else found != "0"


def _store(rows: Rows) -> Store:
    folders = {
        "code": settings.BASE_DIR / "explainer",
        "templates": settings.BASE_DIR / "templates",
        "libraries": settings.BASE_DIR / "requirements.lock",
        "static": settings.STATIC_ROOT / "staticfiles.json",
    }
    build = build_of(folders, {name: getattr(settings, name) for name in SHOWN})
    return Store(settings.VAR_DIR / "pages.sqlite3", build, rows)


def database() -> Rows:
    """Give who asks the database before Django is there."""
    database, sql = settings.DATABASES["default"], settings.PAGE_CACHE_EDITION
    if database["ENGINE"].endswith("sqlite3"):
        return SQLiteEdition(Path(database["NAME"]), sql)
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    params = {name: database[key] for name, key in (*named.items(), ("port", "PORT"))}
    return PostgreSQLEdition({name: value for name, value in params.items() if value}, sql)

"""The page cache of this site: which settings and files make its pages, where they are kept.

It reads the settings and does not start Django.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from explainer.web.page_cache.build import build_of
from explainer.web.page_cache.editions import PostgreSQLEdition, SQLiteEdition
from explainer.web.page_cache.files import static_files
from explainer.web.page_cache.middleware import Application, PageCache
from explainer.web.page_cache.store import Edition, Store

SHOWN = (
    "SITE_URL", "SITE_NAME", "STAFF_PATH", "DEBUG", "SITE_IS_PUBLIC", "SECURE_HSTS_PRELOAD",
    "SECURITY_CONTACT", "SECURITY_CONTACT_UNTIL",
)  # fmt: skip
"""Settings from the environment that an answer may show in its words or headers."""


def page_cache(django: Callable[[], Application]) -> PageCache:
    """Give the cache of this build of the site, before whatever `django` starts."""
    files = static_files(settings.STATIC_ROOT, settings.STATIC_URL, django)
    return PageCache(
        _store(),
        django,
        # Whether the staff's address exists may depend on who asks, with its last slash or without.
        apart=(settings.STAFF_PATH.rstrip("/"), *settings.PAGE_CACHE_FILES),
        files={settings.STATIC_URL: files},
        hosts=settings.ALLOWED_HOSTS,
        leads=leads_somewhere,
        https_only=settings.SECURE_SSL_REDIRECT,
        proxies=settings.TRUSTED_PROXIES,
    )


@lru_cache(maxsize=4096)
def leads_somewhere(address: str) -> bool:
    """True if a view answers an address, with a last slash or without; Django has to be started."""
    from django.urls import is_valid_path  # noqa: PLC0415

    return any(is_valid_path(asked) for asked in (address, f"{address}/"))


def _store() -> Store:
    folders = {
        "code": settings.BASE_DIR / "explainer",
        "templates": settings.BASE_DIR / "templates",
        "libraries": settings.BASE_DIR / "requirements.lock",
        "static": settings.STATIC_ROOT / "staticfiles.json",
    }
    build = build_of(folders, {name: getattr(settings, name) for name in SHOWN})
    return Store(settings.VAR_DIR / "pages.sqlite3", build, _edition())


def _edition() -> Edition:
    database, sql = settings.DATABASES["default"], settings.PAGE_CACHE_EDITION
    if database["ENGINE"].endswith("sqlite3"):
        return SQLiteEdition(Path(database["NAME"]), sql)
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    params = {name: database[key] for name, key in (*named.items(), ("port", "PORT"))}
    return PostgreSQLEdition({name: value for name, value in params.items() if value}, sql)

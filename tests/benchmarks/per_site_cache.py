"""The site's settings with Django's own per-site cache, in memory, in place of the page cache."""

from explainer.settings import *  # noqa: F403
from explainer.settings import CACHES, MIDDLEWARE

CACHES["pages"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHE_MIDDLEWARE_ALIAS = "pages"
MIDDLEWARE[:] = [
    "django.middleware.cache.UpdateCacheMiddleware",
    *MIDDLEWARE,
    "django.middleware.cache.FetchFromCacheMiddleware",
]

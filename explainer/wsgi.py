"""The application as a WSGI callable; any WSGI server can run it.

Readers' pages are answered from the page cache. Django is started when something else is asked, or
by the clock: one process of all does what is due, and is ready for staff.
"""

import ctypes
import os
import time
from contextlib import suppress
from functools import cache, partial
from threading import Lock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")

from django.conf import settings

from explainer.web.page_cache.middleware import Application
from explainer.web.page_cache.site import page_cache
from explainer.web.page_cache.warming import begin_warming, build_pages
from explainer.web.scheduler import as_the_only_one

AFTER = 1.0
"""Seconds after which Django is started where nobody needs it yet."""

_starting = Lock()


@cache
def django() -> Application:
    """Start Django, once in a process: that takes more memory and time than all the rest."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    # A database that is gone is no reason to begin an empty one.
    settings.DATABASES["default"]["MUST_EXIST"] = True
    application = get_wsgi_application()
    # Models can be imported only now. The first reader who searches need not wait for the index.
    from explainer.search import index  # noqa: PLC0415

    def warm() -> None:
        index.shelf.warm()
        give_back()

    index.in_background(warm)
    return application


def give_back() -> None:
    """Give the memory back that making the index took; C libraries but glibc do so unasked."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def started() -> Application:
    with _starting:
        return django()


def begin() -> None:
    """What one process of all does when it begins."""
    # Whoever waited for the server to be back asks now, and gets what is kept.
    time.sleep(AFTER)
    started()
    application.store.forget_other_builds()
    make = partial(
        build_pages, settings.BASE_DIR / "manage.py", settings.VAR_DIR / "build_pages.log"
    )
    begin_warming(application.store.edition, make)


application = page_cache(started)
if settings.PUBLISH_EVERY:
    as_the_only_one(settings.VAR_DIR / "clock.lock", begin, settings.PUBLISH_EVERY)

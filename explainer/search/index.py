"""The one index of a process: made in the background when the site's version has risen.

Meanwhile the old one answers. Nothing depends on it: lost or broken, it is made anew.
"""

import logging
from collections.abc import Callable
from threading import Lock, Thread

from django.conf import settings
from django.db import DatabaseError, connections

from explainer.library.models import SiteVersion
from explainer.search.asked import Hit, Index
from explainer.search.making import discard, in_memory, make

__all__ = ["Hit", "Index", "Shelf", "in_background", "in_memory", "make", "shelf"]

LOG = logging.getLogger(__name__)
PATIENCE = 10.0
"""Seconds that somebody waits for the first index while another makes it; then it is away."""


def in_background(run: Callable[[], None]) -> None:
    """Run something in a thread that gives its connections back."""

    def apart() -> None:
        try:
            run()
        finally:
            connections.close_all()

    Thread(target=apart, name="search_index", daemon=True).start()


class Shelf:
    """The one index of this process, for one version of the site, and what is known to fail."""

    def __init__(self) -> None:
        self._lock, self._making = Lock(), Lock()
        self.forget()

    def forget(self) -> None:
        self._index: Index | None = None
        self._version: object = None
        self._broke_at: object = None

    def warm(self) -> None:
        """Make the first index, if the database can be read already; else the first reader does."""
        try:
            self.current()
        except DatabaseError:
            LOG.warning("The search index waits for the database")

    def broke(self) -> None:
        """Have the index made anew: once a version, for a query may break the next one too."""
        if self._broke_at != self._version:
            self._broke_at, self._version = self._version, None
            discard()

    def current(self) -> Index | None:
        """Give the index of now, or of a moment ago while a new one is made; None if none can be.

        The first caller makes the first one, and others wait for it for a while.
        """
        version = _version()
        if version != self._version:
            if self._version is None:
                if self._lock.acquire(timeout=PATIENCE):
                    try:
                        self._renew(version)
                    finally:
                        self._lock.release()
            else:
                in_background(lambda: self._renew_apart(version))
        return self._index

    def _renew(self, version: object) -> None:
        if version == self._version:
            return
        try:
            self._index = make()
        except Exception:
            # Nothing depends on the search: pages say that it is away. Tried again at the next
            # version, for what failed now would fail at each request.
            LOG.exception("The search index could not be made")
        self._version = version

    def _renew_apart(self, version: object) -> None:
        if not self._making.acquire(blocking=False):
            return
        try:
            self._renew(version)
        finally:
            self._making.release()


def _version() -> tuple[object, ...]:
    row = SiteVersion.objects.values_list("number", "changed_at").get(pk=SiteVersion.ONLY)
    return (*row, str(settings.CONTENT_DIR))


shelf = Shelf()

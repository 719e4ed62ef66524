"""What stays the same until something is published is read once for each edition, in a process.

As for kept pages, the edition is the one row that every change of what is public raises. It is read
inside the reader's snapshot, so what is remembered belongs to the very moment that is shown.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from explainer.library import as_of
from explainer.library.models import SiteVersion

T = TypeVar("T")
_edition: ContextVar[tuple[Any, ...] | None] = ContextVar("edition", default=None)
_remembered: dict[Callable[[], Any], tuple[tuple[Any, ...], Any]] = {}


@contextmanager
def of_this_moment() -> Iterator[None]:
    """Let what is read from here on be remembered; only within a snapshot of the database."""
    token = _edition.set(_current())
    try:
        yield
    finally:
        _edition.reset(token)


def per_edition(read: Callable[[], T]) -> Callable[[], T]:
    """Remember what a function gives for the edition that is public, and nothing of the past."""

    @wraps(read)
    def remembered() -> T:
        edition = None if as_of.moment.get() else _edition.get()
        if edition is None:
            return read()
        found = _remembered.get(read)
        if found is None or found[0] != edition:
            found = _remembered[read] = (edition, read())
        return found[1]

    return remembered


def forget() -> None:
    """Remember nothing, as when a process begins."""
    _remembered.clear()


def _current() -> tuple[Any, ...]:
    return SiteVersion.objects.values_list("number", "changed_at").get(pk=SiteVersion.ONLY)

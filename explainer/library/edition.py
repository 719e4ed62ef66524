"""What stays the same until something is published is read once for each edition, in a process.

As for kept pages, the edition is the one row that every change of what is public raises. It is read
inside the reader's snapshot, so what is remembered belongs to the very moment that is shown.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from hashlib import blake2b
from typing import Any, TypeVar

from explainer.library import as_of
from explainer.library.models import SiteVersion
from explainer.web.page_cache import revalidation

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
    """Remember what a function gives for the edition that is public, and nothing of the past.

    A kept page that reads it is bound to its edition, unless the value is `compared`.
    """

    @wraps(read)
    def remembered() -> T:
        edition = None if as_of.moment.get() else _edition.get()
        if edition is None:
            return read()
        with revalidation.shared(_name(read)):
            found = _remembered.get(read)
            if found is None or found[0] != edition:
                found = _remembered[read] = (edition, read())
        return found[1]

    return remembered


def compared(value: Callable[[], T], shown: Callable[[T], object]) -> None:
    """Compare what pages show of a value of `per_edition`, to know those that stay as they are.

    The representation of what `shown` gives has to tell all of it, the same in every process.
    """

    @per_edition
    def digest() -> str:
        return blake2b(repr(shown(value())).encode(), digest_size=16).hexdigest()

    revalidation.share(_name(value), digest)


def _name(read: Callable[[], Any]) -> str:
    return f"{read.__module__}.{read.__qualname__}"


def forget() -> None:
    """Remember nothing, as when a process begins."""
    _remembered.clear()


def _current() -> tuple[Any, ...]:
    return SiteVersion.objects.values_list("number", "changed_at").get(pk=SiteVersion.ONLY)

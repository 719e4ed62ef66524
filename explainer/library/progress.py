"""A progress bar for long commands, on a terminal only."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")


def progress(name: str) -> Callable[[Iterable[Item]], Iterable[Item]]:
    """Give a wrapper that shows on stderr how far an iteration is.

    Silent where stderr is no terminal, so that logs and tests stay clean.
    """

    def wrap(items: Iterable[Item]) -> Iterable[Item]:
        shown: Iterable[Item] = tqdm(items, desc=name, unit="file", disable=None, leave=False)
        return shown

    return wrap

"""A progress bar for long commands, on a terminal only."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from tqdm import tqdm


def progress(name: str) -> Callable[[Iterable[Any]], Iterable[Any]]:
    """Give a wrapper that shows on stderr how far an iteration is.

    Silent where stderr is no terminal, so that logs and tests stay clean.
    """
    return partial(tqdm, desc=name, unit="file", disable=None, leave=False)

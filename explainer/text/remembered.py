"""What depends on a text alone is known again, while there is room, in a process.

The text is the whole key, so nothing that is known can be stale. Long texts are asked anew each
time: they would fill the memory, and hardly any comes twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from explainer.text.problems import Problem

MOST = 4096
LONGEST = 2_000
"""Characters of a text that is kept: a paragraph."""

P = ParamSpec("P")
T = TypeVar("T")
Check = TypeVar("Check", bound=Callable[..., Iterable[Problem]])


def remembered(ask: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function says of texts; it takes what can be a key, and asks nothing else."""
    known: Any = lru_cache(maxsize=MOST)(ask)

    @wraps(ask)
    def answered(*args: P.args, **more: P.kwargs) -> T:
        texts = (len(text) for text in args if isinstance(text, str))
        return (known if max(texts, default=0) <= LONGEST else ask)(*args, **more)

    return answered


def remembered_anywhere(check: Check) -> Check:
    """Remember what a check finds in a text, wherever it stands: all of it on `line`."""
    known = remembered(lambda text, **more: tuple(check(text, **more)))

    @wraps(check)
    def checked(text: str, *, line: int = 0, **more: Any) -> tuple[Problem, ...]:
        return tuple(replace(found, line=line) for found in known(text, **more))

    return checked  # type: ignore[return-value]

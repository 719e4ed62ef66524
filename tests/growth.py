"""How a work grows with its input, by counts of its own time: a machine's speed cancels out."""

import time
from collections.abc import Callable

TIMES_AS_LONG = 4
# Linear work takes 4 times as long, quadratic work 16 times; between them lies room for noise.
MOST_TIMES = 9
LEAST_SECONDS = 0.002


def grows_evenly(work: Callable[[int], object], size: int) -> bool:
    """Whether an input of four times ``size`` takes no more than about four times the work.

    Each size counts its quickest of three runs, in this thread's own CPU seconds, so that
    a busy machine changes nothing.
    """
    short, long = (_quickest(work, n) for n in (size, TIMES_AS_LONG * size))
    return long <= MOST_TIMES * max(short, LEAST_SECONDS)


def _quickest(work: Callable[[int], object], size: int) -> float:
    seconds = []
    for _ in range(3):
        began = time.thread_time()
        work(size)
        seconds.append(time.thread_time() - began)
    return min(seconds)

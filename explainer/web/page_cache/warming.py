"""Pages are made ahead whenever another edition of the site is public."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks. Pages are made once two of them find the same edition: while one
publishing follows another, what was made would be old at once."""


def begin_warming(edition: Callable[[], str | None], make: Callable[[], int]) -> None:
    """Begin to look, in a thread; one process of all is to do so.

    `edition` names what is public, None while nobody knows; `make` gives an exit code.
    """
    Thread(target=_run, args=(edition, make), name="warming", daemon=True).start()


def _run(edition: Callable[[], str | None], make: Callable[[], int]) -> None:
    seen: str | None = None
    made: str | None = None
    while True:
        before, seen = seen, edition()
        if seen is not None and seen == before and seen != made:
            # Published meanwhile: then the next look finds another edition, and it begins anew.
            made = seen
            if code := make():
                log.error("Pages could not be made ahead: build_pages ended with %d", code)
        time.sleep(LOOK)


def build_pages(manage: Path, said: Path) -> int:
    """Run `manage.py build_pages` in a process of its own, so that no reader waits for it here.

    It ends with this process. What it says goes to the file `said`.
    """
    beside = ("--verbosity", "0", "--beside", str(os.getpid()))
    line = [sys.executable, str(manage), "build_pages", *beside]
    with said.open("w") as output:
        return subprocess.call(line, stdin=subprocess.DEVNULL, stdout=output, stderr=output)  # noqa: S603

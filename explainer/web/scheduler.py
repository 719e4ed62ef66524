"""What a running server does by the clock: it publishes what was scheduled and is due."""

import fcntl
import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

log = logging.getLogger(__name__)


def as_the_only_one(lock: Path, start: Callable[[], Any], seconds: int) -> None:
    """Look every some seconds for what is due, in one process of all that share the lock.

    `start` starts Django there. When the process dies the next one takes over within the time.
    """
    line = (lock, start, seconds)
    Thread(target=_run, args=line, name="publish_due", daemon=True).start()


def _run(lock: Path, start: Callable[[], Any], seconds: int) -> None:
    with lock.open("w") as file:
        while not _taken(file.fileno()):
            time.sleep(seconds)
        start()
        while True:
            time.sleep(seconds)
            publish_due()


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def publish_due() -> None:
    """Publish once, and send what is to be told; whatever fails is told and tried the next time."""
    # Imported here: a process that only answers from the page cache does without Django.
    from django.db import connections  # noqa: PLC0415

    try:
        # Publishing first: no letter may hold it up.
        _run_command("publish_due", "Scheduled publishing failed")
        _run_command("send_letters", "Letters to staff failed")
    finally:
        # A server that was restarted, or a locked file, must not hold this thread's connection.
        connections.close_all()


def _run_command(name: str, failed: str) -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.management.base import CommandError  # noqa: PLC0415

    try:
        call_command(name, verbosity=0)
    except CommandError:
        pass  # the command has said which version and why
    except Exception:
        log.exception(failed)

"""What a running server does by the clock: it publishes what was scheduled and is due."""

import logging
import time
from threading import Thread

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

log = logging.getLogger(__name__)


def start(seconds: int) -> None:
    """Look every some seconds for what is due; each worker does, so that one may die.

    The command takes the publishing lock and looks again, so none is published twice.
    """
    Thread(target=_run, args=(seconds,), name="publish_due", daemon=True).start()


def _run(seconds: int) -> None:
    while True:
        time.sleep(seconds)
        publish_due()


def publish_due() -> None:
    """Publish once; whatever fails is told and tried again the next time."""
    try:
        call_command("publish_due")
    except CommandError:
        pass  # the command has said which version and why
    except Exception:
        log.exception("Scheduled publishing failed")
    finally:
        # A server that was restarted, or a locked file, must not hold this thread's connection.
        connections.close_all()

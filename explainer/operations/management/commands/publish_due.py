"""`manage.py publish_due`: publishes what was scheduled and whose time has come."""

import os
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.utils import timezone

from explainer.library import schedule

LOOK = 0.2
"""Seconds between two looks at whether the parent still runs."""


class Command(BaseCommand):
    """Publishes once, for cron, or again and again beside a running server.

    Whatever was missed while nothing ran is published at the next run, once. Any
    number of these may run: the library decides which one publishes.
    """

    help = "Publish what was scheduled and is due. Exits with 1 if something could not be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether to go on."""
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="Go on, with this many seconds between."
        )
        parser.add_argument(
            "--with-parent",
            type=int,
            metavar="PID",
            help="End when the parent process, which has this number, has ended.",
        )

    def handle(
        self, *, every: float | None = None, with_parent: int | None = None, **options: Any
    ) -> None:
        """Publish once and say what failed, or go on until the parent is gone."""
        if every is None:
            if not self._publish():
                raise CommandError("Not all that was due could be published. See above.")
            return
        # Ctrl-C reaches this process too where it shares the server's group.
        with suppress(KeyboardInterrupt):
            while _waited(every, with_parent):
                self._publish_if_possible()

    def _publish_if_possible(self) -> None:
        try:
            self._publish()
        except DatabaseError as error:
            # A database that is away comes back; the next round finds what this one missed.
            self.stderr.write(f"Scheduled publishing waits: {type(error).__name__}.")
        connections.close_all()

    def _publish(self) -> bool:
        published, failed = schedule.publish_due(now=timezone.now())
        for subject in published:
            self.stdout.write(f"Published {subject}.")
        for failure in failed:
            self.stderr.write(f"Not published: {failure.subject}: {failure.message}")
        return not failed


def _waited(seconds: float, parent: int | None) -> bool:
    """Wait; False as soon as the parent is gone."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if parent is not None and os.getppid() != parent:
            return False
        time.sleep(min(LOOK, seconds))
    return True

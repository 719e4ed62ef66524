"""The production server: granian, with a parent that looks after its workers.

`python -m explainer.web.server HOST PORT WORKERS`. granian replaces a worker that ended; its own
loop gives up when one ends twice in six seconds, knows no worker that hangs, and may wait for ever
after two signals in one moment, because its handler takes a lock that the loop may hold.
"""

import ctypes
import gc
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, MutableSequence
from contextlib import suppress
from functools import partial
from multiprocessing.sharedctypes import RawArray
from threading import Thread
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels, logger
from granian.server.mp import MPServer, WorkerProcess

from explainer.web.listening import threads

APPLICATION = "explainer.wsgi:application"
CONNECTIONS = 512  # held by a worker; one that trickles its header holds one, but no thread
BEAT = 1.0
"""Seconds between two signs of life of a worker."""
LOOK = 0.2
"""Seconds between two looks of the parent at its workers: so long at most a stop waits."""
HANGS, HANGS_AT_START = 50, 300
"""Looks without a sign of life after which a worker hangs; one that starts has more to do."""
NEVER_BEGAN = 5
"""Workers in a row that ended before they could answer: it will be the same with any other."""

SHARED = (
    "django.conf",
    "sqlite3",
    "json",
    "whitenoise",
    "brotli",
    "dj_database_url",
    "csp.constants",
    # Needed by workers that make pages. Each is loaded in milliseconds and takes much: nine
    # megabytes of tables in the first, thirty languages in the second, of which we use one.
    "minify_html",
    "snowballstemmer",
    "tantivy",
    "nh3",
)
"""Libraries that workers need: loaded before these part, they are there once.

None of our own code is: a worker that begins later begins with what lies there then.
"""

PR_SET_PDEATHSIG = 1  # prctl(2)

Pulse = MutableSequence[int]
"""The signs of life of each worker so far, in memory that all processes share; 0 until it began."""


def alive(load: Callable[[], Any], pulse: Pulse, number: int, parent: int) -> Any:
    """Load the application in a worker, which from then on shows that it lives."""
    end_with(parent)
    application = load()
    pulse[number] = 1
    Thread(target=_beat, args=(pulse, number, parent), name="beat", daemon=True).start()
    return application


def end_with(parent: int) -> None:
    """Let this process end when its parent does: nobody could stop it, and it holds the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _beat(pulse: Pulse, number: int, parent: int) -> None:
    while True:
        time.sleep(BEAT)
        pulse[number] += 1
        if os.getppid() != parent:  # where the system does not see to it
            os.kill(os.getpid(), signal.SIGKILL)


class Server(MPServer):
    """granian's server of several processes, with a loop of its own in the parent."""

    def __init__(self, host: str, port: int, workers: int) -> None:
        super().__init__(
            APPLICATION,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=10_000),  # milliseconds
            workers=workers,
            blocking_threads=threads(workers),
            backpressure=CONNECTIONS,
            workers_kill_timeout=10,
            log_level=LogLevels.error,
        )
        self._pulse: Pulse = RawArray("L", workers)
        self._seen = [(0, 0)] * workers
        self._never_began = 0

    # Neither handler takes a lock: what it interrupts may be the one who holds it.

    def signal_handler_interrupt(self, *_args: Any, **_options: Any) -> None:
        self.interrupt_signal = True
        # A terminal sends Ctrl-C to the workers too: that they end then is no accident.
        for worker in self.wrks:
            worker.interrupt_by_parent = True

    def signal_handler_reload(self, *_args: Any, **_options: Any) -> None:
        self.reload_signal = True

    def _spawn_worker(  # type: ignore[override] # as granian's own is called
        self, idx: int, target: Any, callback_loader: Any
    ) -> WorkerProcess:
        self._pulse[idx], self._seen[idx] = 0, (0, 0)
        load = partial(alive, callback_loader, self._pulse, idx, os.getpid())
        return super()._spawn_worker(idx, target, load)

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        while not self.interrupt_signal:
            time.sleep(LOOK)
            if self.reload_signal:
                self._reload(spawn_target, target_loader)
            self._kill_what_hangs()
            ended = {self.interrupt_children.pop() for _ in [*self.interrupt_children]}
            self._give_up_if_none_begins(ended)
            if not self.interrupt_signal:
                self._respawn_workers(sorted(ended), spawn_target, target_loader)

    def _kill_what_hangs(self) -> None:
        """Kill each worker that showed no sign of life for long; it is replaced like any other.

        Looks are counted, not seconds: whoever stops the whole server, or sets the clock, stops
        or moves the parent's count too.
        """
        for worker in self.wrks:
            number = worker.idx
            pulse, looks = self._pulse[number], self._seen[number][1] + 1
            if pulse != self._seen[number][0]:
                looks = 0
            elif looks >= (HANGS if pulse else HANGS_AT_START):
                logger.error(f"worker-{number + 1} shows no sign of life and is replaced")
                worker.inner.kill()
                looks = 0
            self._seen[number] = (pulse, looks)

    def _give_up_if_none_begins(self, ended: Iterable[int]) -> None:
        for number in ended:
            # One that somebody killed might have begun.
            was_killed = self.wrks[number].inner.exitcode == -signal.SIGKILL
            failed = self._pulse[number] == 0 and not was_killed
            self._never_began = self._never_began + 1 if failed else 0
        if self._never_began >= NEVER_BEGAN:
            sys.stderr.write("No worker begins; what they said above is why. Not served.\n")
            self.shutdown(exit_code=1)


def share() -> None:
    """Load what all workers need, and keep them from writing to it when they look for garbage."""
    for name in SHARED:
        with suppress(ImportError):  # brotli may be away: then gzip serves
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    share()
    Server(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])).serve()

"""What `manage.py serve` started: until it is calm, what it takes, until all of it ended."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.benchmarks.serving import children, spent
from tests.browser.served import ROOT, environment_in, free_port

PORT = free_port()
"""One for all starts: the site's address is part of its pages, so another would make them anew."""
PATIENCE = 15.0
"""Seconds that a server has to end; what is left of it then is killed."""


@dataclass(frozen=True)
class Figure:
    """One line of a table; `most` and `least` are what it may be."""

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def is_missed(self) -> bool:
        too_much = self.most is not None and self.value > self.most
        return too_much or (self.least is not None and self.value < self.least)

    def __str__(self) -> str:
        goal = f"at most {self.most:g}" if self.most is not None else ""
        goal = f"at least {self.least:g}" if self.least is not None else goal
        return f"| {self.what} | {self.value:.3g} {self.unit} | {goal} |"


@contextmanager
def serving(folder: Path, workers: int) -> Iterator[tuple[str, int, float]]:
    """Run `serve`; give its address, its process and the seconds to its first page.

    When it is left nothing of the server writes to the folder any more.
    """
    address = f"http://127.0.0.1:{PORT}"
    line = [sys.executable, "manage.py", "serve", "--port", str(PORT), "--workers", str(workers)]
    environment = environment_in(folder)
    began = time.monotonic()
    with subprocess.Popen(
        line, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            while not answers(address):
                time.sleep(0.01)
            yield address, server.pid, time.monotonic() - began
        finally:
            server.terminate()
            end(server.pid)


def answers(address: str) -> bool:
    try:
        return bool(urlopen(address, timeout=30).read())
    except OSError:
        return False


def end(group: int) -> None:
    """Wait until each process of a group ended: whoever makes pages does so a moment later."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(living(group)):
        time.sleep(0.1)
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def living(group: int) -> Iterator[int]:
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = place.read_text().rsplit(")", 1)[1].split()[:3]
            if int(its_group) == group and state not in "ZX":
                yield int(place.parent.name)


def until_calm(pid: int) -> None:
    """Wait until the server has done nothing for three seconds: index and pages are made."""
    calm, before = 0, -1.0
    while calm < 3:
        time.sleep(1)
        now = before
        with suppress(OSError):  # a process that makes pages has just ended
            now = spent(pid)
        calm = calm + 1 if abs(now - before) < 0.03 else 0
        before = now


def memory(pid: int) -> float:
    """Give the megabytes of a process and its children."""
    total = 0
    for one in [pid, *children(pid)]:
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
    return total / 1024

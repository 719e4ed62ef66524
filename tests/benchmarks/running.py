"""What a running server takes and bears: memory, time to the first page, load, publishing.

Run: .venv/bin/python -m tests.benchmarks.running (needs `wrk`; Linux). Prints a table and exits
with 1 if a goal is missed. Memory is the proportional set size of all processes of `serve`, so
that pages they share count once.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.benchmarks.serving import PAGE, children, spent
from tests.browser.served import ROOT, environment_in, free_port, wait_for

ADDRESSES, ROUNDS, CONNECTIONS, SECONDS = 10_000, 5, 100, 60
PORT = free_port()
"""One for all starts: the site's address is part of its pages, so another would make them anew."""
A_SECOND = 20  # publishings
FIRST = """
import io
import time
begin = time.perf_counter()
{application}
def start(*line): pass
b"".join(application({{
    "REQUEST_METHOD": "GET", "PATH_INFO": {page!r}, "QUERY_STRING": "", "HTTP_HOST": {host!r},
    "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
    "wsgi.input": io.BytesIO(), "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "br",
}}, start))
print(time.perf_counter() - begin)
"""
OURS = "from explainer.wsgi import application"
DJANGOS = "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()"
MIXED = """
local paths = {{{paths}}}
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], {{["Accept-Encoding"] = "br, gzip"}})
end
"""


@dataclass(frozen=True)
class Figure:
    """One line of the table; `most` and `least` are what it may be."""

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
    """Run `serve`; give its address, its process and the seconds to its first page."""
    address = f"http://127.0.0.1:{PORT}"
    line = [sys.executable, "manage.py", "serve", "--port", str(PORT), "--workers", str(workers)]
    began = time.monotonic()
    with subprocess.Popen(
        line, cwd=ROOT, env=environment_in(folder), stdout=subprocess.DEVNULL
    ) as server:
        try:
            while not answers(address):
                time.sleep(0.01)
            yield address, server.pid, time.monotonic() - began
        finally:
            server.terminate()


def answers(address: str) -> bool:
    try:
        return bool(urlopen(address, timeout=30).read())
    except OSError:
        return False


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


def of_memory(folder: Path) -> Iterator[Figure]:
    measured = {}
    for workers in (2, 3):
        with serving(folder, workers) as (address, pid, seconds):
            until_calm(pid)
            measured[workers] = memory(pid)
            if workers == 2:
                yield Figure("`serve` again, to the first page", seconds, "s", most=1)
                yield Figure("memory, two workers, after the start", measured[2], "MB", most=150)
                for number in range(ADDRESSES):
                    with suppress(HTTPError):
                        urlopen(f"{address}/no-such-page-{number}/").read()
                taken = memory(pid)
                yield Figure(f"after {ADDRESSES:,} addresses", taken, "MB", most=220)
    yield Figure("each further worker", measured[3] - measured[2], "MB", most=10)


def of_the_first_answer(folder: Path) -> Iterator[Figure]:
    with serving(folder, 1) as (address, _, _):
        urlopen(f"{address}{PAGE}").read()
        environment = {**environment_in(folder), "SITE_URL": address}
    environment["DJANGO_SETTINGS_MODULE"] = "explainer.settings"
    times = {}
    for name, application in (("ours", OURS), ("Django's", DJANGOS)):
        host = address.removeprefix("http://")
        code = FIRST.format(application=application, page=PAGE, host=host)
        line = [sys.executable, "-c", code]
        times[name] = [
            float(subprocess.check_output(line, cwd=ROOT, env=environment)) for _ in range(ROUNDS)
        ]
    ours, its = (statistics.median(found) for found in times.values())
    yield Figure("first page of a new process, kept", ours, "s")
    yield Figure("the same made by Django", its, "s")
    yield Figure("ratio", ours / its, "", most=0.15)


def of_load(folder: Path) -> Iterator[Figure]:
    with serving(folder, 2) as (address, pid, _):
        until_calm(pid)
        paths = [
            PAGE,
            "/",
            "/compare/",
            "/claims/",
            "/search/?q=hair+after+a+baby",
            "/changes.atom",
        ]
        for name, asked in (("one article", [PAGE]), ("mixed, a search among six", paths)):
            rate, p99, errors = wrk(address, asked, CONNECTIONS, SECONDS)
            yield Figure(
                f"{CONNECTIONS} connections, {SECONDS} s, {name}", rate, "requests a second"
            )
            yield Figure("its p99", p99, "ms", most=50)
            yield Figure("its errors", errors, "", most=0)


def of_publishing(folder: Path) -> Iterator[Figure]:
    with serving(folder, 1) as (address, pid, _):
        until_calm(pid)
        alone, during = [], []
        environment = {**environment_in(folder), "SITE_URL": address}
        for _ in range(ROUNDS):
            alone.append(wrk(address, [PAGE], 16, 5))
            line = [sys.executable, "-m", "tests.benchmarks.publisher", str(A_SECOND), "8"]
            with subprocess.Popen(line, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as one:
                one.stdout.readline()  # it is ready
                during.append(wrk(address, [PAGE], 16, 5))
    rates = [b[0] / a[0] for a, b in zip(alone, during, strict=True)]
    p99 = [b[1] / a[1] for a, b in zip(alone, during, strict=True)]
    what = f"while somebody publishes {A_SECOND} times a second"
    yield Figure(f"requests {what}, of those without", statistics.median(rates), "", least=0.9)
    yield Figure("its p99, of that without", statistics.median(p99), "", most=2)
    yield Figure("its errors", sum(found[2] for found in during), "", most=0)


def wrk(address: str, paths: list[str], connections: int, seconds: int) -> tuple[float, float, int]:
    """Give requests a second, the 99th percentile of milliseconds, and how many failed."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(MIXED.format(paths=", ".join(f'"{path}"' for path in paths)))
        script.flush()
        line = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script.name]
        printed = subprocess.check_output([*line, address], text=True)
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", printed).groups()
    p99 = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    failed = sum(map(int, re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", printed)))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1]), p99, failed


PARTS = {
    "first": of_the_first_answer,
    "memory": of_memory,
    "load": of_load,
    "publishing": of_publishing,
}


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        with serving(Path(folder), 1) as (address, pid, _):
            wait_for(address)
            until_calm(pid)
        print("| What | Figure | Goal |\n|---|---|---|")
        for name in sys.argv[1:] or PARTS:
            for figure in PARTS[name](Path(folder)):
                print(figure, flush=True)
                figures.append(figure)
    missed = [figure.what for figure in figures if figure.is_missed]
    sys.exit(f"Missed: {'; '.join(missed)}" if missed else os.EX_OK)


if __name__ == "__main__":
    main()

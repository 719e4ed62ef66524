"""What a running server takes and bears: memory, time to the first page, load, publishing.

Run: .venv/bin/python -m tests.benchmarks.running (needs `wrk`; Linux). Prints a table and exits
with 1 if a goal is missed. Memory is the proportional set size of all processes of `serve`, so
that pages they share count once.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.benchmarks.loads import Asked, of_load, wrk
from tests.benchmarks.serving import PAGE
from tests.benchmarks.started import Figure, memory, serving, until_calm
from tests.browser.served import ROOT, environment_in, wait_for

ADDRESSES, ROUNDS = 10_000, 5
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


def of_publishing(folder: Path) -> Iterator[Figure]:
    with serving(folder, 1) as (address, pid, _):
        until_calm(pid)
        alone, during, page = [], [], Asked(PAGE)
        environment = {**environment_in(folder), "SITE_URL": address}
        for _ in range(ROUNDS):
            alone.append(wrk(address, [page], 16, 5))
            line = [sys.executable, "-m", "tests.benchmarks.publisher", str(A_SECOND), "8"]
            with subprocess.Popen(line, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as one:
                one.stdout.readline()  # it is ready
                during.append(wrk(address, [page], 16, 5))
    rates = [b[0] / a[0] for a, b in zip(alone, during, strict=True)]
    p99 = [b[1] / a[1] for a, b in zip(alone, during, strict=True)]
    what = f"while somebody publishes {A_SECOND} times a second"
    yield Figure(f"requests {what}, of those without", statistics.median(rates), "", least=0.9)
    yield Figure("its p99, of that without", statistics.median(p99), "", most=2)
    yield Figure("its errors", sum(found[2] for found in during), "", most=0)


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

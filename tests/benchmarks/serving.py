"""A kept page beside a file and beside Django's own cache, in the same server: requests and CPU.

"File of the site" is the same bytes as WhiteNoise gives them in this site; "file alone" is
WhiteNoise as the whole application, without Django.

Run: .venv/bin/python -m tests.benchmarks.serving (needs `wrk`; at least two cores).
Each server has one worker on one core, wrk the other. Five rounds visit every case in an order
that changes; ratios are taken inside each round. Exits with 1 if a goal is missed.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

from tests.browser.served import ROOT, environment_in, free_port, served, wait_for

PAGE = "/mesotherapy/safety/"
ROUNDS, SECONDS, CONNECTIONS = 5, 3, 16
TAKES = {"Accept-Encoding": "br, gzip"}
GRANIAN = (
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
    *("--blocking-threads", "64", "--backpressure", "512", "--log-level", "error", "--http", "1"),
)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Case:
    """What is asked of which server, and what came of each round."""

    name: str
    address: str
    pid: int
    headers: Mapping[str, str] = field(default_factory=dict)
    requests: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Goal:
    """A ratio of two cases: of requests a second (at least) or of CPU a request (at most)."""

    one: str
    other: str
    requests: float | None = None
    cpu: float | None = None


GOALS = [
    Goal("kept", "file of the site", requests=1.0, cpu=0.9),
    Goal("kept", "file alone"),
    Goal("kept", "per-site cache", requests=8.0),
    *(Goal(name, "kept", cpu=1.3) for name in ("404", "to the slash", "?utm_source=", "304")),
]


@contextmanager
def granian(application: str, **variables: str) -> Iterator[tuple[str, int]]:
    port = free_port()
    line = [*GRANIAN, "--port", str(port), application]
    environment = {**os.environ, **variables}
    with subprocess.Popen(line, cwd=ROOT, env=environment) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            time.sleep(2)
            yield address, server.pid
        finally:
            server.terminate()


def cases(folder: Path, stack: ExitStack) -> list[Case]:
    """Start the servers and give what is asked of each."""
    environment = environment_in(folder)
    with served(environment) as site:
        page = read(f"{site}{PAGE}")
    static = folder / "static"
    (static / "page.html").write_bytes(page)
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "-q", static], check=True)
    same = {"VAR_DIR": str(folder), "SITE_URL": site, "PAGE_FILES": str(static)}
    kept, ours = stack.enter_context(granian("explainer.wsgi:application", **same))
    file, its = stack.enter_context(granian("tests.benchmarks.servers:files", **same))
    other = {**same, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.per_site_cache"}
    cached, theirs = stack.enter_context(granian("tests.benchmarks.servers:django", **other))
    tag = urlopen(Request(f"{kept}{PAGE}", headers=TAKES)).headers["ETag"]
    return [
        Case("kept", kept + PAGE, ours, TAKES),
        Case("file of the site", f"{kept}/static/page.html", ours, TAKES),
        Case("file alone", f"{file}/page.html", its, TAKES),
        Case("per-site cache", cached + PAGE, theirs, TAKES),
        Case("404", f"{kept}/no-such-page/", ours, TAKES),
        Case("to the slash", kept + PAGE.rstrip("/"), ours, TAKES),
        Case("?utm_source=", f"{kept}{PAGE}?utm_source=mail", ours, {**TAKES, "Cookie": "a=b"}),
        Case("304", kept + PAGE, ours, {**TAKES, "If-None-Match": tag}),
    ]


def read(address: str) -> bytes:
    with urlopen(address) as answer:
        return bytes(answer.read())


def take_round(case: Case) -> None:
    before = spent(case.pid)
    line = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    for name, value in case.headers.items():
        line += ["-H", f"{name}: {value}"]
    printed = subprocess.run(
        ["taskset", "-c", "1", *line, case.address], capture_output=True, text=True, check=True
    ).stdout
    number = int(re.search(r"(\d+) requests in", printed)[1])
    case.requests.append(number / SECONDS)
    case.cpu.append((spent(case.pid) - before) / number * 1e6)


def spent(pid: int) -> float:
    """Give the seconds of CPU that a process and its children have had."""
    total = 0.0
    for process in [pid, *children(pid)]:
        parts = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(parts[11]) + int(parts[12])) / TICKS
    return total


def children(pid: int) -> list[int]:
    """Give the processes that a process began, by whichever of its threads, and theirs."""
    found: list[str] = []
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):  # it has just ended
            found += (thread / "children").read_text().split()
    return [grand for child in map(int, found) for grand in (child, *children(child))]


def ratios(one: list[float], other: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        asked = cases(Path(folder), stack)
        for case in asked:
            for pid in [case.pid, *children(case.pid)]:
                subprocess.run(["taskset", "-acp", "0", str(pid)], check=True, capture_output=True)
            wait_for(case.address) if "404" not in case.name else None
        for number in range(ROUNDS):
            for case in asked[number:] + asked[:number]:
                take_round(case)
    report({case.name: case for case in asked})


def report(by_name: Mapping[str, Case]) -> None:
    print("| Asked | requests a second | µs of CPU a request |\n|---|---|---|")
    for case in by_name.values():
        rate, cpu = statistics.median(case.requests), statistics.median(case.cpu)
        print(f"| {case.name} | {rate:,.0f} | {cpu:,.0f} |")
    print("\n| Ratio | requests | CPU | goal |\n|---|---|---|---|")
    missed = []
    for goal in GOALS:
        one, other = by_name[goal.one], by_name[goal.other]
        rate, cpu = ratios(one.requests, other.requests), ratios(one.cpu, other.cpu)
        wanted = [f"at least {goal.requests} requests"] * bool(goal.requests)
        wanted += [f"at most {goal.cpu} CPU"] * bool(goal.cpu)
        print(f"| {goal.one} / {goal.other} | {rate:.2f} | {cpu:.2f} | {', '.join(wanted)} |")
        if rate < (goal.requests or rate) or cpu > (goal.cpu or cpu):
            missed.append(f"{goal.one} / {goal.other}")
    sys.exit(f"Missed: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()

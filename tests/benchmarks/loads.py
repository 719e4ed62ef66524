"""Load: as fast as a hundred connections can, and at a pace beside searches.

All answers of the first load, and those that are paced, are kept ones, of every kind.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.benchmarks.pacing import Paced, paced
from tests.benchmarks.serving import PAGE
from tests.benchmarks.started import Figure, serving, until_calm

CONNECTIONS, SECONDS = 100, 60
A_SECOND, SEARCHES = 500, 20
"""Kept answers and searches a second of the paced load."""
TAKES = {"Accept-Encoding": "br, gzip"}
QUERIES = ("hair+after+a+baby", "minoxidil+pregnancy", "prp", "does+it+hurt", "botox+scalp")
SCRIPT = """
local asked = {{{asked}}}
local expected = {{{expected}}}
local threads = {{}}
local at = 0
unexpected = 0
setup = function(thread) table.insert(threads, thread) end
request = function()
  at = at % #asked + 1
  return wrk.format("GET", asked[at][1], asked[at][2])
end
response = function(status)
  if not expected[status] then unexpected = unexpected + 1 end
end
done = function()
  for _, thread in ipairs(threads) do
    print("Unexpected responses: " .. thread:get("unexpected"))
  end
end
"""


@dataclass(frozen=True)
class Asked:
    """An address, the headers it is asked with, and the status that is right."""

    path: str
    headers: Mapping[str, str] = field(default_factory=lambda: TAKES)
    status: int = 200

    @property
    def lua(self) -> str:
        headers = ", ".join(f"['{name}'] = '{value}'" for name, value in self.headers.items())
        return f"{{'{self.path}', {{{headers}}}}}"


def of_load(folder: Path) -> Iterator[Figure]:
    with serving(folder, 2) as (address, pid, _):
        until_calm(pid)
        kept = kept_answers(address)
        for name, asked in (("one article", [Asked(PAGE)]), ("kept answers of all kinds", kept)):
            rate, p99, errors = wrk(address, asked, CONNECTIONS, SECONDS)
            what = f"{CONNECTIONS} connections, {SECONDS} s, {name}"
            yield Figure(what, rate, "requests a second")
            yield Figure("its p99", p99, "ms", most=50)
            yield Figure("its errors", errors, "", most=0)
        yield from of_pace(address, kept)


def of_pace(address: str, kept: Sequence[Asked]) -> Iterator[Figure]:
    searches = [Asked(f"/search/?q={query}") for query in QUERIES]
    for search in searches:  # in each worker, or as good as: Django is there
        for _ in range(4):
            right(address, search)
    loads = [
        Paced([(one.path, one.headers, one.status) for one in asked], rate)
        for asked, rate in ((kept, A_SECOND), (searches, SEARCHES))
    ]
    found = paced(address, loads, SECONDS, CONNECTIONS)
    beside = f"{SECONDS} s at a pace, beside {SEARCHES} searches a second"
    yield Figure(f"kept answers, {beside}", found[0].per_second, "requests a second")
    yield Figure("their p99", found[0].p99, "ms", most=50)
    yield Figure("p99 of the searches", found[1].p99, "ms")
    yield Figure("errors of both", found[0].errors + found[1].errors, "", most=0)


def kept_answers(address: str) -> list[Asked]:
    """Give one of each kind, and see that each is as it should be."""
    page, tag = right(address, Asked(PAGE))
    claim = re.search(r'href="?(/claims/[a-z-]+/[a-z0-9-]+/)', page)[1]
    style = re.search(r'href="?(/static/[^">\s]+\.css)', page)[1]
    kinds = [
        Asked(PAGE),
        Asked(claim),
        Asked("/claims/"),
        Asked("/no-such-page/", status=404),
        Asked(PAGE, {**TAKES, "If-None-Match": tag}, status=304),
        Asked(f"{PAGE}?utm_source=mail", {**TAKES, "Cookie": "a=b"}),
        Asked(style),
        Asked(f"{PAGE.rstrip('/')}.md"),
    ]
    for one in kinds:
        right(address, one)
    return kinds


def right(address: str, asked: Asked) -> tuple[str, str]:
    """Ask once; give the words, if they were asked for plain, and the tag of what is compressed."""
    plain, status = "", asked.status
    try:
        with urlopen(Request(address + asked.path, headers=dict(asked.headers))) as answer:
            tag, status = answer.headers.get("ETag", ""), answer.status
    except HTTPError as refused:
        tag, status = "", refused.code
    if status != asked.status:
        raise ValueError(f"{asked.path} answers {status}, not {asked.status}")
    if status == 200:
        plain = urlopen(address + asked.path).read().decode()
    return plain, tag


def wrk(
    address: str, asked: Sequence[Asked], connections: int, seconds: int
) -> tuple[float, float, int]:
    """Give requests a second, the 99th percentile of milliseconds, and how many failed."""
    expected = ", ".join({f"[{one.status}] = true" for one in asked})
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.format(asked=", ".join(one.lua for one in asked), expected=expected))
        script.flush()
        line = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script.name]
        printed = subprocess.check_output([*line, address], text=True)
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", printed).groups()
    p99 = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    socket = r"(?:connect|read|write|timeout|Unexpected responses:) (\d+)"
    failed = sum(map(int, re.findall(socket, printed)))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1]), p99, failed

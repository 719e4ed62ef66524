"""What Lighthouse says of the pages most come to, on a phone with a slow network.

Run: .venv/bin/python -m tests.benchmarks.lighthouse [PATH ...]
Fetches Lighthouse from npm into a folder that is gone afterwards, serves all content on loopback
and prints a row for each page: performance (goal 99), accessibility, best practices and search
(goal 100), then every audit that took something away. Exits with 1 if a page misses a goal
or is not there. Needs npm and Chromium. Performance is the median of three runs.

Lighthouse slows the machine four times to stand for a phone, which is right for a machine of index
1533 and makes a slower one stand for no phone that is sold. So the first run of each page only
measures the machine, and the three that count are slowed as far as Lighthouse's own guide says for
its index (docs/throttling.md there, "Calibrating multipliers", and the calculator it links to).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from statistics import median_low
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.browser.served import ROOT, environment_in, served

PACKAGE = "lighthouse@12.8.2"
PATHS = ["/", "/mesotherapy/safety/", "/compare/", "/check/"]
GOALS = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
BUILD = [sys.executable, "manage.py", "build_pages"]
RUNS = 3
SLOWED = 4.0
CHROME = "--headless=new --no-sandbox"

Report = dict[str, Any]


def main(paths: list[str]) -> int:
    """Print the table; give the number of pages that miss a goal."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        install = ["npm", "install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund"]
        subprocess.run([*install, "--silent", PACKAGE], check=True)
        environment = environment_in(Path(folder) / "var")
        with served(environment) as site:
            # Else the server makes its pages in the background, and takes a core from the browser.
            subprocess.run(BUILD, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
            print(f"| Page | index | slowed | {' | '.join(GOALS)} |\n|{'---|' * (3 + len(GOALS))}")
            for path in paths:
                if not _there(site + path):
                    missed += 1
                    continue
                index = _report(site + path, Path(folder))["environment"]["benchmarkIndex"]
                scores, losses = _measured(site + path, Path(folder), _slowdown(index))
                row = [f"`{path}`", round(index), _slowdown(index), *scores.values()]
                print(f"| {' | '.join(map(str, row))} |")
                print("\n".join(f"  {loss}" for loss in losses), end="\n" * bool(losses))
                missed += any(scores[name] < goal for name, goal in GOALS.items())
    return missed


def _there(address: str) -> bool:
    try:
        with urlopen(address):
            return True
    except (URLError, HTTPException):
        print(f"{address}: no such page, which misses every goal")
        return False


def _slowdown(index: float) -> float:
    """How often a machine of this index is as fast as the phone that Lighthouse stands for."""
    if index >= 1300:
        return round(min(3 + (index - 1300) / 233, SLOWED), 1)
    return round(2 + (index - 800) / 500 if index >= 800 else 1 + max(index - 150, 0) / 650, 1)


def _measured(address: str, folder: Path, slowed: float) -> tuple[dict[str, int], list[str]]:
    reports = [_report(address, folder, slowed) for _ in range(RUNS)]
    fastest = median_low([_score(report, "performance") for report in reports])
    report = next(one for one in reports if _score(one, "performance") == fastest)
    return {name: _score(report, name) for name in GOALS}, [*_losses(report)]


def _report(address: str, folder: Path, slowed: float = SLOWED) -> Report:
    out = folder / "report.json"
    command = [folder / "node_modules/.bin/lighthouse", address, "--quiet", "--output=json"]
    command += [f"--output-path={out}", f"--chrome-flags={CHROME}"]
    command += [f"--only-categories={','.join(GOALS)}"]
    command += [f"--throttling.cpuSlowdownMultiplier={slowed}"]
    chrome = {"CHROME_PATH": shutil.which("chromium") or ""}
    environment = {**os.environ, **chrome}
    # Now and then the browser loses the beginning of a trace, and Lighthouse says: run again.
    for last in (False, False, True):
        done = subprocess.run(command, check=last, env=environment, cwd=folder)
        if done.returncode == 0:
            break
    report: Report = json.loads(out.read_text())
    return report


def _score(report: Report, category: str) -> int:
    return round(100 * report["categories"][category]["score"])


def _losses(report: Report) -> Iterator[str]:
    """Say which audits took something away, those that weigh nothing as well."""
    for category in report["categories"].values():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if audit["score"] is not None and audit["score"] < 1:
                said = audit.get("displayValue", audit["title"])
                yield f"{category['id']} {part['weight']}: {part['id']} {audit['score']} ({said})"


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:] or PATHS), 1))

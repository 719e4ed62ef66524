"""What is public is made ahead by the server itself, before anybody asks."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.server.changing import PAGES
from tests.server.serving import ROOT, Server

PATIENCE = 90  # seconds: a process has to start, on a machine that does other things too


def run(what: str, environment: dict[str, str]) -> None:
    line = [sys.executable, "-m", "tests.server.changing", what]
    subprocess.run(line, cwd=ROOT, env={**os.environ, **environment}, check=True)


def kept(file: Path) -> dict[str, str]:
    """Give the edition of each page that is kept."""
    with suppress(sqlite3.OperationalError):
        return dict(sqlite3.connect(file).execute("SELECT address, edition FROM page"))
    return {}


def wait_until_made(file: Path, after: str = "") -> str:
    """Wait until all pages are kept of one edition, another than `after`; give it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        editions = {kept(file).get(page, after) for page in PAGES}
        if len(editions) == 1 and after not in editions:
            return editions.pop()
        time.sleep(0.2)
    raise AssertionError(f"Not made ahead: {kept(file)}")


def test_pages_are_made_at_the_start_and_after_a_publishing(fresh):
    run("prepare", fresh)
    file = Path(fresh["VAR_DIR"]) / "pages.sqlite3"

    with Server({**fresh, "PUBLISH_EVERY": "30"}) as server:
        first = wait_until_made(file)
        run("once", server.environment)
        assert wait_until_made(file, first) != first

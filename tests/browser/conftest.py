"""The real site for a real browser: the serve command with all content, and Chromium."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine is slow, and no promise about speed is made here: benchmarks measure it.
expect.set_options(timeout=20_000)
ADDRESS = re.compile(r"<loc>([^<]+)</loc>")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the site's own commands are given: a folder of its own and nothing of a public site."""
    environment = {**os.environ, "VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    for name in ("DATABASE_URL", "SITE_URL", "DJANGO_ALLOWED_HOSTS"):
        environment.pop(name, None)
    return environment


@pytest.fixture(scope="session")
def site(environment: dict[str, str]) -> Iterator[str]:
    """Serve all content with the production server; give its address without a slash."""
    command = [sys.executable, "manage.py", "serve", "--port", str(free_port()), "--workers", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = next(line.split()[1] for line in server.stdout if line.startswith("Open "))
            wait_for(address)
            yield address.rstrip("/")
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            with urlopen(address):
                return
        except OSError:
            subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail(f"Nothing answers at {address}")


@pytest.fixture(scope="session")
def addresses(site: str) -> list[str]:
    """Every public page: the sitemap's, and the kinds that it leaves out."""
    with urlopen(f"{site}/sitemap.xml") as answer:
        listed = [found.replace("&amp;", "&") for found in ADDRESS.findall(answer.read().decode())]
    return [*listed, f"{site}/claims/?level=unsupported", f"{site}/nothing-here/"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()

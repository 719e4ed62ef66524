"""The site as a command or a test starts it: the serve command with all content, on loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""What Chromium is started with."""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_in(folder: str | Path) -> dict[str, str]:
    """Give what the site's own commands are given: a folder and nothing of a public site."""
    environment = {**os.environ, "VAR_DIR": str(folder)}
    for name in ("DATABASE_URL", "SITE_URL", "DJANGO_ALLOWED_HOSTS"):
        environment.pop(name, None)
    return environment


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[str]:
    """Serve all content with the production server; give its address without a slash."""
    # Not the address it says: a public site says its own.
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            next(line for line in server.stdout if line.startswith(("Open ", "Serving ")))
            wait_for(f"{address}/healthz")
            yield address
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    """Raises TimeoutError if nothing answers within ten seconds."""
    for _ in range(100):
        try:
            with urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Nothing answers at {address}")

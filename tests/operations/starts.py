"""The site started by its own command, with what it says."""

import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "manage.py", "serve"]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def started(port, **variables):
    """Give the process; it ends with the test."""
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env={**variables, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        umask=0o022,  # as somebody whose files all users may read
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def refused(port, **variables):
    """Start what will not serve; give status and words, on the console and in the log."""
    line = [*COMMAND, "--port", str(port)]
    done = subprocess.run(
        line, cwd=ROOT, env=variables, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


def lines_until(process, wanted):
    seen = []
    for line in process.stdout:
        seen.append(line)
        if wanted in line:
            break
    return "".join(seen)


def fetch(port, path, **headers):
    """Give a page, as soon as the server listens; it does within a second of saying where."""
    for _ in range(100):
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.1)
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(asked, timeout=20) as page:
        return page.read().decode()

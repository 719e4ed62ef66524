"""The production server in processes that can be killed, and a client without scripts."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from explainer.web.listening import server_line

ROOT = Path(__file__).parents[2]
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|base)" value="([^"]+)"')


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], *, seconds: float = 30) -> bool:
    """Wait until it is true, at most so long; what it asks may be away meanwhile."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError):
            if true():
                return True
        time.sleep(0.05)
    return False


class Server:
    """One server on a port of its own, in a process group of its own."""

    def __init__(self, environment: dict[str, str], workers: int = 1) -> None:
        self.port, self.number_of_workers = free_port(), workers
        self.address = f"http://127.0.0.1:{self.port}"
        url = environment.get("SITE_URL") or self.address
        self.environment = {**os.environ, **environment, "SITE_URL": url}
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        line = server_line("127.0.0.1", self.port, self.number_of_workers)
        self.process = subprocess.Popen(
            [sys.executable, *line[1:]], cwd=ROOT, env=self.environment, start_new_session=True
        )
        for _ in range(200):
            try:
                build_opener().open(f"{self.address}/healthz", timeout=5).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"Nothing answers at {self.address}")

    def kill(self) -> None:
        """End all its processes at once, as a power cut would."""
        assert self.process is not None
        with suppress(ProcessLookupError):  # it has ended already, and nothing of it is left
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def workers(self) -> list[int]:
        """Give the processes that answer, as the system knows them."""
        assert self.process is not None
        parent = self.process.pid
        return [*map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())]


class _Stay(HTTPRedirectHandler):
    """Shows redirects instead of following them."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


class Client:
    """Keeps cookies, fills in form tokens, follows no redirect."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stay())

    def get(self, path: str) -> str:
        return str(self.opener.open(self.server.address + path, timeout=20).read().decode())

    def post(self, path: str, fields: dict[str, str]) -> int:
        """Give the status, or 0 if the server died before it answered."""
        body = urlencode(fields).encode()
        request = Request(self.server.address + path, body, {"Origin": self.server.address})
        try:
            return int(self.opener.open(request, timeout=20).status)
        except URLError as error:
            return int(getattr(error, "code", 0))
        except OSError:
            return 0

    def form(self, path: str) -> dict[str, str]:
        """Give what the forms of a page carry hidden: the token and, on the desk, the base."""
        hidden = dict(HIDDEN.findall(self.get(path)))
        assert "csrfmiddlewaretoken" in hidden, path
        return hidden

    def log_in(self, name: str, password: str) -> None:
        path = "/admin/account/login/"
        status = self.post(path, {**self.form(path), "login": name, "password": password})
        assert status == 302, status

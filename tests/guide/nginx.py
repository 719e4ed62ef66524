"""A real nginx on this machine, as whoever includes the two files of an export would set it up."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
CONFIGURATION = """\
{user} daemon off; pid {own}/pid; error_log {own}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {own}/body; proxy_temp_path {own}/proxy; fastcgi_temp_path {own}/fastcgi;
  uwsgi_temp_path {own}/uwsgi; scgi_temp_path {own}/scgi;
  include {export}/nginx/http.conf;
  server {{
    listen 127.0.0.1:{port};
    root {export}/public;
    include {export}/nginx/server.conf;
  }}
}}
"""


@contextmanager
def serving(export: Path, own: Path):
    """Give the port at which nginx serves an export while the block lasts."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own.mkdir()
    # nginx that is started as root works as nobody, to whom pytest's folders are closed.
    user = "" if os.geteuid() else "user root;"
    text = CONFIGURATION.format(user=user, own=own, export=export, port=port)
    (own / "nginx.conf").write_text(text)
    line = [NGINX, "-e", f"{own}/error.log", "-p", str(own), "-c", f"{own}/nginx.conf"]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stderr.close()


def _wait(port: int, process: subprocess.Popen) -> None:
    for _ in range(100):
        assert process.poll() is None, process.stderr.read()
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen.")


def answer(port: int, address: str, method: str = "GET", **headers: str):
    """Give status, headers by their names in small letters, and body as it was sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, address, body=b"text=x" if method == "POST" else None, headers=sent)
    with closing(connection):
        got = connection.getresponse()
        return got.status, {name.lower(): value for name, value in got.headers.items()}, got.read()

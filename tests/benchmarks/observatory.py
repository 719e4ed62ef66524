"""What Mozilla's Observatory says of the headers that a public site sends.

Run, as root: .venv/bin/python -m tests.benchmarks.observatory
Fetches the Observatory from npm into a folder that is gone afterwards, and serves all content as
https://localhost/ by nginx with a certificate of its own. Prints the score (goal 130) and each
test; exits with 1 below the goal. The list of hosts that browsers know as https only is left
empty: it comes from a service, and no address of this machine is in it. Needs npm, nginx, openssl
and the loopback ports 80 and 443.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.served import environment_in, served, wait_for

PACKAGE = "@mdn/mdn-http-observatory"
VERSION = "1.4.8"
GOAL = 130
NGINX = """
pid {folder}/pid;
error_log stderr;
daemon off;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:80;
    listen 127.0.0.1:443 ssl;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    location / {{
      proxy_pass {site};
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
    }}
  }}
}}
"""
CERTIFICATE = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
CERTIFICATE += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
CERTIFICATE += ["-keyout", "key.pem", "-out", "certificate.pem"]
PUBLIC = {"DJANGO_ALLOWED_HOSTS": "localhost", "SITE_URL": "https://localhost"}


def main() -> int:
    """Print the score and the tests; give 1 if the score misses the goal."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        tool = _fetched(folder)
        subprocess.run(CERTIFICATE, cwd=folder, check=True, capture_output=True)
        environment = environment_in(folder / "var") | PUBLIC
        environment["DJANGO_SECRET_KEY"] = secrets.token_urlsafe(64)
        with served(environment) as site, _https(site, folder):
            scan = _scan(tool, folder)
    score = scan["scan"]["score"]
    print(f"{score} ({scan['scan']['grade']}), goal {GOAL}")
    for name, test in scan["tests"].items():
        print(f"  {name}: {test['result']} ({test['scoreModifier']:+d})")
    return int(score < GOAL)


def _fetched(folder: Path) -> Path:
    """Install the Observatory without what its packages would run and fetch from elsewhere."""
    flags = ["--no-save", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"]
    install = ["npm", "install", "--prefix", folder, *flags, f"{PACKAGE}@{VERSION}"]
    subprocess.run(install, check=True)
    tool = folder / "node_modules" / PACKAGE
    (tool / "conf" / "hsts-preload.json").write_text("{}")
    return tool


@contextmanager
def _https(site: str, folder: Path) -> Iterator[None]:
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, site=site))
    with subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"]) as nginx:
        try:
            wait_for("http://127.0.0.1/healthz")
            yield
        finally:
            nginx.terminate()


def _scan(tool: Path, folder: Path) -> dict[str, Any]:
    trusting = {**os.environ, "NODE_EXTRA_CA_CERTS": str(folder / "certificate.pem")}
    command = ["node", tool / "src" / "scan.js", "localhost"]
    done = subprocess.run(command, check=True, env=trusting, capture_output=True, text=True)
    scan: dict[str, Any] = json.loads(done.stdout)
    return scan


if __name__ == "__main__":
    sys.exit(main())

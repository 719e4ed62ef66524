"""The site runs as nobody, with code it cannot change, and as the unit and the container say."""

import configparser
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.server.serving import ROOT, free_port

UNIT = ROOT / ".deploy" / "explainer.service"
CONTAINER = (ROOT / ".deploy" / "Containerfile").read_text()
COPIED = re.findall(r"^COPY (?!--)(.+) \S+$", CONTAINER, re.M)
LIBRARIES = sysconfig.get_path("purelib")
SHUT = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--no-new-privs"]
SHUT += ["--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"]
# No memory that is written to may be run (prctl 65), as MemoryDenyWriteExecute has it.
NO_NEW_CODE = "import ctypes, os, sys; ctypes.CDLL(None).prctl(65, 1, 0, 0, 0); os.umask(0o77); "
NO_NEW_CODE += "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"


def _python() -> str | None:
    """Give a Python of our version that nobody may run, with our libraries; or nothing."""
    if os.geteuid() or not shutil.which("setpriv"):
        return None
    for python in (sys.executable, "/usr/bin/python3"):
        line = [*SHUT, python, "-c", NO_NEW_CODE, "-c", "import django, granian, tantivy"]
        environment = {"PYTHONPATH": LIBRARIES}
        tried = subprocess.run(line, check=False, env=environment, capture_output=True)
        if tried.returncode == 0:
            return python
    return None


@pytest.fixture
def deployed():
    """Give code that belongs to root, as the container copies it, and a folder of nobody's own.

    Not in pytest's folders: each run of pytest shuts those to everybody else.
    """
    with tempfile.TemporaryDirectory() as place:
        code, var = Path(place, "code"), Path(place, "var")
        Path(place).chmod(0o755)
        code.mkdir()
        for name in {one for line in COPIED for one in line.split()}:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, code / name)
        subprocess.run(["chmod", "-R", "a=rX,u+w", code], check=True)
        var.mkdir(mode=0o700)
        shutil.chown(var, "nobody", "nogroup")
        yield code, var


def _files(folder: Path) -> dict[Path, float]:
    return {path: path.stat().st_mtime for path in folder.rglob("*")}


def test_it_serves_as_nobody_without_capabilities_and_writes_to_one_folder(deployed):
    python = _python()
    if python is None:
        pytest.skip("needs root, setpriv, and a Python with our libraries that nobody may run")
    code, var = deployed
    before, port = _files(code), free_port()
    environment = {"VAR_DIR": str(var), "PYTHONPATH": LIBRARIES, "PYTHONDONTWRITEBYTECODE": "1"}
    line = [*SHUT, python, "-c", NO_NEW_CODE, "manage.py", "serve", "--port", str(port)]

    process = subprocess.Popen(
        [*line, "--workers", "1"], cwd=code, env=environment, start_new_session=True
    )
    try:
        page = _fetched(f"http://127.0.0.1:{port}/", process)
        status = Path(f"/proc/{process.pid}/status").read_text()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    assert b"Said and Shown" in page
    assert re.search(r"^Uid:\t65534\t65534\t65534\t65534$", status, re.M)
    assert re.search(r"^CapEff:\t0+$", status, re.M)
    assert re.search(r"^CapBnd:\t0+$", status, re.M)
    assert re.search(r"^NoNewPrivs:\t1$", status, re.M)
    assert _files(code) == before
    assert (var / "db.sqlite3").stat().st_mode & 0o077 == 0


def _fetched(address: str, process: subprocess.Popen) -> bytes:
    for _ in range(600):
        assert process.poll() is None, "It ended before it served."
        try:
            with urlopen(address, timeout=20) as answer:
                return answer.read()
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"Nothing answers at {address}")


def test_the_container_copies_what_the_site_needs_and_nobody_runs_it():
    names = {one for line in COPIED for one in line.split()}

    assert all((ROOT / name).exists() for name in names)
    assert names == {
        "manage.py", "requirements.lock", "content", "explainer", "static", "templates",
    }  # fmt: skip
    assert "--require-hashes -r requirements.lock" in CONTAINER
    assert re.search(r"^USER 65534:65534$", CONTAINER, re.M)
    assert re.findall(r"^FROM (\S+)", CONTAINER, re.M) == 2 * [
        "docker.io/library/python:3.11-slim-bookworm"
    ]


def test_the_unit_gives_the_site_nothing_but_its_folder():
    unit = configparser.RawConfigParser(strict=False, comment_prefixes=("#",))
    unit.optionxform = str
    unit.read(UNIT)
    service = unit["Service"]

    assert service["ExecStart"].endswith("manage.py serve")
    assert f"VAR_DIR={service['ReadWritePaths']}" in service["Environment"]
    assert service["ReadWritePaths"] == f"/var/lib/{service['StateDirectory']}"
    assert (service["ProtectSystem"], service["UMask"]) == ("strict", "0077")
    assert service["CapabilityBoundingSet"] == service["AmbientCapabilities"] == ""
    assert Counter(service.values())["true"] >= 15


def _said(*line: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, line)], check=False, capture_output=True, text=True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_knows_every_word_of_the_unit_and_calls_it_safe(tmp_path):
    unit = tmp_path / "explainer.service"
    program = "/srv/explainer/.venv/bin/python"
    unit.write_text(UNIT.read_text().replace(program, "/bin/true"))

    verified = _said("systemd-analyze", "verify", "--man=no", unit)
    rated = _said("systemd-analyze", "security", "--offline=true", "--no-pager", unit)

    assert not [line for line in verified.stderr.splitlines() if unit.name in line]
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", rated.stdout)
    assert level, rated.stderr
    assert float(level[1]) <= 1.5

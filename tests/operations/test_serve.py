"""`manage.py serve` refuses what would go wrong later, and runs the production server."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from explainer.operations.management.commands import serve

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "manage.py", "serve"]


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "hair.example"])  # noqa: S104
def test_a_local_site_is_not_opened_to_other_machines(host):
    cure = (
        rf"--host {re.escape(host)} is open.*DJANGO_SECRET_KEY=.*DJANGO_ALLOWED_HOSTS=.*SITE_URL="
    )

    with pytest.raises(CommandError, match=re.compile(cure, re.DOTALL)):
        serve.refuse_strangers(host, public=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_a_local_site_listens_on_loopback(host):
    assert serve.refuse_strangers(host, public=False) is None


def test_a_public_site_may_listen_anywhere():
    assert serve.refuse_strangers("0.0.0.0", public=True) is None  # noqa: S104


def test_a_taken_port_is_named_with_another_to_try(port):
    with socket.create_server(("127.0.0.1", port)):
        cure = rf"127\.0\.0\.1:{port} \(Address already in use\).*--port {port + 1}"
        with pytest.raises(CommandError, match=cure):
            serve.refuse_taken_port("127.0.0.1", port)


@pytest.mark.parametrize("number", [-1, 65_536])
def test_a_port_that_does_not_exist_is_refused(number):
    with pytest.raises(CommandError, match=rf"Cannot listen on 127\.0\.0\.1:{number}"):
        serve.refuse_taken_port("127.0.0.1", number)


@pytest.fixture
def running(tmp_path, port):
    """A site started by the command, in a folder of its own."""
    environment = {"VAR_DIR": str(tmp_path / "var"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def _fetch(port, path):
    """Give a page, as soon as the server listens; it does within a second of saying where."""
    for _ in range(100):
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.1)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as page:
        return page.read().decode()


def _lines_until(process, wanted):
    seen = []
    for line in process.stdout:
        seen.append(line)
        if wanted in line:
            break
    return "".join(seen)


def test_one_command_leads_to_a_page_and_ctrl_c_ends_it(running, port):
    said = _lines_until(running, "Ctrl-C")

    assert f"Open http://127.0.0.1:{port}/\n" in said
    assert "manage.py createsuperuser" in said
    assert f"http://127.0.0.1:{port}/" in _fetch(port, "/claims/")
    os.kill(running.pid, signal.SIGINT)
    assert running.wait(timeout=10) == 0
    assert running.stdout.read() == ""


def test_content_with_problems_is_never_served(tmp_path, port):
    broken = tmp_path / "content" / "sources"
    broken.mkdir(parents=True)
    (broken / "no-front-matter.md").write_text("Words.\n")
    places = {"VAR_DIR": str(tmp_path / "var"), "CONTENT_DIR": str(broken.parent)}

    line = [*COMMAND, "--port", str(port)]
    done = subprocess.run(line, cwd=ROOT, env=places, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "no-front-matter.md:1" in done.stdout + done.stderr
    assert "Open http" not in done.stdout


@pytest.mark.parametrize(("status", "goes_on"), [(serve.CONFLICTS, True), (1, False)])
def test_what_staff_have_to_settle_does_not_keep_the_site_from_serving(
    monkeypatch, capsys, status, goes_on
):
    def refuse(*_name, **_options):
        raise CommandError("2 files are for staff to settle.", returncode=status)

    monkeypatch.setattr(serve, "call_command", refuse)

    if goes_on:
        serve.Command()._load()
        assert "2 files are for staff to settle." in capsys.readouterr().err
    else:
        with pytest.raises(CommandError):
            serve.Command()._load()

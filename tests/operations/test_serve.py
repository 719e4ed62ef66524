"""`manage.py serve` refuses what would go wrong later, and runs the production server."""

import os
import re
import signal
import socket
import stat

import pytest
from django.core.management.base import CommandError

from explainer.operations.management.commands import serve
from tests.files.folders import SMALL, fill
from tests.operations.starts import fetch, free_port, lines_until, refused, started


@pytest.fixture
def port():
    return free_port()


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


def test_one_command_leads_to_a_page_and_ctrl_c_ends_it(tmp_path, port):
    with started(port, VAR_DIR=str(tmp_path / "var")) as running:
        said = lines_until(running, "Ctrl-C")

        assert f"Open http://127.0.0.1:{port}/\n" in said
        assert "manage.py createsuperuser" in said
        assert f"http://127.0.0.1:{port}/" in fetch(port, "/claims/")
        os.kill(running.pid, signal.SIGINT)
        assert running.wait(timeout=10) == 0
        assert running.stdout.read() == ""


def test_what_it_writes_is_its_users_alone_and_so_is_what_was_readable_before(tmp_path, port):
    var = tmp_path / "var"
    var.mkdir()
    var.chmod(0o755)
    for name in ("db.sqlite3", "pages.sqlite3", "clock.lock"):
        (var / name).touch()
        (var / name).chmod(0o644)

    with started(port, VAR_DIR=str(var)) as running:
        lines_until(running, "Ctrl-C")
        fetch(port, "/claims/")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (var, *var.iterdir())}

    made = {"db.sqlite3-wal", "db.sqlite3-shm", "pages.sqlite3-wal", "secret-key", "static"}
    assert made | {"static-fingerprint"} <= modes.keys()
    assert [name for name, mode in modes.items() if mode & 0o077] == []


def test_content_with_problems_is_never_the_first_that_is_served(tmp_path, port):
    broken = fill(tmp_path / "content", {"sources/no-front-matter.md": "Words.\n"})

    status, said = refused(port, VAR_DIR=str(tmp_path / "var"), CONTENT_DIR=str(broken))

    assert status == 1
    assert "no-front-matter.md:1" in said
    assert "Open http" not in said
    assert "Traceback" not in said


def test_a_site_that_was_public_is_served_although_a_file_is_broken_now(tmp_path, port):
    content = fill(tmp_path / "content", SMALL)
    places = {"VAR_DIR": str(tmp_path / "var"), "CONTENT_DIR": str(content)}
    report = tmp_path / "var" / "start-report.txt"
    with started(port, **places) as running:
        lines_until(running, "Ctrl-C")
    fill(content, {"pages/notes.md": "Words.\n"})

    with started(port, **places) as running:
        said = lines_until(running, "Ctrl-C")

        assert "content/pages/notes.md:1: " in said
        assert "What was public before is served." in said
        assert "Sore eyes" in fetch(port, "/claims/red-light/eye-harm/")
        assert "ready\ncontent/pages/notes.md:1: " in fetch(port, "/readyz")
        assert fetch(port, "/readyz", **{"X-Forwarded-Proto": "https"}) == "ready\n"
    fill(content, SMALL)
    with started(port, **places) as running:
        assert "What was public before" not in lines_until(running, "Ctrl-C")
        assert "content/pages" not in fetch(port, "/readyz")
    assert not report.exists()


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

"""The database file is taken away from a running server, and comes back."""

import os
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.server.changing import PAGES
from tests.server.serving import ROOT, Server

KEPT, MADE = PAGES[0], "/search/?q=words"
ENDINGS = ("", "-wal", "-shm")


def ask(server: Server, path: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def move(database: Path, away: Path) -> None:
    for ending in ENDINGS:
        if (file := Path(f"{database}{ending}")).exists():
            file.rename(f"{away}{ending}")


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="a file of SQLite")
def test_readers_get_what_was_public_last_and_nobody_an_empty_database(fresh):
    line = [sys.executable, "-m", "tests.server.changing", "prepare"]
    subprocess.run(line, cwd=ROOT, env={**os.environ, **fresh}, check=True)
    database = Path(fresh["VAR_DIR"]) / "db.sqlite3"
    away = database.with_name("away.sqlite3")

    with Server(fresh) as server:
        before = ask(server, KEPT)[1]
        assert ask(server, MADE)[0].status == 200
        move(database, away)

        answer, body = ask(server, KEPT)
        assert (answer.status, body) == (200, before)
        answer, body = ask(server, "/claims/?level=unsupported")
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "5"
        assert b"Away for a moment" in body
        assert not database.exists()

        move(away, database)
        time.sleep(2)
        assert ask(server, KEPT)[1] == before
        assert ask(server, MADE)[0].status == 200

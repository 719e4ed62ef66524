"""Readers of a real server while two hundred publishes happen: old or new, never a mix (D6)."""

import json
import os
import subprocess
import sys
from http.client import HTTPConnection
from itertools import cycle, islice
from threading import Event, Thread

from tests.server.changing import PAGES, PUBLISHES, digest
from tests.server.serving import ROOT, Server

READERS = 2
BUSY = 503


def _line(what: str) -> list[str]:
    return [sys.executable, "-m", "tests.server.changing", what]


def _read(server: Server, first: int, over: Event, seen: list[tuple[str, int, str]]) -> None:
    """Ask for one page after the other, on a connection of one's own, until all is over."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    for path in islice(cycle(PAGES), first, None):
        if over.is_set():
            break
        connection.request("GET", path)
        answer = connection.getresponse()
        seen.append((path, answer.status, digest(answer.read())))
    connection.close()


def test_every_page_read_during_two_hundred_publishes_is_whole(fresh):
    subprocess.run(_line("prepare"), cwd=ROOT, env={**os.environ, **fresh}, check=True)
    seen: list[tuple[str, int, str]] = []
    over = Event()

    with Server(fresh) as server:
        readers = [Thread(target=_read, args=(server, n, over, seen)) for n in range(READERS)]
        for reader in readers:
            reader.start()
        told = subprocess.run(
            _line("publish"), cwd=ROOT, env=server.environment, stdout=subprocess.PIPE, check=False
        )
        over.set()
        for reader in readers:
            reader.join()
    editions = [json.loads(line) for line in told.stdout.splitlines()]

    whole = {(path, edition[path]) for edition in editions for path in PAGES}
    pages = [(path, name) for path, status, name in seen if status != BUSY]
    print(f"{len(pages)} pages read, {len(seen) - len(pages)} readers asked to come back")
    assert len(editions) == PUBLISHES + 1
    assert {status for _, status, _ in seen} <= {200, BUSY}
    assert {path for path, _ in pages} == set(PAGES)
    assert set(pages) - whole == set()
    assert len(set(pages)) > PUBLISHES / 4

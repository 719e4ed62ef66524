"""Readers of a real server while two hundred publishes happen: old or new, never a mix."""

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
        result = subprocess.run(
            _line("publish"), cwd=ROOT, env=server.environment, stdout=subprocess.PIPE, check=False
        )
        over.set()
        for reader in readers:
            reader.join()
    published = [json.loads(line) for line in result.stdout.splitlines()]

    whole = {(path, 200, pages[path]) for pages in published for path in PAGES}
    print(f"{len(seen)} pages read")
    assert len(published) == PUBLISHES + 1
    assert set(seen) - whole == set()
    assert {path for path, _, _ in seen} == set(PAGES)
    assert len(set(seen)) > PUBLISHES / 4

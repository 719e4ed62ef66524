"""A power cut in the middle of a publish: wholly there or wholly absent."""

import json
import os
import random
import subprocess
import sys
import time
from threading import Thread

from tests.server.crashing import PASSWORD, PUBLISHES
from tests.server.serving import ROOT, Client, Server

THERE = ["superseded", "published", 1]
ABSENT = ["published", "in-review", 0]


def _run(what: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.server.crashing", what],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def _undisturbed(server: Server, client: Client) -> float:
    """Publish once without a kill, as the first thing a server does; give the seconds it took.

    A busy machine takes longer, and the kills have to fall in and after the middle of it.
    """
    path = f"/admin/desk/review/claims/t/case-{PUBLISHES}/"
    fields = {**client.form(path), "do": "publish"}
    began = time.monotonic()
    assert client.post(path, fields) == 302
    return time.monotonic() - began


def _cut_in(server: Server, client: Client, number: int, seconds: float) -> int:
    """Ask for a publish, kill the server after so many seconds; give the status that came, or 0."""
    path = f"/admin/desk/review/claims/t/case-{number}/"
    fields = {**client.form(path), "do": "publish"}
    came: list[int] = []
    asked = Thread(target=lambda: came.append(client.post(path, fields)))
    asked.start()
    time.sleep(seconds)
    server.kill()
    asked.join()
    return came[0]


def test_thirty_publishes_with_a_kill_in_each_are_whole_or_absent(fresh):
    _run("prepare", fresh)
    chance = random.Random(30)  # noqa: S311 - the same moments each time
    answered = {}

    with Server(fresh) as server:
        client = Client(server)
        client.log_in("publisher", PASSWORD)
        server.kill()
        server.start()
        usual = _undisturbed(server, client)
        for number in range(PUBLISHES):
            cut = usual * chance.uniform(0.05, 2)
            answered[str(number)] = _cut_in(server, client, number, cut)
            server.start()
    found = json.loads(_run("read", fresh))

    for number, state in found["states"].items():
        assert state in (THERE, ABSENT), number
        assert state == THERE or answered[number] == 0, number
    there = sum(state == THERE for state in found["states"].values())
    answers = sum(status != 0 for status in answered.values())
    print(f"{there} of {PUBLISHES} there, {PUBLISHES - there} absent, {answers} answered")
    assert 0 < there < PUBLISHES
    assert found["by_staff"] == there + 1
    assert found["site_version"] == found["changes"]
    assert (found["audit"], found["sound"]) == ([], "ok")

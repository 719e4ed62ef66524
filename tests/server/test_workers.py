"""Workers that hang, end or never begin, and a parent that is killed or told to stop twice."""

import os
import signal
import subprocess
import sys
import time
from urllib.request import build_opener

import pytest

from explainer.web.listening import server_line
from tests.server.serving import ROOT, Client, Server, free_port, until


@pytest.fixture
def two(fresh):
    """A server of two workers; nothing has to be there for it to say that it is alive."""
    with Server(fresh, workers=2) as server:
        yield server


def answers(server):
    with build_opener().open(f"{server.address}/healthz", timeout=2) as answer:
        return answer.status == 200


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_worker_that_hangs_is_replaced_and_the_other_stays(two):
    hung, other = two.workers()
    os.kill(hung, signal.SIGSTOP)

    assert until(lambda: hung not in two.workers() and len(two.workers()) == 2)
    assert other in two.workers()
    assert until(lambda: answers(two))


def test_workers_of_a_server_that_was_stopped_as_a_whole_are_left_alone(two):
    before = two.workers()

    os.killpg(two.process.pid, signal.SIGSTOP)
    time.sleep(12)  # longer than a worker may hang
    os.killpg(two.process.pid, signal.SIGCONT)

    assert until(lambda: answers(two))
    time.sleep(1)
    assert two.workers() == before


def test_kills_in_quick_succession_do_not_end_the_server(two):
    for _ in range(6):
        newest = two.workers()[-1]  # the one in the same place, each time
        os.kill(newest, signal.SIGKILL)
        assert until(lambda gone=newest: gone not in two.workers() and len(two.workers()) == 2)

    assert until(lambda: answers(two))
    assert two.process.poll() is None


def test_asked_to_begin_anew_it_replaces_its_workers_one_by_one(two):
    before = two.workers()

    two.process.send_signal(signal.SIGHUP)

    assert until(lambda: len(two.workers()) == 2 and not {*two.workers()} & {*before})
    assert until(lambda: answers(two))
    assert two.process.poll() is None


@pytest.mark.parametrize("first", [signal.SIGCONT, signal.SIGSTOP], ids=["awake", "hung"])
def test_the_death_of_the_parent_leaves_no_orphan_on_the_port(two, first):
    workers = two.workers()
    os.kill(workers[0], first)

    two.process.kill()
    two.process.wait()

    assert until(lambda: all(map(is_gone, workers)), seconds=5)
    with pytest.raises(OSError, match="Connection refused"):
        answers(two)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_again_and_again_it_stops(two, number):
    for _ in range(3_000):
        os.kill(two.process.pid, number)

    assert two.process.wait(timeout=15) == 0


def test_ctrl_c_at_a_terminal_which_reaches_the_workers_too_is_no_failure(two):
    os.killpg(two.process.pid, signal.SIGINT)

    assert two.process.wait(timeout=15) == 0


def test_a_server_whose_workers_never_begin_ends_and_says_so(fresh):
    wrong = {**os.environ, **fresh, "PUBLISH_EVERY": "soon"}
    options = {"cwd": ROOT, "env": wrong, "capture_output": True, "text": True}

    done = subprocess.run(
        server_line("127.0.0.1", free_port(), 1), check=False, timeout=60, **options
    )

    assert done.returncode == 1
    assert "PUBLISH_EVERY is 'soon'" in done.stdout + done.stderr
    assert done.stderr.endswith("No worker begins; what they said above is why. Not served.\n")


def test_what_runs_by_the_clock_runs_again_after_the_worker_that_did_it_was_killed(fresh):
    every_second = {**fresh, "PUBLISH_EVERY": "1"}
    act(fresh, "prepare", "1")

    with Server(every_second) as server:
        client = Client(server)
        assert "Because of case 0." not in client.get("/claims/t/case-0/")
        act(fresh, "schedule")
        os.kill(server.workers()[0], signal.SIGKILL)

        assert until(lambda: "Because of case 0." in client.get("/claims/t/case-0/"))


def act(environment, *words):
    line = [sys.executable, "-m", "tests.server.crashing", *words]
    subprocess.run(line, cwd=ROOT, env={**os.environ, **environment}, check=True)

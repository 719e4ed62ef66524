"""What a server does by the clock goes on, whatever one round meets."""

import fcntl

import pytest
from django.core import management
from django.core.management.base import CommandError
from django.db import OperationalError, connections

from explainer.web import scheduler


class Slept(Exception):
    """The test has seen enough rounds."""


@pytest.fixture
def rounds(monkeypatch, tmp_path):
    """Run the thread's own loop for some rounds; give what each did."""
    done = []
    monkeypatch.setattr(connections, "close_all", lambda: done.append("closed"))

    def run(*errors):
        left = iter(errors)

        def sleep(seconds):
            done.append(seconds)
            if len([one for one in done if one == seconds]) > len(errors):
                raise Slept

        def command(name, verbosity):
            done.append(name)
            if name == "publish_due" and (error := next(left)):
                raise error

        monkeypatch.setattr(scheduler.time, "sleep", sleep)
        monkeypatch.setattr(management, "call_command", command)
        with pytest.raises(Slept):
            scheduler._run(tmp_path / "clock.lock", lambda: done.append("started"), 30)
        assert done.pop(0) == "started"
        return done

    return run


def test_each_round_waits_publishes_and_closes_its_connection(rounds):
    assert rounds(None, None) == [30, "publish_due", "send_letters", "closed"] * 2 + [30]


@pytest.mark.parametrize(
    ("error", "logged"),
    [
        (CommandError("Not all that was due could be published."), ""),
        (OperationalError("no route to db.example"), "Scheduled publishing failed"),
    ],
)
def test_a_round_that_fails_is_told_and_does_not_end_the_thread(rounds, caplog, error, logged):
    assert rounds(error, None) == [30, "publish_due", "send_letters", "closed"] * 2 + [30]
    assert [record.message for record in caplog.records] == [logged] * bool(logged)


def test_one_process_of_all_does_what_is_due_and_the_next_takes_over(tmp_path, monkeypatch):
    lock, waited = tmp_path / "clock.lock", []
    other = lock.open("w")
    fcntl.flock(other, fcntl.LOCK_EX)

    def sleep(seconds):
        waited.append(seconds)
        if len(waited) == 3:
            other.close()
        if len(waited) > 3:
            raise Slept

    started = []
    monkeypatch.setattr(scheduler.time, "sleep", sleep)
    with pytest.raises(Slept):
        scheduler._run(lock, lambda: started.append(len(waited)), 30)

    assert started == [3], "only once the other one had died"

"""What a server does by the clock goes on, whatever one round meets."""

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError

from explainer.web import scheduler


class Slept(Exception):
    """The test has seen enough rounds."""


@pytest.fixture
def rounds(monkeypatch):
    """Run the thread's own loop for some rounds; give what each did."""
    done = []
    monkeypatch.setattr(scheduler.connections, "close_all", lambda: done.append("closed"))

    def run(*errors):
        left = iter(errors)

        def sleep(seconds):
            done.append(seconds)
            if len([one for one in done if one == seconds]) > len(errors):
                raise Slept

        def command(name):
            done.append(name)
            if error := next(left):
                raise error

        monkeypatch.setattr(scheduler.time, "sleep", sleep)
        monkeypatch.setattr(scheduler, "call_command", command)
        with pytest.raises(Slept):
            scheduler._run(30)
        return done

    return run


def test_each_round_waits_publishes_and_closes_its_connection(rounds):
    assert rounds(None, None) == [30, "publish_due", "closed"] * 2 + [30]


@pytest.mark.parametrize(
    ("error", "logged"),
    [
        (CommandError("Not all that was due could be published."), ""),
        (OperationalError("no route to db.example"), "Scheduled publishing failed"),
    ],
)
def test_a_round_that_fails_is_told_and_does_not_end_the_thread(rounds, caplog, error, logged):
    assert rounds(error, None) == [30, "publish_due", "closed"] * 2 + [30]
    assert [record.message for record in caplog.records] == [logged] * bool(logged)

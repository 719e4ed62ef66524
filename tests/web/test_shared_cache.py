"""Tries are counted whatever happens to Redis, and a clock that was ahead locks nobody out."""

import socket
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from shutil import which
from threading import Thread

import pytest
from django.core.cache import caches

from explainer.staff.decorators import Pace
from explainer.web import shared_cache
from tests.accounts.staff_people import log_in, pass_time, person
from tests.accounts.test_login import guess

pytestmark = pytest.mark.django_db
A_YEAR = 366 * 24 * 60


def test_who_was_locked_out_by_a_clock_a_year_ahead_gets_in(client, monkeypatch):
    person()
    with monkeypatch.context() as ahead:
        pass_time(ahead, A_YEAR)
        guess(5)
        assert log_in(client).status_code == 429

    assert log_in(client).status_code == 302


def test_a_lock_that_a_clock_a_year_ahead_left_is_no_lock(monkeypatch):
    cache = caches["default"]
    with monkeypatch.context() as ahead:
        pass_time(ahead, A_YEAR)
        assert cache.add("lock", 1, 10)

    assert cache.add("lock", 1, 10)
    assert not cache.add("lock", 1, 10)


def test_a_spell_that_a_clock_ahead_began_is_over():
    pace, now = Pace(most=1, seconds=10), datetime.now(UTC)
    pace.wait("ann", now + timedelta(days=366))

    assert pace.wait("ann", now) == 0


@pytest.fixture
def redis(tmp_path, settings, monkeypatch):
    """A Redis of this test's own on a socket in its folder, as the site's cache."""
    if which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    place = tmp_path / "redis"
    line = ["redis-server", "--port", "0", "--unixsocket", str(place), "--save", "", "--dir"]
    process = subprocess.Popen([*line, str(tmp_path)], stdout=subprocess.DEVNULL)
    while not place.exists():
        assert process.poll() is None
        time.sleep(0.02)
    # A busy machine is no slow Redis.
    monkeypatch.setattr(shared_cache, "WAIT", 5)
    monkeypatch.setattr(shared_cache, "MOST", 50)
    use(settings, monkeypatch, f"unix://{place}")
    yield process
    process.kill()
    process.wait()


def use(settings, monkeypatch, address):
    monkeypatch.setattr(shared_cache, "_away_until", [0.0])
    place = {"BACKEND": "explainer.web.shared_cache.RedisOrTable", "LOCATION": address}
    settings.CACHES = {"default": place, "table": settings.TABLE}


def keys():
    return caches["default"]._cache.get_client().keys()


def test_tries_are_counted_in_redis_and_not_in_the_table(redis):
    person()
    guess(4)

    assert any(b"password_by_name" in key for key in keys())
    assert caches["table"].get_many([key.decode()[3:] for key in keys()]) == {}
    guess(1)
    assert guess(1).status_code == 429


def test_a_redis_that_is_killed_opens_no_limit(redis):
    person()
    guess(5)
    redis.kill()
    redis.wait()

    answers = [guess(1).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_a_redis_that_comes_back_is_used_again(redis, monkeypatch):
    caches["default"].set("word", 1)
    monkeypatch.setattr(shared_cache, "_away_until", [time.monotonic() + 60])
    assert caches["default"].get("word") is None

    monkeypatch.setattr(shared_cache, "_away_until", [0.0])
    assert caches["default"].get("word") == 1


def test_what_somebody_else_wrote_into_redis_is_not_read(redis):
    caches["default"].set("word", [1.0])
    caches["default"]._cache.get_client(write=True).set(keys()[0], b"\x80\x05rubbish" * 9)
    caches["table"].set("word", [2.0])

    assert caches["default"].get("word") == [2.0]


@pytest.fixture(params=["silent", "rubbish", "slow"])
def false_redis(request, tmp_path, settings, monkeypatch):
    """Something that takes connections in place of Redis; gives what it was asked so far."""
    asked = []

    def answer(connection):
        # Whoever asked may be gone by then.
        with connection, suppress(OSError):
            while data := connection.recv(4096):
                asked.append(data)
                if request.param == "rubbish":
                    connection.sendall(b"<html>\r\n" * 20)
                elif request.param == "slow":
                    time.sleep(shared_cache.WAIT * 0.6)
                    connection.sendall(b"$-1\r\n")

    def listen():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            Thread(target=answer, args=(connection,), daemon=True).start()

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "false"))
        listener.listen()
        Thread(target=listen, daemon=True).start()
        use(settings, monkeypatch, f"unix://{tmp_path / 'false'}")
        yield asked


def test_a_redis_that_is_silent_slow_or_talks_rubbish_is_soon_left_alone(false_redis):
    person()

    answers = [guess(1).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]
    # Six log-ins ask more than a hundred times.
    assert 1 <= len(false_redis) <= 12

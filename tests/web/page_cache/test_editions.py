"""Which edition is public is asked of a database that may be there, away, or silent."""

import socket
from threading import Thread

import pytest

from explainer.web.page_cache.editions import PostgreSQLEdition

psycopg = pytest.importorskip("psycopg", reason="PostgreSQL is an extra")


@pytest.fixture
def silent():
    """A machine that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host, port = listening.getsockname()
        yield PostgreSQLEdition({"host": host, "port": port, "dbname": "site"}, "SELECT 1")


def test_nobody_waits_for_the_one_who_finds_out_whether_the_database_is_back(silent):
    assert silent.current() is None
    silent._asked_again_at = 0.0  # a second later
    finding_out = Thread(target=silent.current)
    finding_out.start()
    while not silent._lock.locked():
        pass

    assert [silent.current() for _ in range(50)] == [None] * 50
    assert finding_out.is_alive()
    finding_out.join()

"""PostgreSQL is stopped under a running server, and comes back."""

import os
import signal
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request

import pytest

from tests.server.clusters import cluster
from tests.server.crashing import PASSWORD
from tests.server.serving import ROOT, Client, Server, until

KEPT, MADE, DESK = "/claims/t/case-0/", "/claims/?level=unsupported", "/admin/"
EDIT = "/admin/desk/edit/claims/t/case-1/"
BACK_WITHIN = 1


@pytest.fixture(scope="module")
def postgresql():
    with cluster() as running:
        yield running


@pytest.fixture(scope="module")
def place(postgresql, tmp_path_factory):
    """A site with two public claims, each with a version that waits."""
    folder = tmp_path_factory.mktemp("site")
    variables = {"VAR_DIR": str(folder), "DATABASE_URL": postgresql.url, "SITE_URL": ""}
    line = [sys.executable, "-m", "tests.server.crashing", "prepare", "2"]
    subprocess.run(line, cwd=ROOT, env={**os.environ, **variables}, check=True)
    return {**variables, "DJANGO_ALLOWED_HOSTS": ""}


def ask(client, path, fields=None):
    """Give status, headers and page of whatever answer."""
    sent = None if fields is None else urlencode(fields).encode()
    address = client.server.address
    try:
        answer = client.opener.open(Request(address + path, sent, {"Origin": address}), timeout=20)
    except HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.headers, answer.read().decode()


def publish_form(client):
    return {**client.form("/admin/desk/review/claims/t/case-0/"), "do": "publish"}


def test_readers_read_on_staff_are_told_to_wait_and_all_is_back_within_a_second(postgresql, place):
    with Server(place, workers=2) as server:
        client = Client(server)
        client.log_in("publisher", PASSWORD)
        before, form = ask(client, KEPT), publish_form(client)
        assert before[0] == ask(client, MADE)[0] == ask(client, DESK)[0] == 200

        with postgresql.stopped():
            for _ in range(8):  # each worker is asked, with the connection it had and without
                assert ask(client, KEPT)[::2] == before[::2]
                for path in (MADE, DESK):
                    refused_for_a_moment(*ask(client, path))
            assert ask(client, "/healthz")[0] == 200
            status, _, said = ask(client, "/readyz")
            assert (status, said[:10]) == (503, "not ready\n")
            assert "The database cannot be read" in said

        time.sleep(BACK_WITHIN)
        for _ in range(8):
            for path in (KEPT, MADE, DESK, "/readyz"):
                assert ask(client, path)[0] == 200, path
        assert ask(client, "/admin/desk/review/claims/t/case-0/", form)[0] == 302
        for _ in range(8):
            assert "Because of case 0." in ask(client, KEPT)[2]


def refused_for_a_moment(status, headers, page):
    assert (status, headers["Retry-After"]) == (503, "5")
    assert "Away for a moment" in page
    assert "Traceback" not in page


def test_a_worker_that_begins_meanwhile_answers_with_what_was_public_last(postgresql, place):
    with Server(place) as server:
        client = Client(server)
        before, first = ask(client, KEPT), server.workers()
        with postgresql.stopped():
            os.kill(first[0], signal.SIGKILL)
            assert until(lambda: server.workers() not in ([], first) and ask(client, KEPT))
            assert ask(client, KEPT)[::2] == before[::2]
            refused_for_a_moment(*ask(client, MADE))

        time.sleep(BACK_WITHIN)
        assert ask(client, MADE)[0] == 200


def test_a_text_that_was_sent_meanwhile_comes_back_to_be_sent_again(postgresql, place):
    with Server(place) as server:
        client = Client(server)
        client.log_in("author", PASSWORD)
        fields = {**client.form(EDIT), "why": "Words of a long evening."}

        with postgresql.stopped():
            status, headers, page = ask(client, EDIT, fields)

        assert (status, headers["Retry-After"]) == (503, "5")
        assert "Nothing has been saved yet." in page
        assert "Words of a long evening." in page
        assert 'value="Send again"' in page

"""The disk of the database is full: staff are told so, keep their words, and go on afterwards."""

import os
import subprocess
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request

import lxml.html
import pytest

from tests.disks import disk
from tests.server.crashing import PASSWORD
from tests.server.serving import ROOT, Client, Server

LOGIN, TEXT = "/admin/account/login/", "/admin/desk/edit/treatments/t/"
START = TEXT.replace("edit", "start")
WORDS = "Words that took an hour."
pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="a file of SQLite")


@pytest.fixture
def small(fresh, tmp_path):
    """A disk with a filled database, and the environment that leads there."""
    with disk(tmp_path / "small", 40) as found:
        fresh["DATABASE_URL"] = f"sqlite:///{found.path}/db.sqlite3"
        line = [sys.executable, "-m", "tests.server.crashing", "prepare"]
        subprocess.run(line, cwd=ROOT, env={**os.environ, **fresh}, check=True)
        yield found


def form_at(client, address):
    """Give the fields of the form on the editor's page that is sent to an address."""
    forms = lxml.html.fromstring(client.get(TEXT)).forms
    return dict(next(form for form in forms if form.action == address).form_values())


def send(client, path, fields):
    """Give status and page of a form that was sent."""
    origin = client.server.address
    request = Request(origin + path, urlencode(fields).encode(), {"Origin": origin})
    try:
        answer = client.opener.open(request, timeout=30)
    except HTTPError as error:
        answer = error
    return answer.status, answer.read().decode()


def test_log_in_and_a_save_say_so_and_go_on_once_there_is_room(small, fresh):
    with Server(fresh) as server:
        author, stranger = Client(server), Client(server)
        author.log_in("author", PASSWORD)
        assert author.post(START, form_at(author, START)) == 302
        text = {**form_at(author, TEXT), "body": WORDS, "save": "1"}
        entrance = {**stranger.form(LOGIN), "login": "reviewer", "password": PASSWORD}
        small.fill()

        status, page = send(stranger, LOGIN, entrance)
        assert (status, "Too many tries" in page) == (503, False)
        assert "The disk of the server is full" in page
        status, page = send(author, TEXT, text)
        assert (status, "The disk of the server is full" in page) == (503, True)
        assert WORDS in page
        assert "Your drafts" in author.get("/admin/")

        small.make_room()
        assert send(stranger, LOGIN, entrance)[0] == 302
        assert send(author, TEXT, text)[0] == 302
        assert WORDS in author.get(TEXT)

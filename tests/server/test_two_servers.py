"""Two machines on one PostgreSQL: what one publishes, the other shows at the next request."""

import os
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.server.crashing import PASSWORD
from tests.server.serving import ROOT, Client, Server

POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
CLAIM, REVIEW = "/claims/t/case-0/", "/admin/desk/review/claims/t/case-0/"
WORDS = b"Because of case 0."


def read(server: Server) -> bytes:
    return bytes(urlopen(server.address + CLAIM, timeout=20).read())


@pytest.mark.skipif(not POSTGRESQL, reason="two machines share a server, not a file")
def test_what_one_publishes_the_other_shows_at_the_next_request(fresh, tmp_path):
    line = [sys.executable, "-m", "tests.server.crashing", "prepare"]
    places = [{**fresh, "VAR_DIR": str(tmp_path / name)} for name in ("one", "two")]
    for place in places:
        place["DJANGO_SECRET_KEY"] = "the same on both machines, as sessions ask for it " * 2
    subprocess.run(line, cwd=ROOT, env={**os.environ, **places[0]}, check=True)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    subprocess.run(collect, cwd=ROOT, env={**os.environ, **places[1]}, check=True)

    with Server(places[0]) as one, Server(places[1]) as two:
        publisher = Client(one)
        publisher.log_in("publisher", PASSWORD)
        before = [read(two) for _ in range(3)]
        assert publisher.post(REVIEW, {**publisher.form(REVIEW), "do": "publish"}) == 302

        assert WORDS in read(two)
        assert not any(WORDS in page for page in before)
        assert WORDS in read(one)

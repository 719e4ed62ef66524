"""A review page takes no lock: whoever writes meanwhile is not kept waiting."""

import json
import os
import subprocess
import sys

from tests.server.serving import ROOT


def test_a_save_does_not_wait_for_a_review_page_that_is_being_made(fresh):
    line = [sys.executable, "-m", "tests.server.reviewing"]
    environment = {**os.environ, **fresh}

    done = subprocess.run(line, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)

    found = json.loads(done.stdout)
    assert found["answers"] == [[200, True]]
    assert found["seconds"] < 2

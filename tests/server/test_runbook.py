"""Every block of the runbook is run as it stands, in order, and does what the runbook says."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import NamedTuple

import pytest
from django.core.management import get_commands

from tests.server import backing
from tests.server.serving import ROOT, Server

RUNBOOK = (ROOT / "explainer/operations/RUNBOOK.md").read_text()
PART = re.compile(r"^## (?P<title>[^\n]+)$|^```(?P<language>\w*)\n(?P<block>.*?)^```$", re.M | re.S)
REASON = "It left a warning out."
NAMES = {
    "SUBJECT": "articles/t/safety", "REASON": REASON, "PUBLISHER": "pia", "PERSON": "bea",
    "DJANGO_SECRET_KEY": "a9Z" * 30,
}  # fmt: skip


class Block(NamedTuple):
    """A block of the runbook, below the title it stands under."""

    title: str
    language: str
    text: str


def blocks() -> Iterator[Block]:
    title = "Before"
    for found in PART.finditer(RUNBOOK):
        if found["title"]:
            title = found["title"]
        else:
            yield Block(title, found["language"], found["block"])


BLOCKS = list(blocks())


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """The environment of a site that something happened to, and that of an empty machine."""
    folder = tmp_path_factory.mktemp("runbook")
    with ExitStack() as stack:
        site = stack.enter_context(backing.place(folder / "site"))
        empty = stack.enter_context(backing.place(folder / "empty"))
        led = {"EMPTY_VAR": empty["VAR_DIR"], "EMPTY_DATABASE": empty["DATABASE_URL"]}
        here = {**site, **NAMES, **led, "BACKUPS": str(folder / "backups")}
        line = [sys.executable, "-m", "tests.server.incident"]
        subprocess.run(line, cwd=ROOT, env={**os.environ, **here}, check=True)
        yield here, {**empty, "DJANGO_SECRET_KEY": NAMES["DJANGO_SECRET_KEY"]}


@pytest.fixture(scope="module")
def said(places) -> dict[str, str]:
    """What the blocks under each title said, all run in order; the first that fails ends it."""
    found: dict[str, str] = {}
    for block in BLOCKS:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.text],
            cwd=ROOT, env={**os.environ, **places[0]}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{block.title}:\n{block.text}\n{done.stdout}{done.stderr}"
        found[block.title] = found.get(block.title, "") + done.stdout
    return found


def test_all_that_is_fenced_is_run():
    assert RUNBOOK.count("```") == 2 * len(BLOCKS)
    assert {block.language for block in BLOCKS} == {"sh"}
    assert len(BLOCKS) >= 8


def test_every_command_that_it_names_exists():
    named = set(re.findall(r"manage\.py ([a-z_]+)", RUNBOOK))

    assert len(named) > 10
    assert named <= {*get_commands()}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Before", "the audit log is whole"),
        ("Incident with clinical impact", "articles/t/safety is withdrawn"),
        ("Lock out a person", "bea cannot log in any more. Sessions ended: 1."),
        ("Read-only", "nothing is published"),
        ("Change the secret", "Sealed with the secret of today: 2."),
        ("Upgrade", "Checked:"),
        ("Restore", "The audit log is whole, and names this restore."),
    ],
)
def test_each_part_does_what_it_says(said, title, words):
    assert words in said[title]


def test_what_was_withdrawn_stays_withdrawn_on_the_restored_site(said, places):
    with Server(places[1]) as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/t/safety/")
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()

    assert answer.status == 410
    assert REASON in body

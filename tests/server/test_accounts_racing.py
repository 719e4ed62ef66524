"""Two administrators who demote each other in the same moment: one is left.

`python -m tests.server.test_accounts_racing` with two names is one of the two.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.server.serving import ROOT

PEOPLE = ("ann", "bob")
WAIT = 60
DONE, REFUSED = "302", "200 last"


def test_of_two_demotions_at_once_one_is_refused(fresh) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "explainer.settings", **fresh}

    assert _run(environment, "prepare") == "2"
    answers = _race(environment)

    assert sorted(answers) == [REFUSED, DONE]
    assert _run(environment, "count") == "1"


def _race(environment: dict[str, str]) -> list[str]:
    """Let each demote the other; give what each was answered."""
    pairs = (PEOPLE, PEOPLE[::-1])
    running = [
        subprocess.Popen(
            _line(*pair), cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for pair in pairs
    ]  # fmt: skip
    try:
        assert [process.stdout.readline().strip() for process in running] == ["ready", "ready"]
        with _both_wait_before_they_end(environment["DATABASE_URL"]):
            for process in running:
                process.stdin.write("go\n")
                process.stdin.flush()
        return [process.communicate(timeout=WAIT)[0].strip() for process in running]
    finally:
        for process in running:
            process.kill()
            process.communicate()


@contextmanager
def _both_wait_before_they_end(database: str):
    """Hold the end of the audit log until both wait for it, or one for the other.

    Both have decided by then, unless one made the other wait before it could. SQLite lets
    one write at a time from the beginning, and has nothing to hold.
    """
    if not database.startswith("postgres"):
        yield
        return
    import psycopg

    with psycopg.connect(database) as holder, psycopg.connect(database, autocommit=True) as eye:
        holder.execute("SELECT * FROM library_audithead FOR UPDATE")
        yield
        waiting, until = 0, time.monotonic() + WAIT
        while waiting < len(PEOPLE) and time.monotonic() < until:
            time.sleep(0.02)
            waiting = eye.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND wait_event_type = 'Lock'"
            ).fetchone()[0]
        assert waiting == len(PEOPLE), "They did not meet."


def _line(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.server.test_accounts_racing", *arguments]


def _run(environment: dict[str, str], what: str) -> str:
    line = _line(what)
    return subprocess.check_output(line, cwd=ROOT, env=environment, text=True).strip()


def _prepare() -> None:
    from django.core.management import call_command

    from tests.accounts.staff_people import person

    call_command("migrate", verbosity=0)
    for name in PEOPLE:
        person(name, "administrator")


def _demote(me: str, other: str) -> None:
    from django.contrib.auth.models import User

    from explainer.accounts.forms import LAST
    from tests.accounts.staff_people import change, fresh

    client = fresh(User.objects.get(username=me))
    them = User.objects.get(username=other)
    print("ready", flush=True)
    sys.stdin.readline()
    answer = change(client, them)
    form = (answer.context or {}).get("adminform")
    refused = form and LAST in form.form.non_field_errors()
    print(answer.status_code, *(["last"] if refused else []))


def _as_somebody(names: list[str]) -> None:
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    from tests.conftest import pytest_configure

    pytest_configure()
    from explainer.accounts.models import administrators

    if len(names) == len(PEOPLE):
        _demote(*names)
        return
    if names == ["prepare"]:
        _prepare()
    print(administrators().count())


if __name__ == "__main__":
    _as_somebody(sys.argv[1:])

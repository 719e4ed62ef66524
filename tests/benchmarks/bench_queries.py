"""How many SQL statements the main walks take, on all of content/ in a fresh SQLite database.

Run: .venv/bin/python -m tests.benchmarks.bench_queries
Prints the table of README.md beside it and exits with 1 if a walk takes more than its goal.
Statements that begin or end a transaction are left out: they read and write nothing.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from typing import NamedTuple

CLAIM = "claims/mesotherapy/overall-safety"
SUBMITTED = "claims/mesotherapy/scalp-abscess"
TRANSACTION = ("BEGIN", "COMMIT", "PRAGMA", "RELEASE", "ROLLBACK", "SAVEPOINT")


class Walk(NamedTuple):
    """Something that people do, and the most statements it is meant to take."""

    goal: int | None
    take: Callable[[], object]
    writes: bool = False


def main() -> None:
    """Fill a site, take every walk twice, and count the second time."""
    missed = []
    print("| Walk | Statements | of them writes | Goal |\n|---|---|---|---|")
    for name, walk in walks().items():
        walk.take()
        verbs = [verb for verb in statements(walk.take) if verb not in TRANSACTION]
        writes = sum(verb != "SELECT" for verb in verbs)
        goal = "" if walk.goal is None else f"{walk.goal}{'' if walk.writes else ', all reads'}"
        print(f"| {name} | {len(verbs)} | {writes} | {goal} |")
        if len(verbs) > (walk.goal or len(verbs)) or (writes and not walk.writes):
            missed.append(name)
    sys.exit(f"More than the goal: {', '.join(missed)}" if missed else 0)


def walks() -> Mapping[str, Walk]:
    """Give the walks, on a site where two people have begun some work."""
    from django.test import Client

    from tests.library import people, shelf

    ana, ben = (people.staff(name, *people.ALL) for name in ("ana", "ben"))
    draft = people.drafted(shelf.document(CLAIM), ana)
    people.submitted(shelf.document(SUBMITTED), ana)
    reader, author, reviewer = Client(), Client(), Client()
    author.force_login(ana)
    reviewer.force_login(ben)
    return {
        "Save a draft of a claim (`drafts.save`)": Walk(14, lambda: save(draft, ana), writes=True),
        "The same by its form, session and answer included": Walk(
            None, lambda: post(author, draft), writes=True
        ),
        "Open the form of a claim": Walk(15, lambda: ask(author, f"/admin/desk/edit/{CLAIM}/")),
        "Dashboard": Walk(20, lambda: ask(author, "/admin/")),
        "Review page of a claim": Walk(
            30, lambda: ask(reviewer, f"/admin/desk/review/{SUBMITTED}/")
        ),
        "Article page": Walk(8, lambda: ask(reader, "/mesotherapy/safety/")),
    }


def save(draft, actor) -> None:
    """Save other words of a draft."""
    from explainer.library import drafts
    from tests.library import people

    fields = {"why": f"[Save {draft.lock_version}.](background:)"}
    step = {"revision": draft, "expected": draft.lock_version, "actor": actor, "now": people.AT}
    drafts.save(fields=fields, **step)


def post(client, draft) -> None:
    """Post the form of a draft with other words."""
    from tests.staff.rows import at, posted

    why = f"[Form {draft.lock_version}.](background:)"
    response = client.post(at("edit", CLAIM), posted(draft, why=why, save="1"))
    assert response.status_code == 302, response.status_code
    draft.lock_version += 1


def ask(client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"


def statements(walk: Callable[[], object]) -> list[str]:
    """Give the first word of every statement that a walk sends to the database."""
    from django.db import connection

    verbs: list[str] = []

    def note(execute, sql, *rest):
        verbs.append(sql.split(maxsplit=1)[0])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        walk()
    return verbs


def with_real_content() -> None:
    """Set Django up as for a test, and fill the empty database of VAR_DIR."""
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    from tests.conftest import pytest_configure

    pytest_configure()
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "explainer.settings", "DATABASE_URL": ""}
        os.environ["VAR_DIR"] = folder
        with_real_content()
        main()

"""Somebody saves while a review page is being made, each on a connection of their own.

`python -m tests.server.reviewing`, with DATABASE_URL leading to a fresh database, prints what
came of it as JSON.
"""

import json
import os
import time
from threading import Event, Thread
from unittest.mock import patch


def _prepare() -> list:
    """Fill the database; give two drafts of ana's."""
    from django.core.management import call_command

    from explainer.web.staticfiles import collect
    from tests.library import people

    call_command("migrate", verbosity=0)
    collect()
    ana = people.staff("ana", "author")
    return [people.drafted(people.public_claim(slug), ana) for slug in ("hope", "other")]


def _look_and_save() -> dict[str, object]:
    """Stop in the middle of a review page until somebody else has saved another draft."""
    from django.db import connection
    from django.test import Client

    from explainer.editor import impact
    from explainer.library import drafts
    from tests.library import people, shelf

    seen, other = _prepare()
    client, answers = Client(), []
    client.force_login(people.staff("ben", "author"))
    middle, done = Event(), Event()
    all_problems = impact.all_problems

    def wait_in_the_middle(*positional: object, **named: object) -> object:
        middle.set()
        done.wait(30)
        return all_problems(*positional, **named)

    def look() -> None:
        response = client.get(f"/admin/desk/review/{seen.subject}/")
        answers.append((response.status_code, response.context["impact"] is not None))
        connection.close()

    with patch.object(impact, "all_problems", wait_in_the_middle):
        reader = Thread(target=look)
        reader.start()
        middle.wait(30)
        began = time.monotonic()
        fields = {"why": "[Saved meanwhile.](background:)"}
        drafts.save(revision=other, expected=1, fields=fields, actor=other.author, now=shelf.NOON)
        seconds = time.monotonic() - began
        done.set()
        reader.join()
    return {"answers": answers, "seconds": seconds}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    print(json.dumps(_look_and_save()))

"""Two hundred publishes in a process of its own, and what each page is after each of them."""

import hashlib
import json
import os
import sys
from datetime import timedelta
from functools import partial

PUBLISHES = 200
PAGES = ("/", "/t/safety/", "/claims/t/hope/", "/claims/", "/changes/", "/changes.atom")


def digest(page: bytes) -> str:
    """Name a page by all its bytes."""
    return hashlib.sha256(page).hexdigest()


def prepare() -> None:
    """A site of one treatment, as it is before the first of the publishes."""
    from django.core.management import call_command

    from explainer.web.staticfiles import collect
    from tests.public import shop

    collect()
    call_command("migrate", verbosity=0)
    shop.build()


def publish() -> None:
    """Publish again and again; print the digests of all pages before, between and after."""
    _print_digests()
    for number in range(PUBLISHES):
        _publish(number)
        _print_digests()


def _publish(number: int) -> None:
    """Change a claim, the texts that show it and its source in one step, as a load does."""
    from explainer.kinds import TREATMENT
    from explainer.library import publishing
    from tests.library import shelf

    claim = shelf.claim_draft(
        statement=f"The treatment may help some hair, in case {number}.",
        positions=[shelf.position(("plausible", "under-investigation")[number % 2])],
    )
    body = f"## Case {number}\n\n[](claim:t/hope)"
    revisions = [
        shelf.source_draft(title=f"Clinic {number}"),
        shelf.draft(TREATMENT, "t", **{**shelf.TREATMENT_FIELDS, "body": body}),
        claim,
        *(shelf.article_draft(key, body) for key in ("home", "t/safety")),
    ]
    now = shelf.NOON + timedelta(minutes=1 + number)
    publishing.publish(revisions=revisions, actor=None, reason=f"Change {number}", now=now)


def _print_digests() -> None:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    print(json.dumps({path: digest(client.get(path).content) for path in PAGES}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    once = partial(_publish, 1)
    {"prepare": prepare, "publish": publish, "once": once}[sys.argv[1]]()

"""Two hundred publishes in a process of its own, and what each page is after each of them."""

import hashlib
import json
import os
import sys
from datetime import timedelta

PUBLISHES = 200
PAGES = ("/", "/t/safety/", "/claims/t/hope/", "/claims/", "/changes/", "/changes.atom")


def digest(page: bytes) -> str:
    """Name a page by all its bytes."""
    return hashlib.sha256(page).hexdigest()


def prepare() -> None:
    """A site of one treatment, as it is before the first of the publishes."""
    from django.core.management import call_command

    from explainer.web.statics import collect
    from tests.public import shop

    collect()
    call_command("migrate", verbosity=0)
    shop.build()


def publish() -> None:
    """Publish again and again; print the digests of all pages before, between and after."""
    _tell()
    for number in range(PUBLISHES):
        _publish(number)
        _tell()


def _publish(number: int) -> None:
    """Change a claim, the texts that show it and its source in one step, as a load does."""
    from django.db import transaction

    from explainer.library import publishing
    from explainer.library.models import Source
    from tests.library import shelf

    at = shelf.NOON + timedelta(minutes=1 + number)
    reason = f"Change {number}"
    with transaction.atomic():
        source = Source.objects.get(key="clinic-a")
        source.title = f"Clinic {number}"
        publishing.revise(rows=[source], by=None, reason=reason, at=at)
        claim = shelf.claim_draft(
            statement=f"The treatment may help some hair, in case {number}.",
            level=("plausible", "under-investigation")[number % 2],
        )
        body = f"## Case {number}\n\n[](claim:t/hope)"
        articles = [shelf.article_draft(key, body) for key in ("home", "t", "t/safety")]
        publishing.publish(versions=[claim, *articles], by=None, reason=reason, at=at)


def _tell() -> None:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    print(json.dumps({path: digest(client.get(path).content) for path in PAGES}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    {"prepare": prepare, "publish": publish}[sys.argv[1]]()

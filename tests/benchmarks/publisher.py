"""Publishes one article again and again: `python -m tests.benchmarks.publisher TIMES SECONDS`.

TIMES is how often a second. Says "ready" once it can begin, and at the end how often it did.
"""

import os
import sys
import time
from contextlib import suppress


def main(times: float, seconds: float) -> None:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from explainer.kinds import ARTICLE
    from explainer.library import drafts, publishing
    from explainer.library.models import Document

    article = Document.objects.get(kind=ARTICLE, key="mesotherapy/faq")
    writer, _ = User.objects.get_or_create(username="writer")
    print("ready", flush=True)
    done, began = 0, time.monotonic()
    while time.monotonic() < began + seconds:
        now, fields = timezone.now(), dict(article.live.fields)
        draft = drafts.begin(article, fields, writer, now, "start")
        publishing.publish(revisions=[draft], actor=None, reason=f"Number {done}", now=now)
        done += 1
        time.sleep(max(began + done / times - time.monotonic(), 0))
    with suppress(BrokenPipeError):  # who started it has seen enough
        print(f"{done} in {seconds} s", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    main(*map(float, sys.argv[1:]))

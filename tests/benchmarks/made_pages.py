"""What a page that is not kept takes, made by Django; and what publishing and loading take.

Run: .venv/bin/python -m tests.benchmarks.made_pages
Fills a fresh SQLite database with all of content/ (or the empty one of DATABASE_URL) and asks
Django itself, past the page cache. Milliseconds of CPU. "First" is the first time in this process,
with other pages made before; "again" the median of ROUNDS after it, as after a publishing. The
measure of the machine, printed first, is what ten million additions take.
Exits with 1 if a goal is missed.
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

ROUNDS = 15
GOAL = 25.0  # milliseconds of CPU for a page, or for publishing one
AGAIN = 0.02  # of parsing: a load that finds every file as it was
WARM = ("/msc-therapy/safety/", "/claims/msc-therapy/adding-prp/", "/changes/")
PAGES = {
    "article, the longest": "/mesotherapy/faq/",
    "article, `/mesotherapy/safety/`": "/mesotherapy/safety/",
    "`/compare/`": "/compare/",
    "the list of claims": "/claims/",
    "a claim": "/claims/mesotherapy/overall-safety/",
    "home": "/",
}


def milliseconds(step: Callable[[], object]) -> float:
    start = process_time()
    step()
    return 1000 * (process_time() - start)


def several(step: Callable[[], object], rounds: int = ROUNDS) -> float:
    return median(milliseconds(step) for _ in range(rounds))


def additions() -> None:
    total = 0
    for number in range(10_000_000):
        total += number


def asking(application: Callable | None = None) -> Callable[[str], None]:
    """Give what asks Django for an address, or another application, as a server would."""
    from django.core.wsgi import get_wsgi_application

    application = application or get_wsgi_application()

    def ask(address: str) -> None:
        request = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "QUERY_STRING": "",
            "HTTP_HOST": "127.0.0.1",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        told: list[str] = []
        answer = application(request, lambda status, _headers, _error=None: told.append(status))
        b"".join(answer)
        getattr(answer, "close", lambda: None)()
        if told != ["200 OK"]:
            raise SystemExit(f"{address} answered {told}.")

    return ask


def pages(missed: list[str]) -> None:
    ask = asking()
    for address in WARM:
        ask(address)
    print("| Page | first | again | Goal |\n|---|---|---|---|")
    for name, address in PAGES.items():
        first = milliseconds(lambda at=address: ask(at))
        again = several(lambda at=address: ask(at))
        print(f"| {name} | {first:.1f} | {again:.1f} | {GOAL:.0f} |")
        missed += [name] if again > GOAL else []


def publishing(missed: list[str]) -> None:
    """Publish one article again and again with other words, as a load does, and as staff do."""
    from explainer.library import publishing as library
    from explainer.library import workflow
    from tests.library import people, shelf

    ana, ben = (people.staff(name, *people.ALL) for name in ("ana", "ben"))
    document, now = shelf.document("articles/mesotherapy/safety"), people.AT + timedelta(days=400)
    body = document.live.fields["body"]

    def drafted():
        live = shelf.document(document.subject).live
        told = f"\n\n::: background\nThis is edition {live.number + 1}.\n:::\n"
        return document.revisions.create(
            number=live.number + 1,
            fields={**live.fields, "body": body + told},
            created_at=now,
            changed_on=live.changed_on,
        )

    def loaded() -> float:
        words = {"actor": None, "reason": "Measured.", "now": now}
        draft = drafted()
        return milliseconds(lambda: library.publish(revisions=[draft], **words))

    def by_staff() -> float:
        made = people.approved(document, ana, ben)
        step = {"expected": [made.lock_version], "actor": ben, "now": people.AT}
        return milliseconds(lambda: workflow.publish(revisions=[made], **step))

    print("\n| Publishing one article | CPU | Goal |\n|---|---|---|")
    # First, for the words that `loaded` adds would not pass what staff's are held to.
    took = median(by_staff() for _ in range(5))
    print(f"| by staff, judged once more (`workflow.publish`) | {took:.1f} | |")
    took = median(loaded() for _ in range(ROUNDS))
    print(f"| in the library (`publishing.publish`) | {took:.1f} | {GOAL:.0f} |")
    missed += ["publishing"] if took > GOAL else []


def loading(missed: list[str], parsed: float) -> None:
    from django.conf import settings
    from django.core.management import call_command

    again = several(lambda: call_command("load_content", verbosity=0), 3)
    files = sum(1 for _ in Path(settings.CONTENT_DIR).rglob("*.md"))
    print(f"\n| Loading {files} files | CPU | of parsing |\n|---|---|---|")
    print(f"| read and checked | {parsed:.0f} | |")
    print(f"| loaded when nothing changed | {again:.0f} | {again / parsed:.3f} (goal {AGAIN}) |")
    missed += ["loading again"] if again > AGAIN * parsed else []


def main() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from explainer.files.check import check
    from explainer.web.staticfiles import collect

    missed: list[str] = []
    print(f"Ten million additions: {milliseconds(additions) / 1000:.2f} s\n")
    call_command("migrate", verbosity=0)
    parsed = milliseconds(lambda: check(Path(settings.CONTENT_DIR)))
    call_command("load_content", verbosity=0)
    collect()
    pages(missed)
    loading(missed, parsed)
    publishing(missed)
    sys.exit(f"More than the goal: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "explainer.settings", "VAR_DIR": folder}
        import django

        django.setup()
        main()

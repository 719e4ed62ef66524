"""A site to back up, people who write to it meanwhile, and what is there after a restore.

`python -m tests.server.backing prepare|write NAME|read` runs in a process of its own.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.server.serving import ROOT

WRITERS = ("bea", "cem")
STOP = "stop"
PASSWORD = "hunter/2"
IS_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
IN_SESSION, IN_CACHE = "logged-in-marker", "counted-marker"
Place = dict[str, str]


@contextmanager
def place(folder: Path, password: str = "") -> Iterator[Place]:
    """Lead to an empty site: a folder and, if DATABASE_URL says PostgreSQL, a new database."""
    folder.mkdir(exist_ok=True)
    found = {"VAR_DIR": str(folder), "SITE_URL": "", "DJANGO_ALLOWED_HOSTS": "", "DATABASE_URL": ""}
    if not IS_POSTGRESQL:
        yield found
        return
    import psycopg

    server_url = os.environ["DATABASE_URL"]
    name = f"backing_{os.getpid()}_{time.monotonic_ns()}"
    begin = server_url.rpartition("/")[0]
    if password:
        begin = begin.replace("@", f":{quote(password, safe='')}@", 1)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {**found, "DATABASE_URL": f"{begin}/{name}"}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(site: Place, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a command of the site and give what it said; never raises for its status."""
    line = [sys.executable, "manage.py", *words]
    return _done(line, site, check=False, **more)


@contextmanager
def filled(folder: Path) -> Iterator[tuple[Place, Path]]:
    """Give a filled site and its backup."""
    with place(folder / "site", PASSWORD) as site:
        act(site, "prepare")
        done = manage(site, "backup", str(folder / "backups"))
        assert (done.returncode, done.stderr) == (0, "")
        yield site, next((folder / "backups").iterdir())


def act(site: Place, *words: str) -> str:
    """Run a function of this module in a process of its own."""
    return _done(_line(*words), site, check=True).stdout


def start(site: Place, *words: str) -> subprocess.Popen[str]:
    """Let a function of this module run on."""
    environment = {**os.environ, **site}
    return subprocess.Popen(
        _line(*words), cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


def wait_for(*paths: Path) -> None:
    for _ in range(600):
        if all(path.exists() for path in paths):
            return
        time.sleep(0.05)
    raise AssertionError(f"Nobody made {paths}")


def _line(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.server.backing", *words]


def _done(
    command: list[str], site: Place, *, check: bool, **more: Any
) -> subprocess.CompletedProcess[str]:
    options = {"cwd": ROOT, "env": {**os.environ, **site}, **more}
    return subprocess.run(command, check=check, capture_output=True, text=True, **options)


def prepare() -> None:
    """A page with a claim and an image, a draft, two writers, a session and a counter."""
    from django.contrib.sessions.models import Session
    from django.core.cache import cache
    from django.core.management import call_command

    from explainer.library import drafts
    from tests.images import pictures
    from tests.library import people, shelf

    call_command("migrate", verbosity=0)
    writers = [people.staff(name, "author") for name in WRITERS]
    claim = people.public_claim()
    image = pictures.sent(writers[0])
    page = f"[](claim:t/hope)\n\n::: background\n![Hair](figure:{image.key})\n:::"
    shelf.publish(shelf.article_draft(body=page))
    drafts.start(document=claim, actor=writers[0], now=shelf.NOON)
    fields = {"session_data": IN_SESSION * 500, "expire_date": shelf.NOON}
    Session.objects.create(session_key="a" * 32, **fields)
    cache.set(IN_CACHE, 3)


def write(name: str) -> None:
    """Save the draft, and send in images, until a file says stop; the first save makes a file."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from explainer.library import drafts
    from explainer.library.models import Revision
    from tests.images import pictures

    me, saved = User.objects.get(username=name), 0
    while not Path(os.environ["VAR_DIR"], STOP).exists():
        draft, now = Revision.objects.open().select_related("document").get(), timezone.now()
        words = {"fields": {"why": f"{name}, {saved}."}, "expected": draft.lock_version}
        try:
            drafts.save(revision=draft, actor=me, now=now, **words)
            saved += 1
            Path(os.environ["VAR_DIR"], name).touch()
        except drafts.Conflict:
            continue
        if saved % 10 == 0 and saved <= 100:
            pictures.sent(me, now=now)
    print(saved)


def read() -> None:
    """Say whether everything there is of one moment, and whether history is guarded."""
    from django.contrib.sessions.models import Session
    from django.db import DatabaseError, connection

    from explainer.images import storage
    from explainer.library import audit
    from explainer.library.models import AuditEntry, Image, Revision

    draft = Revision.objects.open().get()
    saves = draft.document.saves.filter(number=draft.number).order_by("lock_version")
    guarded = 0
    for table in ("library_save", "library_auditentry", "library_change", "library_revision"):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
        except DatabaseError:
            guarded += 1
    files = {path.name: hashlib.sha256(path.read_bytes()) for path in storage.files()}
    last = AuditEntry.objects.order_by("-number").first()
    found = {
        "draft": [draft.lock_version, draft.fields["why"]],
        "saves": [save.lock_version for save in saves if save.lock_version],
        "last": saves.last().fields["why"] if saves else "",
        "lost": [i.key for i in Image.objects.all() if i.file_name not in files],
        "spoilt": [
            i.key
            for i in Image.objects.all()
            if i.file_name in files and files[i.file_name].hexdigest() != i.sha256
        ],
        "images": Image.objects.count(),
        "audit": list(audit.verify()),
        "newest": [last.action, last.actor_name, last.after],
        "guarded": guarded,
        "sessions": Session.objects.count(),
        "sound": "ok",
    }
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found["sound"] = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    {"prepare": prepare, "write": write, "read": read}[sys.argv[1]](*sys.argv[2:])

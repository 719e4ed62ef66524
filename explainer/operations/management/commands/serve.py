"""`manage.py serve`: from a checkout to a running site in one command, again and again."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from explainer.environment import KEY_COMMAND
from explainer.library.models import Document
from explainer.operations import owner_alone
from explainer.operations.management.commands.load_content import CONFLICTS, NotLoaded
from explainer.web import start_report
from explainer.web.listening import in_address, is_loopback, server_line, threads, why_taken
from explainer.web.staticfiles import collect

PUBLISH_EVERY = 30  # seconds
BEFORE = "What was public before is served. Put the files right, then run: manage.py load_content"


class Command(BaseCommand):
    """Migrates, loads the content, collects static files, then becomes the server."""

    help = "Prepare the site (database, content, static files) and serve it until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on.")
        parser.add_argument("--port", type=int, default=8000, help="Port to listen on.")
        workers = min(os.cpu_count() or 1, 4)
        about = "Processes that answer requests. Default: one a core, at most 4."
        parser.add_argument("--workers", type=int, default=workers, help=about)

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        refuse_strangers(host, public=settings.SITE_IS_PUBLIC)
        refuse_taken_port(host, port)
        for refusal in owner_alone.close(settings.VAR_DIR, _database_file()):
            self.stderr.write(refusal)
        call_command("migrate", interactive=False, verbosity=0)
        if settings.READ_ONLY:
            self.stdout.write("The site is read-only (READ_ONLY): no file was loaded.")
        else:
            self._load()
        collect()
        connections.close_all()
        here = f"http://{in_address(host)}:{port}"
        if settings.SITE_IS_PUBLIC:
            self.stdout.write(f"Serving {settings.SITE_URL} at {here}")
        else:
            os.environ["SITE_URL"] = here
            self.stdout.write(f"Open {here}/")
        staff = f"Staff log in at {settings.STAFF_PATH}."
        self.stdout.write(f"{staff} Make an account: manage.py createsuperuser")
        self.stdout.write("Ctrl-C stops the server.")
        self.stdout.flush()
        os.environ.setdefault("PUBLISH_EVERY", str(PUBLISH_EVERY))
        # Half of the threads are for readers alone.
        os.environ.setdefault("FORMS_AT_ONCE", str(min(max(threads(workers) // 2, 1), 8)))
        line = server_line(host, port, workers)
        os.execv(line[0], line)  # noqa: S606 - our own interpreter, no shell

    def _load(self) -> None:
        """Load the content; where staff changed what a file changed, theirs stays and is served.

        Files with errors are no reason to take a site away that has been public.
        """
        try:
            call_command("load_content", stdout=self.stdout, stderr=self.stderr)
        except NotLoaded as refused:
            if not Document.objects.filter(live__isnull=False).exists():
                raise
            self.stderr.write(f"{refused} {BEFORE}")
            start_report.keep(refused.lines)
        except CommandError as refused:
            if refused.returncode != CONFLICTS:
                raise
            self.stderr.write(str(refused))


def _database_file() -> Path | None:
    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"].endswith("sqlite3") else None


def refuse_strangers(host: str, *, public: bool) -> None:
    """Refuse to listen beyond this machine with settings that are meant for it alone."""
    if public or is_loopback(host):
        return
    raise CommandError(
        f"--host {host} is open to other machines, but this site is set up for this one alone. "
        "Name the site and give it a secret, for example:\n"
        f"  export {KEY_COMMAND}\n"
        "  export DJANGO_ALLOWED_HOSTS=hair.example SITE_URL=https://hair.example\n"
        f"  manage.py serve --host {host}"
    )


def refuse_taken_port(host: str, port: int) -> None:
    """Find out before any work whether the server will be able to listen."""
    if reason := why_taken(host, port):
        cure = f"Stop what is using it, or choose another: manage.py serve --port {port + 1}"
        raise CommandError(f"Cannot listen on {in_address(host)}:{port} ({reason}). {cure}")

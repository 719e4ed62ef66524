"""`manage.py serve`: from a checkout to a running site in one command, again and again.

Again, where nothing changed, `manage.py` comes here only if `starting.at_once` was not sure of it.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from explainer.environment import KEY_COMMAND
from explainer.library.models import Document
from explainer.operations import starting, unchanged
from explainer.operations.management.commands.load_content import CONFLICTS, NotLoaded
from explainer.web import start_report
from explainer.web.listening import in_address, is_loopback, why_taken
from explainer.web.staticfiles import collect

BEFORE = "What was public before is served. Put the files right, then run: manage.py load_content"

AT_START = "Loaded at the start of the server, as whoever put the files in place meant it."


class Command(BaseCommand):
    """Migrates, loads the content, collects static files, then becomes the server."""

    help = "Prepare the site (database, content, static files) and serve it until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        starting.add_options(parser)

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        refuse_strangers(host, public=settings.SITE_IS_PUBLIC)
        refuse_taken_port(host, port)
        starting.close_to_others()
        call_command("migrate", interactive=False, verbosity=0)
        if settings.READ_ONLY:
            self.stdout.write(starting.READ_ONLY, ending="")
        else:
            self._load()
        collect()
        connections.close_all()
        self.stdout.flush()
        unchanged.remember()
        starting.become_server(host, port, workers)

    def _load(self) -> None:
        """Load the content; where staff changed what a file changed, theirs stays and is served.

        Files with errors are no reason to take a site away that has been public.
        """
        try:
            call_command("load_content", reason=AT_START, stdout=self.stdout, stderr=self.stderr)
        except NotLoaded as refused:
            if not Document.objects.filter(live__isnull=False).exists():
                raise
            self.stderr.write(f"{refused} {BEFORE}")
            start_report.keep(refused.lines)
        except CommandError as refused:
            if refused.returncode != CONFLICTS:
                raise
            self.stderr.write(str(refused))


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

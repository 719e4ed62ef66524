"""How `serve` is called, and how it becomes the server; told without Django."""

import os
import sys
from argparse import ArgumentError, ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from django.conf import settings

from explainer.operations import owner_alone, unchanged
from explainer.web import start_report
from explainer.web.listening import in_address, is_loopback, server_line, threads, why_taken

PUBLISH_EVERY = 30  # seconds
READ_ONLY = "The site is read-only (READ_ONLY): no file was loaded.\n"


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="Address to listen on.")
    parser.add_argument("--port", type=int, default=8000, help="Port to listen on.")
    workers = min(os.cpu_count() or 1, 4)
    about = "Processes that answer requests. Default: one a core, at most 4."
    parser.add_argument("--workers", type=int, default=workers, help=about)


def at_once(words: Sequence[str]) -> None:
    """Become the server if nothing has to be made ready; else, or if unsure, do nothing at all.

    `words` are those after `serve`.
    """
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    add_options(parser)
    try:
        asked, others = parser.parse_known_args(words)
    except ArgumentError:
        return
    is_refused = not (settings.SITE_IS_PUBLIC or is_loopback(asked.host))
    if others or is_refused or why_taken(asked.host, asked.port):
        return
    files = unchanged.files_there()
    if files is None:
        return
    close_to_others()
    if settings.READ_ONLY:
        sys.stdout.write(READ_ONLY)
    else:
        start_report.forget()
        sys.stdout.write(f"0 files loaded, {files} were there already.\n")
    become_server(asked.host, asked.port, asked.workers)


def close_to_others() -> None:
    """Close what other users of the machine could read; what cannot be closed is told."""
    database = settings.DATABASES["default"]
    file = Path(database["NAME"]) if database["ENGINE"].endswith("sqlite3") else None
    for refusal in owner_alone.close(settings.VAR_DIR, file):
        sys.stderr.write(f"{refusal}\n")


def become_server(host: str, port: int, workers: int) -> NoReturn:
    """Say where the site will be, and put the server in the place of this process."""
    here = f"http://{in_address(host)}:{port}"
    if settings.SITE_IS_PUBLIC:
        sys.stdout.write(f"Serving {settings.SITE_URL} at {here}\n")
    else:
        os.environ["SITE_URL"] = here
        sys.stdout.write(f"Open {here}/\n")
    staff = f"Staff log in at {settings.STAFF_PATH}."
    sys.stdout.write(f"{staff} Make an account: manage.py createsuperuser\n")
    sys.stdout.write("Ctrl-C stops the server.\n")
    sys.stdout.flush()
    os.environ.setdefault("PUBLISH_EVERY", str(PUBLISH_EVERY))
    # Half of the threads are for readers alone.
    os.environ.setdefault("FORMS_AT_ONCE", str(min(max(threads(workers) // 2, 1), 8)))
    line = server_line(host, port, workers)
    os.execv(line[0], line)  # noqa: S606 - our own interpreter, no shell

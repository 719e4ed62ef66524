"""`manage.py build_pages`: make every page of readers before anybody asks for it."""

import os
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.management.base import BaseCommand

from explainer.public.sitemap import addresses
from explainer.web.page_cache.builder import build
from explainer.web.page_cache.site import page_cache
from explainer.web.progress import progress


class Command(BaseCommand):
    """Makes what is not kept yet; may be stopped and run again. A server runs it beside itself.

    Cards come first, since a page names its card only once it is drawn.
    """

    help = "Make and keep every page of readers, and its card, that is not kept yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        about = "Stop when the process of this number ends."
        parser.add_argument("--beside", type=int, default=0, metavar="PID", help=about)

    def handle(self, *, beside: int, verbosity: int = 1, **_options: Any) -> None:
        if beside:
            os.nice(10)
        call_command("make_cards", verbosity=verbosity)
        django, shown = WSGIHandler(), progress("pages") if verbosity else iter
        cache = page_cache(lambda: django)

        def going(paths: Iterable[str]) -> Iterator[str]:
            return takewhile(lambda _: _is_alive(beside), shown(paths))

        made = build(cache, addresses(), going)
        if verbosity:
            self.stdout.write(f"{made} pages made.")


def _is_alive(process: int) -> bool:
    """Say if a process is there; number 0 stands for none, for which nobody has to wait."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

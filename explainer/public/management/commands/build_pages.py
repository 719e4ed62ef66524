"""`manage.py build_pages`: make every page of readers before anybody asks for it."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.management.base import BaseCommand

from explainer.library.progress import progress
from explainer.public.page_builder import build
from explainer.web.page_cache.site import page_cache


class Command(BaseCommand):
    """Makes what is not kept yet; may be stopped and run again. `serve` runs it beside itself.

    Cards come first, since a page names its card only once it is drawn.
    """

    help = "Make and keep every page of readers, and its card, that is not kept yet."

    def handle(self, *, verbosity: int = 1, **_options: Any) -> None:
        call_command("make_cards", verbosity=verbosity)
        django = WSGIHandler()
        made = build(page_cache(lambda: django), progress("pages") if verbosity else iter)
        if verbosity:
            self.stdout.write(f"{made} pages made.")

"""`manage.py check_pages`: make every kept page anew and name any difference."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError

from explainer.web.page_cache.builder import differences
from explainer.web.page_cache.site import page_cache
from explainer.web.progress import progress


class Command(BaseCommand):
    """Reads the kept pages and changes nothing. It fails if one is not what would be made now."""

    help = "Make every kept page of readers anew and name those that differ."

    def handle(self, **_options: Any) -> None:
        cache = page_cache(WSGIHandler)  # only its store is asked
        found = list(differences(cache, progress("pages")))
        for one in found:
            self.stdout.write(f"{one.address}: its {one.what} is not what is made now.")
        if found:
            message = f"{len(found)} differences. Take {cache.store.path} away: it is made anew."
            raise CommandError(message)
        self.stdout.write(f"{len(cache.store.addresses())} pages are what would be made now.")

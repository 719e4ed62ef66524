"""`manage.py make_icons`: draw the site's mark anew after static/icons/favicon.svg changed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from explainer.public import icons


class Command(BaseCommand):
    """Writes into the source tree: for who changes the mark, not for a running site."""

    help = "Draw favicon.ico and the icons of phones in the colours of static/icons/favicon.svg."

    def handle(self, **_options: Any) -> None:
        folder = settings.BASE_DIR / "static" / "icons"
        for name, data in icons.files(folder).items():
            (folder / name).write_bytes(data)
            self.stdout.write(f"{name}: {len(data)} bytes")

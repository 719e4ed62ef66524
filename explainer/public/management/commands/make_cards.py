"""`manage.py make_cards`: draw the picture that goes with each page where it is shared."""

from typing import Any

from django.core.management.base import BaseCommand

from explainer.public import cards


class Command(BaseCommand):
    """Draws what is not drawn yet; `serve` runs it beside the server, a timer may."""

    help = "Draw a card for every public page and claim, and clear away those of former words."

    def handle(self, *, verbosity: int = 1, **_options: Any) -> None:
        drawn = cards.keep(cards.every())
        if verbosity:
            self.stdout.write(f"{drawn} cards drawn.")

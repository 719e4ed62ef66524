"""The command that ends a lock-out before it ends by itself."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from explainer.accounts.adapters import forget
from explainer.accounts.models import log_entry


class Command(BaseCommand):
    """Frees a name; the limit of an address wears off in a minute and stays."""

    help = "Lets an account try its password again at once after too many wrong ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name the person logs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if not User.objects.filter(username=name).exists():
            raise CommandError(f"There is no account {name!r}. Names are listed under Users.")
        forget(name)
        log_entry(None, "unlocked", {}, {"name": name})
        self.stdout.write(f"{name} may try again.")

"""The command that takes a lost second factor away."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from explainer.accounts.models import log_entry
from explainer.accounts.second_factor import take_away


class Command(BaseCommand):
    """For whoever has the server's command line; the pages have no such button on purpose."""

    help = "Takes a lost second factor and its recovery codes away and logs the person out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name the person logs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        person = User.objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"There is no account {name!r}. Names are listed under Users.")
        if not take_away(person):
            raise CommandError(f"{name} has no second factor, so there is none to take away.")
        log_entry(None, "factor reset", {"name": name}, {})
        self.stdout.write(f"{name} logs in with the password alone and is asked for a new factor.")

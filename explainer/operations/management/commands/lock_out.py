"""`manage.py lock_out NAME`: ends somebody's access at once, sessions included."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from explainer.accounts.forms import LAST
from explainer.accounts.models import administrators, facts, log_entry
from explainer.accounts.sessions import end_sessions


class Command(BaseCommand):
    """Disables an account; what the person wrote keeps its author."""

    help = "Disable an account and log it out everywhere. An administrator can enable it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name the person logs in with")

    @transaction.atomic
    def handle(self, *, name: str, **_options: Any) -> None:
        # As in the form of an account: two who lock each other out come one after the other.
        person = next((one for one in _locked() if one.get_username() == name), None)
        if person is None:
            raise CommandError(f"There is no account {name!r}. Names are listed under Users.")
        able = administrators()
        if able.filter(pk=person.pk).exists() and not able.exclude(pk=person.pk).exists():
            raise CommandError(f"{LAST} Or make another: manage.py createsuperuser.")
        before = facts(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        count = end_sessions(person)
        log_entry(None, "account changed", before, facts(person))
        self.stdout.write(f"{name} cannot log in any more. Sessions ended: {count}.")


def _locked() -> list[User]:
    return list(User.objects.select_for_update().order_by("pk"))

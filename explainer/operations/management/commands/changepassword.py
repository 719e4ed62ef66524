"""Django's command that gives an account another password, logged in the audit log."""

import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from explainer.accounts.models import log_entry

TRIES = 3


class Command(changepassword.Command):
    """Asks as Django's does; writes the password and its entry together."""

    def handle(self, *args: Any, **options: Any) -> str:
        name = options["username"] or getpass.getuser()
        person = User.objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"There is no account {name!r}. Names are listed under Users.")
        self.stdout.write(f"A new password for {name}.")
        person.set_password(self._ask(person))
        # Only now: a transaction around the question would hold the database while somebody types.
        with transaction.atomic():
            person.save(update_fields=["password"])
            log_entry(None, "password set by another", {}, {"name": name})
        return f"{name} has another password and is logged out everywhere."

    def _ask(self, person: User) -> str:
        for _ in range(TRIES):
            password = getpass.getpass("Password: ")
            if password != getpass.getpass("Password (again): "):
                self.stderr.write("These two passwords are not the same. Type both once more.")
                continue
            try:
                validate_password(password, person)
            except ValidationError as refused:
                self.stderr.write("\n".join(refused.messages))
            else:
                return password
        raise CommandError(f"Nothing was changed for {person} after {TRIES} tries.")

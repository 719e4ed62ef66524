"""Django's command that makes the first account, logged in the audit log."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser

from explainer.accounts.models import LoggedUser


class Command(createsuperuser.Command):
    """Asks as Django's does, and holds no transaction while somebody types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.UserModel = LoggedUser

"""The one thing that this room adds to Django's own accounts; it has no table of its own."""

from typing import Any, ClassVar

from django.contrib.auth.models import User, UserManager
from django.db import transaction

from explainer.accounts.log import log_entry
from explainer.accounts.people import facts


class LoggedManager(UserManager["LoggedUser"]):
    """Makes a superuser and the audit entry of it together, or neither."""

    @transaction.atomic
    def create_superuser(self, *args: Any, **fields: Any) -> "LoggedUser":
        person = super().create_superuser(*args, **fields)
        log_entry(None, "account made", {}, facts(person))
        return person


class LoggedUser(User):
    """An account as the command `createsuperuser` sees it."""

    objects: ClassVar[LoggedManager] = LoggedManager()

    class Meta:
        proxy = True
        default_permissions = ()

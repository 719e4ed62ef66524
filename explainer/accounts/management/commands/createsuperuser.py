"""Django's command that makes the first account, told of in the audit log."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User
from django.db import transaction

from explainer.accounts.log import told
from explainer.accounts.people import facts


class Command(createsuperuser.Command):
    """Asks as Django's does; makes the account and its entry together (requirement A17)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.UserModel = _Accounts()  # type: ignore[assignment]


class _Accounts:
    """The accounts as Django's command uses them: makes one and tells of it in one transaction.

    A transaction around the whole command would hold the database while somebody types.
    """

    def __call__(self, **given: Any) -> User:
        return User(**given)

    def __getattr__(self, name: str) -> Any:
        return getattr(User, name)

    @property
    def _default_manager(self) -> "_Accounts":
        return self

    def db_manager(self, database: str) -> "_Accounts":
        del database  # There is one.
        return self

    def get_by_natural_key(self, name: str) -> User:
        return User.objects.get_by_natural_key(name)

    @transaction.atomic
    def create_superuser(self, **given: Any) -> User:
        made = User.objects.create_superuser(**given)
        told(None, "account made", {}, facts(made))
        return made
